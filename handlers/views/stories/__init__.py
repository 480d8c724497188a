"""Stories as people see them in Slack: the card, everything behind it, lists, and short notes."""

from handlers.views.kit import Message
from handlers.views.stories.card import card, shared_card
from handlers.views.stories.details import details, edge_cases
from handlers.views.stories.lists import story_list
from handlers.views.stories.notes import (
    approved_note,
    edited_note,
    exported_note,
    merged_note,
    shared_note,
    waiting_note,
)
from handlers.views.stories.trace import trace

__all__ = [
    "Message", "approved_note", "card", "details", "edge_cases", "edited_note", "exported_note",
    "merged_note", "shared_card", "shared_note", "story_list", "trace", "waiting_note",
]  # fmt: skip
