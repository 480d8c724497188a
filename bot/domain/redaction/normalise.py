"""Folds the spellings that hide personal data from patterns, and remembers where each character came from."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from bot.domain.redaction.model import Span

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_QUOTES = "\u2018\u2019\u201b\u02bc\u00b4\uff07"
_DOTS = "\u3002\uff61\u2024"
_DIGIT_BLOCKS = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50)  # Arabic, Persian, Devanagari, Bengali, Thai

_ONE_TO_ONE = (
    {ord(c): "-" for c in _DASHES}
    | {ord(c): " " for c in _SPACES}
    | {ord(c): "'" for c in _QUOTES}
    | {ord(c): "." for c in _DOTS}
    | {block + i: str(i) for block in _DIGIT_BLOCKS for i in range(10)}
    | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in (0xFF0D, 0xFF07)}
)
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_ESCAPES = re.compile(r"&#(\d{2,3});|&#[xX]([0-9a-fA-F]{2});|%(40)|&(commat);|&(period);")
_PIECE = re.compile(
    rf"(?P<hidden>[{_INVISIBLE}]+)|(?P<escape>{_ESCAPES.pattern})"
    r"|(?P<plain>[\x00-\x7f](?![\u0300-\u036f]))|(?P<rest>.[\u0300-\u036f]*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text. ``starts[i]`` and ``ends[i]`` bound the original characters behind folded character i.

    Both are None where folding kept every position (nearly always).
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def original(self, span: Span) -> Span:
        """The same span in positions of the original text."""
        if self.starts is None or self.ends is None:
            return span
        return Span(span.type, self.starts[span.start], self.ends[span.end - 1])

    def position(self, original: int) -> int:
        """Folded position of an original one."""
        return original if self.starts is None else max(0, bisect_right(self.starts, original) - 1)


def fold(text: str) -> Folded:
    """NFKC; plain dashes, spaces, quotes, digits; nothing invisible; ``&#64;`` and ``%40`` as ``@``."""
    if text.isascii():
        return _fold_slowly(text) if _escaped(text) else Folded(text)
    plain = text.translate(_ONE_TO_ONE)
    if _HIDDEN.search(plain) or _escaped(plain) or not unicodedata.is_normalized("NFKC", plain):
        return _fold_slowly(plain)
    return Folded(plain)


def _escaped(text: str) -> bool:
    return ("&" in text or "%40" in text) and _ESCAPES.search(text) is not None


def _fold_slowly(text: str) -> Folded:
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in _PIECE.finditer(text):
        for char in _folded(piece):
            folded.append(char)
            starts.append(piece.start())
            ends.append(piece.end())
    return Folded("".join(folded), tuple(starts), tuple(ends))


def _folded(piece: re.Match[str]) -> str:
    """What stands for a piece: nothing if invisible, the character of an escape, else its NFKC form."""
    kind = piece.lastgroup
    if kind == "plain":
        return piece.group()
    if kind == "hidden":
        return ""
    if kind == "rest":
        return unicodedata.normalize("NFKC", piece.group())
    decimal, hexadecimal = piece.group(3), piece.group(4)
    if decimal or hexadecimal:
        char = chr(int(decimal) if decimal else int(hexadecimal, 16))
        return char if char.isprintable() else piece.group()
    return "." if piece.group(7) else "@"
