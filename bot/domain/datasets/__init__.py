"""Datasets: versioned sets of eval cases, as values and pure functions."""

from bot.domain.datasets.answers import Scoring, answered, needs_answer
from bot.domain.datasets.changes import Conflict, Diff, Edit, Merged, differences, merged
from bot.domain.datasets.coding import case_from_json, case_to_json
from bot.domain.datasets.model import (
    Candidate,
    CandidateState,
    Dataset,
    DatasetLine,
    Reference,
    Version,
    case_id_of,
    parse_reference,
    vars_key,
)

__all__ = [
    "Candidate",
    "CandidateState",
    "Conflict",
    "Dataset",
    "DatasetLine",
    "Diff",
    "Edit",
    "Merged",
    "Reference",
    "Scoring",
    "Version",
    "answered",
    "case_from_json",
    "case_id_of",
    "case_to_json",
    "differences",
    "merged",
    "needs_answer",
    "parse_reference",
    "vars_key",
]
