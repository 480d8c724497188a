"""Pure views: a value in, blocks out. No view awaits, reads a clock, or knows a service or a Slack client."""
