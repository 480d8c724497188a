"""Abusive language in English tickets: whole words only, so that cockpits and Scunthorpe stay clean."""

import re
from collections.abc import Iterable

from bot.domain.audit.lexicon import ABUSIVE

_STARRED = re.compile(
    r"\b(?:f[*@#$]{2,}k?|f[*@#$]ck|fu[*@#$]k|sh[*@#$]t|b[*@#$]tch|a[*@#$]{2}hole|c[*@#$]nt)"
)
_THREAT = re.compile(
    r"\b(?:will|ll|gonna|going to) (?:kill|murder|hurt|stab|shoot) you\b(?! an? )|\bhope you die\b"
)
_MASKS = frozenset("*@#$")


def is_abusive(words: Iterable[str], text: str) -> bool:
    """Whether a ticket swears, insults or threatens. ``words``: its lower-case words; ``text``: it itself,
    lower-case with single spaces, for starred-out words and threats."""
    if not ABUSIVE.isdisjoint(words):
        return True
    if not _MASKS.isdisjoint(text) and _STARRED.search(text):
        return True
    return " you" in text and _THREAT.search(text) is not None
