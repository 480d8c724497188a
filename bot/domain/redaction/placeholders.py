"""Settles overlapping finds and writes placeholders; what is a placeholder already stays as it is."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from bot.domain.redaction.model import TYPES, Span

PLACEHOLDER = re.compile(rf"\[({'|'.join(TYPES)})_(\d{{1,6}})\]")
_OPAQUE = re.compile(rf"{PLACEHOLDER.pattern}|(?<!\w)XX+(?:[/-]XX+)*(?!\w)")
"""Ours, and the X's of publishers such as the CFPB who redacted before us."""

_RUN = re.compile(rb"([\x01-\x7f])\1*", re.DOTALL)
_RANK = {kind: rank for rank, kind in enumerate(TYPES)}


@dataclass(frozen=True, slots=True)
class Replaced:
    """Text with placeholders. ``moves``: (position after a placeholder, what to add for the original)."""

    text: str
    moves: tuple[tuple[int, int], ...]

    def original(self, span: Span) -> Span:
        """A span that touches no placeholder, in positions of the text before."""
        i = bisect_right(self.moves, span.start, key=itemgetter(0))
        shift = self.moves[i - 1][1] if i else 0
        return Span(span.type, span.start + shift, span.end + shift)


def settle(text: str, spans: Iterable[Span]) -> list[Span]:
    """Disjoint spans in order: the graver type keeps an overlap, the rest of the other stays a span.

    Every character is painted with its gravest type, so the work is linear however many spans there are.
    """
    paint = bytearray(len(text))
    for span in sorted(spans, key=_gravity):
        paint[span.start : span.end] = bytes((_RANK[span.type] + 1,)) * (span.end - span.start)
    if "[" in text or "XX" in text:
        for match in _OPAQUE.finditer(text):
            paint[match.start() : match.end()] = bytes(len(match.group()))
    settled = []
    for run in _RUN.finditer(paint):
        start, end = _trimmed(text, run.start(), run.end())
        if start < end:
            settled.append(Span(TYPES[run.group()[0] - 1], start, end))
    return settled


def replace(text: str, spans: Sequence[Span]) -> Replaced:
    """``spans`` disjoint and in order. Equal values get equal numbers, above those already in the text."""
    numbers: dict[tuple[str, str], int] = {}
    counts: defaultdict[str, int] = defaultdict(int)
    if "[" in text:
        for kind, number in PLACEHOLDER.findall(text):
            counts[kind] = max(counts[kind], int(number))
    pieces: list[str] = []
    moves: list[tuple[int, int]] = []
    at = length = 0
    for span in spans:
        key = (span.type, _value(text[span.start : span.end]))
        if key not in numbers:
            counts[span.type] += 1
            numbers[key] = counts[span.type]
        placeholder = f"[{span.type}_{numbers[key]}]"
        pieces += (text[at : span.start], placeholder)
        length += span.start - at + len(placeholder)
        at = span.end
        moves.append((length, at - length))
    pieces.append(text[at:])
    return Replaced("".join(pieces), tuple(moves))


def _value(raw: str) -> str:
    """What makes two spellings one value: letters and digits."""
    return "".join(char for char in raw.casefold() if char.isalnum())


def _gravity(span: Span) -> int:
    return -_RANK[span.type]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space at the ends; empty where no letter or digit is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if any(char.isalnum() for char in text[start:end]) else (start, start)
