"""Feedback in Slack: votes and why, flags, tracking of any message, numbers, and the labelling queue."""
