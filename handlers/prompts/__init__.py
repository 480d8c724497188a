"""Prompts in Slack: listed, compared, saved, promoted, rolled back."""
