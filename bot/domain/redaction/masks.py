"""Structured finds and placeholders as single signs, so that the tagger sees one token of a known kind."""

import re
from collections.abc import Sequence

from bot.domain.redaction.model import TYPES, Span

_BASE = 0xE000  # private use area of Unicode
_SIGNS = {kind: chr(_BASE + i) for i, kind in enumerate(TYPES)}
_OTHER = chr(_BASE + len(TYPES))
_WRITTEN = re.compile(rf"\[({'|'.join(TYPES)})_\d{{1,6}}\]|(?<!\w)(XX+(?:[/-]XX+)*)(?!\w)")
_PRIVATE = re.compile("[\ue000-\uf8ff]")

MASKS = {"E": _SIGNS["EMAIL"], "H": _SIGNS["PHONE"], "R": _SIGNS["ORDER_ID"]}
"""Signs that stand in training templates."""

ANY = "".join(_SIGNS.values())


def mask(text: str, spans: Sequence[Span]) -> str:
    """The same text and length, every span and placeholder as its sign and blanks: one token, however long.

    ``spans`` are disjoint and in order.
    """
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += (text[at : span.start], _SIGNS[span.type].ljust(span.end - span.start))
        at = span.end
    text = "".join((*pieces, text[at:]))
    return _WRITTEN.sub(_sign, text) if "[" in text or "XX" in text else text


def without_signs(text: str) -> str:
    """Text from outside, whose own characters of the private use area must not pass for signs of ours."""
    return text if text.isascii() else _PRIVATE.sub(_OTHER, text)


def _sign(match: re.Match[str]) -> str:
    sign = _SIGNS[match[1]] if match[1] else _OTHER
    return sign.ljust(len(match.group()))
