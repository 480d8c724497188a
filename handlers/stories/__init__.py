"""Stories in Slack: drafting, reading, deciding, editing, sharing and exporting them."""
