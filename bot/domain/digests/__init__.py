"""Digests: what a week brought, told to a channel."""

from bot.domain.digests.model import Digest, Event, FeatureWeek, Learned, Need

__all__ = ["Digest", "Event", "FeatureWeek", "Learned", "Need"]
