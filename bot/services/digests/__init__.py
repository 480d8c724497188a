"""Digests of one team: composed of what the week's rows say, and when they are due where."""

from bot.services.digests.composing import DigestService
from bot.services.digests.schedules import DigestScheduleService

__all__ = ["DigestScheduleService", "DigestService"]
