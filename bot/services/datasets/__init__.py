"""Datasets: versioned sets of eval cases, where they come from, and what they can show."""

from bot.services.datasets.proposals import Incoming, Proposal
from bot.services.datasets.service import DatasetService

__all__ = ["DatasetService", "Incoming", "Proposal"]
