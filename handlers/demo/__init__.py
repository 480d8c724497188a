"""The demo: the bot as it is, in a workspace of its own, with an invented company's support log."""
