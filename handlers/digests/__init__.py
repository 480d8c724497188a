"""Digests in Slack: previews, schedules, and the posts that come of them."""
