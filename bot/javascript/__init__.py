"""Users' JavaScript in an embedded sandbox, with limits on time and memory."""

from bot.javascript.bodies import Form
from bot.javascript.sandbox import match, run

__all__ = ["Form", "match", "run"]
