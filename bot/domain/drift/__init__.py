"""Drift: what a watched series is, what is seen in a week of it, and what an alarm says."""
