"""Structured finds and placeholders as single signs, so that the tagger sees one token of a known kind."""

import re

from bot.domain.redaction.model import TYPES, Span

_BASE = 0xE000  # private use area of Unicode
_SIGNS = {kind: chr(_BASE + i) for i, kind in enumerate(TYPES)}
_OTHER = chr(_BASE + len(TYPES))
_WRITTEN = re.compile(rf"\[({'|'.join(TYPES)})_\d{{1,6}}\]|(?<!\w)(XX+(?:[/-]XX+)*)(?!\w)")
_PRIVATE = re.compile("[\ue000-\uf8ff]")

MASKS = {"E": _SIGNS["EMAIL"], "H": _SIGNS["PHONE"], "R": _SIGNS["ORDER_ID"]}
"""Signs that stand in training templates."""

ANY = "".join(_SIGNS.values())


def mask(text: str, spans: list[Span]) -> str:
    """The same text and length, every span and placeholder as a run of its sign."""
    if not text.isascii():
        text = _PRIVATE.sub(_OTHER, text)
    for span in spans:
        text = text[: span.start] + _SIGNS[span.type] * (span.end - span.start) + text[span.end :]
    if "[" in text or "XX" in text:
        text = _WRITTEN.sub(_sign, text)
    return text


def _sign(match: re.Match[str]) -> str:
    sign = _SIGNS[match[1]] if match[1] else _OTHER
    return sign * len(match.group())
