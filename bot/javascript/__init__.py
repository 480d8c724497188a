"""Users' JavaScript in an embedded sandbox, with limits on time and memory."""

from bot.javascript.bodies import Form
from bot.javascript.matching import match
from bot.javascript.sandbox import run

__all__ = ["Form", "match", "run"]
