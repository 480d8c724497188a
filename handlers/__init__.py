"""Slack: thin handlers and pure views over the services in bot."""
