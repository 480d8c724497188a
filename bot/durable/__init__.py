"""Durable jobs: stored before they are promised, run once, resumed after a crash from where they were."""

from bot.durable.jobs import Durable

__all__ = ["Durable"]
