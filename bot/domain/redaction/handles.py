"""Handles of social networks and chats: ``@maria_g`` names a person as well as a name does."""

import re
from collections.abc import Iterator

from bot.domain.redaction.lexicon import words
from bot.domain.redaction.model import Span

_HANDLE = re.compile(r"(?<![\w.@/\\+-])@[A-Za-z][\w.]{1,39}(?<!\.)(?![\w@/])")
_NOBODY = words(
    """
    channel here everyone all team support help admin mention user users group media import param return
    returns override deprecated property staticmethod classmethod dataclass test todo latest types
    babel angular
    """
)


def find_handles(text: str) -> Iterator[Span]:
    """Handles of folded text, the sign included; calls to everyone and code are none."""
    for match in _HANDLE.finditer(text):
        if match.group()[1:].lower() not in _NOBODY:
            yield Span("PERSON", match.start(), match.end())
