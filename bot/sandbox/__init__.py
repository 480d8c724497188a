"""A Slack workspace in a box; see README.md. It imports nothing else of ours."""

from bot.sandbox.delivery.dispatcher import Patience
from bot.sandbox.person import Person
from bot.sandbox.server import Sandbox

__all__ = ["Patience", "Person", "Sandbox"]
