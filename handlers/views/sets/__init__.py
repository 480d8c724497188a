"""Sets of cases as messages and forms: the list, a set in full, imports, candidates."""

from handlers.views.sets.candidates import (
    NEW,
    OFFERED,
    accepted_note,
    answer_form,
    choose_set,
    message_form,
    proposed_note,
    reject_form,
    rejected_note,
    review,
)
from handlers.views.sets.importing import (
    Seen,
    added_note,
    forgotten_note,
    import_form,
    preview,
    reading,
    story_form,
)
from handlers.views.sets.lists import LISTED, Look, set_card, set_list

__all__ = [
    "LISTED", "NEW", "OFFERED", "Look", "Seen", "accepted_note", "added_note", "answer_form", "choose_set",
    "forgotten_note", "import_form", "message_form", "preview", "proposed_note", "reading", "reject_form",
    "rejected_note", "review", "set_card", "set_list", "story_form",
]  # fmt: skip
