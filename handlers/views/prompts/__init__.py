"""Prompts as messages and forms: the list, one version, what changed, saving, promoting, rolling back."""

from handlers.views.prompts.changes import change_log, difference
from handlers.views.prompts.forms import promote_form, rollback_form, save_form
from handlers.views.prompts.lists import prompt_list, version_card
from handlers.views.prompts.notes import moved_note, moved_publicly, names_note, saved_note

__all__ = [
    "change_log", "difference", "moved_note", "moved_publicly", "names_note", "promote_form", "prompt_list",
    "rollback_form", "save_form", "saved_note", "version_card",
]  # fmt: skip
