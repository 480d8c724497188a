"""The bot against the sandbox, at the wire."""
