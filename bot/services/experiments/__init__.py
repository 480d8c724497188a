"""Experiments of a team: planned with their cost, run, watched, voted on, concluded, closed."""

from bot.services.experiments.ballots import BallotService
from bot.services.experiments.service import ExperimentService
from bot.services.experiments.setup import Models, Setup, text_access, text_models
from bot.services.experiments.voting import Ballot

__all__ = ["Ballot", "BallotService", "ExperimentService", "Models", "Setup", "text_access", "text_models"]
