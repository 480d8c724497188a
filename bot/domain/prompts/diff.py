"""What changed between two texts, word by word, as segments that any surface can draw."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Kind = Literal["same", "added", "removed"]

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|\s|[^\w\s]")
_MANY = 3_000_000  # pairs of words; more is compared line by line only


class Segment(NamedTuple):
    """A piece of text. Same and removed together are the text before, same and added the one after."""

    kind: Kind
    text: str


def diff_words(before: str, after: str) -> tuple[Segment, ...]:
    """Segments in reading order: first by lines, then by words within lines that changed.

    Two words that changed with nothing but a space between them are one change.
    """
    pieces = list(_by_lines(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    return tuple(_joined(_without_specks(_joined(pieces))))


def _by_lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Segment]:
    for same, old, new in _hunks(before, after):
        if same:
            yield Segment("same", old)
            continue
        old_words, new_words = _TOKEN.findall(old), _TOKEN.findall(new)
        if len(old_words) * len(new_words) > _MANY:
            yield from _changed(old, new)
            continue
        for same_words, old_part, new_part in _hunks(old_words, new_words):
            if same_words:
                yield Segment("same", old_part)
            else:
                yield from _changed(old_part, new_part)


def _hunks(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield tag == "equal", "".join(before[a:b]), "".join(after[c:d])


def _changed(old: str, new: str) -> Iterator[Segment]:
    if old:
        yield Segment("removed", old)
    if new:
        yield Segment("added", new)


def _without_specks(segments: Sequence[Segment]) -> Iterator[Segment]:
    """A space between two changes changes with them; otherwise each word would be marked by itself."""
    for at, segment in enumerate(segments):
        inner = 0 < at < len(segments) - 1
        if inner and segment.kind == "same" and segment.text.isspace() and "\n" not in segment.text:
            yield from _changed(segment.text, segment.text)
        else:
            yield segment


def _joined(segments: Sequence[Segment] | Iterator[Segment]) -> list[Segment]:
    """Each change is what was removed, then what was added; neighbours of a kind are one."""
    joined: list[Segment] = []
    removed = added = ""
    for kind, text in segments:
        if kind == "removed":
            removed += text
        elif kind == "added":
            added += text
        elif text:
            joined += [*_changed(removed, added), Segment("same", text)]
            removed = added = ""
    joined += _changed(removed, added)
    merged: list[Segment] = []
    for segment in joined:
        if merged and merged[-1].kind == segment.kind == "same":
            merged[-1] = Segment("same", merged[-1].text + segment.text)
        else:
            merged.append(segment)
    return merged
