"""Finds the blocks of JSON that stand on lines of their own in prose, code fences left out."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.scorers.kit.js import SPACES, parse_json

_MOST_UNMATCHED = 65_536
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_ITEM = re.compile(r"[ \t]*(?:[-+*]|[0-9]+[.)])[ \t]+")


class TooMuchWork(ValueError):
    """The text is too broken to be read to its end."""


class _Bracket(NamedTuple):
    sign: str
    at: int
    starts_line: bool
    ends_line: bool


class _Block(NamedTuple):
    text: str
    starts_line: bool


def json_blocks(text: str) -> Iterator[Any]:
    """The value of each block that begins and ends a line. Raises TooMuchWork."""
    pending = [_blocks(text)]
    left = 4 * len(text)
    while pending:
        block = next(pending[-1], None)
        if block is None:
            pending.pop()
            continue
        left -= len(block.text)
        if left < 0:
            raise TooMuchWork("The output is too malformed to look for tool calls in it")
        try:
            value = parse_json(block.text)
        except ValueError:
            pending.append(_blocks(block.text, inside=True))
        else:
            if block.starts_line:
                yield value


def _blocks(text: str, inside: bool = False) -> Iterator[_Block]:
    """Outermost pairs of brackets that end a line; ``inside``, those one level further in."""
    lonely = _unmatched(text)
    depth, level = 0, 1 if inside else 0
    opened: _Bracket | None = None
    for bracket in _brackets(text):
        if bracket is None or bracket.at in lonely:
            continue
        if bracket.sign in "{[":
            if opened is None and depth == level:
                opened = bracket
            depth += 1
            continue
        depth -= 1
        if opened is not None and depth == level:
            if bracket.ends_line:
                yield _Block(text[opened.at : bracket.at + 1], opened.starts_line)
            opened = None


def _unmatched(text: str) -> set[int]:
    lonely: list[int] = []
    floor = 0
    for bracket in _brackets(text):
        if bracket is None:
            floor = len(lonely)
        elif bracket.sign in "{[":
            lonely.append(bracket.at)
        elif len(lonely) > floor and text[lonely[-1]] == ("{" if bracket.sign == "}" else "["):
            lonely.pop()
        else:
            lonely.append(bracket.at)
            floor = len(lonely)
        if len(lonely) > _MOST_UNMATCHED:
            raise TooMuchWork(f"The output has more than {_MOST_UNMATCHED} brackets without a partner")
    return set(lonely)


def _brackets(text: str) -> Iterator[_Bracket | None]:
    """Brackets outside quotes and code fences; None where nothing may pair across."""
    fence, fence_column = "", 0
    columns: list[int] = []  # of the list items that the line stands in
    offset = 0
    for line in text.split("\n"):
        content = line.rstrip(SPACES)
        start, offset = offset, offset + len(line) + 1
        indent = len(content) - len(content.lstrip(SPACES))
        column = _width(content[:indent])
        if fence and content and column < fence_column:
            fence = ""
            yield None
        if fence:
            mark = _FENCE.match(content)
            if mark and column <= fence_column + 3 and _closes(mark, fence, content):
                fence = ""
            continue
        while content and columns and column < columns[-1]:
            columns.pop()
        item = _ITEM.match(content)
        if item:
            columns.append(_width(item[0]))
        container = columns[-1] if columns else 0
        rest = content[item.end() :] if item else content
        mark = _FENCE.match(rest)
        if (
            mark
            and (item or column <= container + 3)
            and not (mark[1][0] == "`" and "`" in rest[mark.end() :])
        ):
            fence, fence_column = mark[1], container
            yield None
            continue
        yield from _in_line(content, start, indent)


def _closes(mark: re.Match[str], fence: str, content: str) -> bool:
    same = mark[1][0] == fence[0] and len(mark[1]) >= len(fence)
    return same and not content[mark.end() :].strip(SPACES)


def _in_line(content: str, start: int, indent: int) -> Iterator[_Bracket | None]:
    quoted = escaped = False
    for column, sign in enumerate(content):
        if quoted:
            if escaped:
                escaped = False
            elif sign == "\\":
                escaped = True
            elif sign == '"':
                quoted = False
        elif sign == '"':
            quoted = True
        elif sign in "{}[]":
            yield _Bracket(sign, start + column, column == indent, column == len(content) - 1)
    if quoted:
        yield None


def _width(text: str) -> int:
    column = 0
    for sign in text:
        column += 4 - column % 4 if sign == "\t" else 1
    return column
