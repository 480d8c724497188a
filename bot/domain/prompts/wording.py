"""What people type to roll a prompt back: ``to 3 because tone``."""

import re
from typing import NamedTuple

_WORDS = re.compile(
    r"(?:to\s+(?:[a-z][a-z0-9_]*@)?v?(?P<version>[1-9][0-9]{0,8})(?!\S))?\s*(?:because(?:\s+|$))?(?P<reason>.*)",
    re.IGNORECASE | re.DOTALL,
)


class Back(NamedTuple):
    """``version`` None: the one before."""

    version: int | None
    reason: str


def parse_rollback(text: str) -> Back:
    """``to 3 because tone``, ``because tone``, ``tone``; whatever names no version is the reason."""
    match = _WORDS.fullmatch(text.strip())
    assert match is not None  # noqa: S101  the last group takes anything
    return Back(int(match["version"]) if match["version"] else None, " ".join(match["reason"].split()))
