"""What Slack rejects: the structure, limits and surfaces of Block Kit, as pure functions on plain JSON."""

from bot.sandbox.blocks.message import check_message
from bot.sandbox.blocks.surfaces import Problem, Surface, check_blocks
from bot.sandbox.blocks.view import check_view

__all__ = ["Problem", "Surface", "check_blocks", "check_message", "check_view"]
