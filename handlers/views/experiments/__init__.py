"""Experiments as messages and forms: cost before, progress, result, blind votes, closing."""

from handlers.views.experiments.beside import disagreements
from handlers.views.experiments.card import result_card
from handlers.views.experiments.estimate import preview, run_form
from handlers.views.experiments.lists import experiment_list
from handlers.views.experiments.notes import (
    added_note,
    close_form,
    closed_note,
    forgotten_note,
    report_elsewhere,
    report_note,
    sprint_closed,
    sprint_over,
    started_note,
    stopping_note,
)
from handlers.views.experiments.progress import run_ended, run_failed, run_progress
from handlers.views.experiments.votes import ballot, ballot_closed, vote_form, voted_note

__all__ = [
    "added_note", "ballot", "ballot_closed", "close_form", "closed_note", "disagreements",
    "experiment_list", "forgotten_note", "preview", "report_elsewhere", "report_note", "result_card",
    "run_ended", "run_failed", "run_form", "run_progress", "sprint_closed", "sprint_over",
    "started_note", "stopping_note", "vote_form", "voted_note",
]  # fmt: skip
