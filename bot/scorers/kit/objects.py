"""Finds the JSON objects that stand within a text, also carelessly typed ones."""

import re
from typing import Any

from bot.errors import Unsupported
from bot.scorers.kit.flow import FlowInvalid, load_flow
from bot.scorers.kit.js import SPACES, parse_json

_LONGEST = 100_000  # characters of one object
_MOST_READ = 1_000_000  # characters read in search of objects, before it is given up
_NESTED = 90
_BRACES = re.compile("[{}]")


def json_objects(text: str) -> list[Any]:
    """Every object in order of its place. One without an end is read as if all its ends stood at the end."""
    ends = _ends(text)
    found, at, read = [], 0, 0
    while 0 <= (at := text.find("{", at)) < len(text) - 1:
        end = ends.get(at, at + _LONGEST + 1)
        part = text[at : end if end - at <= _LONGEST else at + _LONGEST]
        candidate = part + "}" * (part.count("{") - part.count("}"))
        read += len(candidate)
        if read > _MOST_READ:
            raise Unsupported("The output has too many braces to look for JSON in it.")
        try:
            found.append(_read(candidate))
        except FlowInvalid:
            at += 1
        else:
            at += len(part)
    return found


def _ends(text: str) -> dict[int, int]:
    """Where each opening brace is closed, quotes not looked at."""
    open_at: list[int] = []
    ends = {}
    for match in _BRACES.finditer(text):
        if match[0] == "{":
            open_at.append(match.start())
        elif open_at:
            ends[open_at.pop()] = match.end()
    return ends


def _read(candidate: str) -> Any:
    if candidate.count("{") + candidate.count("[") < _NESTED:
        try:
            return parse_json(candidate)
        except ValueError:
            pass
    return load_flow("\n".join(_hashed(line) for line in candidate.split("\n")))


def _hashed(line: str) -> str:
    """The line with ``// comments`` as ``# comments``, where neither quoted nor part of an address."""
    if "//" not in line:
        return line
    quote = ""
    for at, sign in enumerate(line):
        before, after = line[at - 1 : at] if at else "", line[at + 1 : at + 2]
        if quote:
            if sign == quote and not _escaped(line, at) and not (quote == "'" and _is_letter(after)):
                quote = ""
        elif sign == '"' or (sign == "'" and not _is_letter(before)):
            quote = sign
        elif sign == after == "/" and "://" not in line[_word_start(line, at) : at + 2]:
            rest = line[at:].lstrip("/")
            slashes = len(line) - at - len(rest)
            return line[:at] + "#" * (slashes // 2) + rest
    return line


def _escaped(line: str, at: int) -> bool:
    before = line[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _is_letter(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _word_start(line: str, at: int) -> int:
    return max((line.rfind(space, 0, at) for space in SPACES), default=-1) + 1
