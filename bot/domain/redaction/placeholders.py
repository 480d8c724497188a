"""Settles overlapping finds and writes placeholders; what is a placeholder already stays as it is."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.redaction.model import TYPES, Span

PLACEHOLDER = re.compile(rf"\[({'|'.join(TYPES)})_(\d{{1,6}})\]")
_OPAQUE = re.compile(rf"{PLACEHOLDER.pattern}|(?<!\w)XX+(?:[/-]XX+)*(?!\w)")
"""Ours, and the X's of publishers such as the CFPB who redacted before us."""

_RANK = {kind: rank for rank, kind in enumerate(TYPES)}


@dataclass(frozen=True, slots=True)
class Replaced:
    """Text with placeholders. ``moves``: (position after a placeholder, what to add for the original)."""

    text: str
    moves: tuple[tuple[int, int], ...]

    def original(self, span: Span) -> Span:
        """A span that touches no placeholder, in positions of the text before."""
        shift = 0
        for position, move in self.moves:
            if position > span.start:
                break
            shift = move
        return Span(span.type, span.start + shift, span.end + shift)


def settle(text: str, spans: Iterable[Span]) -> list[Span]:
    """Disjoint spans in order: the graver type keeps an overlap, the rest of the other stays a span."""
    taken: list[tuple[int, int]] = []
    if "[" in text or "XX" in text:
        taken = [match.span() for match in _OPAQUE.finditer(text)]
    settled: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (_RANK[s.type], s.start - s.end, s.start)):
        for start, end in _free(span, taken):
            start, end = _trimmed(text, start, end)
            if start < end:
                settled.append(Span(span.type, start, end))
                taken.append((start, end))
    return sorted(settled, key=lambda s: s.start)


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


def _free(span: Span, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a span that no other covers."""
    parts = [(span.start, span.end)]
    for start, end in taken:
        if start < span.end and span.start < end:
            parts = [
                piece
                for a, b in parts
                for piece in ((a, min(b, start)), (max(a, end), b))
                if piece[0] < piece[1]
            ]
    return parts


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space at the ends; empty where no letter or digit is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if any(char.isalnum() for char in text[start:end]) else (start, start)
