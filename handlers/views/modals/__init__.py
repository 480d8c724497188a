"""Modals: skeletons that open at once, forms, and how they end."""

from handlers.views.modals.choosing import export_form, merge_form, share_form
from handlers.views.modals.drafting import draft_form, message_form
from handlers.views.modals.editing import edit_form, editable
from handlers.views.modals.ends import done, failed, loading

__all__ = [
    "done", "draft_form", "edit_form", "editable", "export_form", "failed", "loading", "merge_form",
    "message_form", "share_form",
]  # fmt: skip
