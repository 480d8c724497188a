"""Features under watch: what an AI feature is for, whose it is, and what it must reach."""

from bot.domain.features.checks import Problem, check_feature_name, checked, problems
from bot.domain.features.model import Autonomy, Change, Duty, Record, Stage, Threshold, Track, Watched

__all__ = [
    "Autonomy", "Change", "Duty", "Problem", "Record", "Stage", "Threshold", "Track", "Watched",
    "check_feature_name", "checked", "problems",
]  # fmt: skip
