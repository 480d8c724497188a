"""The flywheel in Slack: traces, suggested experiments, releases watched."""
