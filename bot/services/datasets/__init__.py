"""Datasets: versioned sets of eval cases, where they come from, and what they can show."""

from bot.services.datasets.arriving import first_look, keep
from bot.services.datasets.candidates import Accepted, CandidateService, Proposed
from bot.services.datasets.proposals import Incoming, Proposal
from bot.services.datasets.service import DatasetService
from bot.services.datasets.sources import CaseSources

__all__ = [
    "Accepted",
    "CandidateService",
    "CaseSources",
    "DatasetService",
    "Incoming",
    "Proposal",
    "Proposed",
    "first_look",
    "keep",
]
