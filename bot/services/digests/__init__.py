"""Digests of one team: composed of what the week's rows say."""

from bot.services.digests.composing import DigestService

__all__ = ["DigestService"]
