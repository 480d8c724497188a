"""Features under watch as messages and forms: set up, shown, listed, moved."""

from handlers.views.setup.card import feature_card
from handlers.views.setup.form import ASKED, setup_form
from handlers.views.setup.lines import feature_list, scorecard_line
from handlers.views.setup.notes import (
    added_note,
    changed_note,
    key_question,
    key_shown,
    moved_note,
    stage_form,
)
from handlers.views.setup.parts import is_channel, is_person

__all__ = [
    "ASKED", "added_note", "changed_note", "feature_card", "feature_list", "is_channel", "is_person",
    "key_question", "key_shown", "moved_note", "scorecard_line", "setup_form", "stage_form",
]  # fmt: skip
