"""Finds the pieces of XML that stand within a text: elements with their ends, and rows of such elements."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.scorers.kit.js import SPACES
from bot.scorers.kit.xml_text import NAME

_NAME = re.compile(NAME)
_DECLARATIONS = {"<!--": (4, "-->"), "<![CDATA[": (9, "]]>"), "<?": (2, "?>")}


@dataclass(frozen=True, slots=True)
class Piece:
    """From ``start`` to before ``end``; ``parent`` is where the element around it starts, None for none."""

    start: int
    end: int
    parent: int | None


def pieces(text: str) -> list[Piece]:
    """The outermost elements, rows of neighbours first."""
    found = _elements(text)
    starts = {piece.start for piece in found}
    ordered: dict[tuple[int, int], Piece] = {}
    for parent in dict.fromkeys(piece.parent for piece in found):
        row = [piece for piece in found if piece.parent == parent]
        if len(row) > 1 and (parent is None or parent not in starts):
            first, last = min(row, key=_place), max(row, key=_place)
            ordered[first.start, last.end] = Piece(first.start, last.end, parent)
    outer = [piece for piece in found if piece.parent is None or piece.parent not in starts]
    for piece in sorted(outer, key=lambda piece: (piece.start, -piece.end)):
        ordered.setdefault((piece.start, piece.end), piece)
    return list(ordered.values())


def _place(piece: Piece) -> tuple[int, int]:
    return piece.start, piece.end


def _elements(text: str) -> list[Piece]:
    found: list[Piece] = []
    open_tags: list[tuple[str, int]] = []
    for start, end, name, kind in _tags(text):
        parent = open_tags[-1][1] if open_tags else None
        if kind == "single":
            found.append(Piece(start, end, parent))
        elif kind == "opening":
            open_tags.append((name, start))
        elif open_tags and open_tags[-1][0] == name:
            opened = open_tags.pop()[1]
            found.append(Piece(opened, end, open_tags[-1][1] if open_tags else None))
        else:
            open_tags.clear()
    return found


def _tags(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, name and kind of each tag; what is no tag is stepped over."""
    at = text.find("<")
    while at >= 0:
        after = _declaration_end(text, at)
        if after is None:
            closing = text.startswith("</", at)
            name = _NAME.match(text, at + 1 + closing)
            after = _tag_end(text, at) if name else None
            if name and after:
                single = text[at : after - 1].rstrip(SPACES).endswith("/")
                kind = "closing" if closing else "single" if single else "opening"
                yield at, after, name[0], kind
        at = text.find("<", after or at + 1)


def _declaration_end(text: str, at: int) -> int | None:
    """Where a comment, CDATA, instruction or other declaration ends; None where none begins."""
    for opening, (length, closing) in _DECLARATIONS.items():
        if text.startswith(opening, at):
            end = text.find(closing, at + length)
            return end + len(closing) if end >= 0 else len(text)
    return _other_declaration_end(text, at) if text.startswith("<!", at) else None


def _other_declaration_end(text: str, at: int) -> int:
    quote, depth = "", 0
    for place in range(at + 2, len(text)):
        sign = text[place]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in "[]":
            depth = max(depth + (1 if sign == "[" else -1), 0)
        elif sign == ">" and not depth:
            return place + 1
    return len(text)


def _tag_end(text: str, at: int) -> int | None:
    match = re.compile(r"<(?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>").match(text, at)
    return match.end() if match else None
