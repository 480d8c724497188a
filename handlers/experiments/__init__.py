"""Experiments in Slack: ordered, run, watched, voted on, closed."""
