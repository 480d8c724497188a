"""Features under watch in Slack: set up, shown, moved from stage to stage, given keys."""
