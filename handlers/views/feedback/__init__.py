"""Feedback as people see it: thanks, why not, pages about unsafe outputs, tracking, numbers, the queue."""

from handlers.views.feedback.notes import thanks, why_note
from handlers.views.feedback.reasons import reason_form
from handlers.views.feedback.unsafe import (
    also_flagged,
    details,
    page,
    page_in_channel,
    paged_note,
    with_state,
)

__all__ = [
    "also_flagged", "details", "page", "page_in_channel", "paged_note", "reason_form", "thanks", "why_note",
    "with_state",
]  # fmt: skip
