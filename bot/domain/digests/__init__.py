"""Digests: what a week brought, told to a channel."""

from bot.domain.digests.model import Digest, Event, FeatureWeek, Learned, Need, Waiting
from bot.domain.digests.schedule import DigestSchedule, Due, Profile

__all__ = [
    "Digest", "DigestSchedule", "Due", "Event", "FeatureWeek", "Learned", "Need", "Profile", "Waiting",
]  # fmt: skip
