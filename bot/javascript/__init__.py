"""Users' JavaScript in an embedded sandbox, with limits on time and memory."""
