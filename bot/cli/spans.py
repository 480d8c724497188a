"""Spans of time as people type them."""

import re
from datetime import timedelta

from bot.errors import InputError

_HOURS = {"h": 1, "d": 24, "w": 168}


def span_of(last: str) -> timedelta:
    """ "30d", "8w" or "36h". Raises InputError."""
    found = re.fullmatch(r"(\d{1,5})\s*([hdw])", last.strip().lower())
    if not found or not int(found[1]):
        raise InputError(f"{last[:20]!r} is no span of time.", hint="For example: --last 30d, 8w or 36h")
    return timedelta(hours=int(found[1]) * _HOURS[found[2]])
