"""Putting other people's text into a prompt as data: cleaned, on one line, inside a random fence."""

import re
import secrets
import unicodedata

_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_RUNS = re.compile(r"([=\-<>#`~*_|+])\1{2,}")
_ROLE_MARKS = re.compile(r"<\|+[^|<>]{0,40}\|+>|\[/?INST\]|<</?SYS>>", re.IGNORECASE)
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Co", "Cs", "Cn"}
_BLANKS = "\u115f\u1160\u3164\uffa0\u034f\u2800\ufe0e\ufe0f"  # letters and marks that show nothing


def new_fence() -> str:
    """A mark that nobody can have written beforehand: 64 random bits, in letters only."""
    return secrets.token_hex(8).translate(_LETTERS)


def visible(text: str) -> str:
    """The text without control, zero-width, direction-changing, tag and unassigned characters.

    White space of any kind, line breaks among it, becomes one space.
    """
    kept = (" " if char.isspace() else char for char in text if char.isspace() or not _hidden(char))
    return " ".join("".join(kept).split())


def readable(text: str) -> str:
    """As ``visible``, but line breaks, tabs and blanks stay as they are; no marks of roles are left."""
    lines = (visible_line(line) for line in text.replace("\r\n", "\n").split("\n"))
    return _ROLE_MARKS.sub(" ", "\n".join(lines))


def visible_line(line: str) -> str:
    """The line without what is invisible; white space of other kinds becomes as many spaces."""
    kept = (" " if char.isspace() and char != "\t" else char for char in line)
    return "".join(char for char in kept if char == "\t" or not _hidden(char))


def disarm(text: str, limit: int) -> str:
    """``text`` as one line of data of at most ``limit`` characters.

    Nothing invisible is left, nor what looks like the rule of a fence or like the marks of roles.
    """
    line = _RUNS.sub(r"\1", _ROLE_MARKS.sub(" ", visible(text)))
    line = " ".join(line.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0] + "…"


def _hidden(char: str) -> bool:
    return char in _BLANKS or unicodedata.category(char) in _HIDDEN_CATEGORIES
