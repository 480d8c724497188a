"""Feedback as people see it: thanks, why not, pages about unsafe outputs, tracking, numbers, the queue."""

from handlers.views.feedback.notes import thanks, why_note
from handlers.views.feedback.numbers import Frame, reasons, summary
from handlers.views.feedback.queue import (
    LABEL,
    agreement_words,
    at_home,
    queue_card,
    queue_elsewhere,
    queue_over,
)
from handlers.views.feedback.tracking import (
    TrackedLine,
    track_form,
    tracked_already,
    tracked_list,
    tracked_note,
)
from handlers.views.feedback.unsafe import (
    also_flagged,
    details,
    page,
    page_in_channel,
    paged_note,
    with_state,
)
from handlers.views.feedback.why import reason_form

__all__ = [
    "LABEL", "Frame", "TrackedLine", "agreement_words", "also_flagged", "at_home", "details", "page",
    "page_in_channel", "paged_note", "queue_card", "queue_elsewhere", "queue_over", "reason_form", "reasons",
    "summary", "thanks", "track_form", "tracked_already", "tracked_list", "tracked_note", "why_note",
    "with_state",
]  # fmt: skip
