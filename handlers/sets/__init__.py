"""Sets of cases in Slack: listed, imported, gathered from what is there, reviewed case by case."""
