"""Digests in Slack: the post itself, why a number is what it is, and where digests go when."""

from handlers.views.digests.notes import already_note, not_posted, posted_note, schedule_list, scheduled_note
from handlers.views.digests.post import WHY, digest
from handlers.views.digests.why import why

__all__ = [
    "WHY", "already_note", "digest", "not_posted", "posted_note", "schedule_list", "scheduled_note", "why",
]  # fmt: skip
