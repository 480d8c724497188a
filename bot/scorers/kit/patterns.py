"""Users' regular expressions: JavaScript's meaning, without JavaScript's hangs.

A pattern is translated for RE2, whose time is linear in the text. What RE2 lacks (lookarounds,
backreferences) and what is odd or wrong goes to the JavaScript sandbox's own RegExp, under its time limit.

Both pattern and text are UTF-16 code units, as JavaScript without the u flag sees them; a surrogate, which
RE2 could not read, stands in both as one character of plane 16.
"""

import re
from functools import lru_cache
from typing import Any

from bot.errors import Unsupported
from bot.scorers.kit.js import SPACES

_SURROGATE = re.compile("[\ud800-\udfff]")
_ASTRAL = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
_BRACES = re.compile(r"\{([0-9]+)(?:,([0-9]*))?\}")
_HEX_2, _HEX_4 = re.compile("[0-9A-Fa-f]{2}"), re.compile("[0-9A-Fa-f]{4}")
_GROUP_NAME = re.compile(r"\?<([A-Za-z_$][A-Za-z0-9_$]*)>")
_SYNTAX = "^$\\.*+?()[]{}|/"
_MODIFIERS = re.compile(r"(?<!\\)\(\?(?!:)[ims]*(?:-[ims]*)?:")
_TIME_LIMIT_S = 1.0
_TEST = """let compiled;
try { compiled = new RegExp(pattern, flags) } catch (error) { return error.message }
return compiled.test(text)"""
_MOST_REPEATS = 1000  # RE2's own limit

_SPACE_CLASS = "".join(f"\\x{{{ord(each):x}}}" for each in SPACES)
_CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": _SPACE_CLASS}
_CONTROLS = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}
_ANYTHING = r"\x{0}-\x{10FFFF}"
_NO_LINE_END = r"[^\n\r\x{2028}\x{2029}]"


class BadPattern(ValueError):
    """Not a regular expression of JavaScript."""


def found(pattern: str, text: str, *, unicode: bool = False) -> bool:
    """``new RegExp(pattern).test(text)``, with the u flag where ``unicode``.

    Raises BadPattern; Unsupported, and InputError where the sandbox has to stop it.
    """
    compiled = _compiled(pattern, unicode)
    if compiled is None or (unicode and _SURROGATE.search(text)):
        return _in_sandbox(pattern, text, "u" if unicode else "")
    return compiled.search(text if unicode or text.isascii() else _ASTRAL.sub(_units, text)) is not None


def compiles(pattern: str, *, unicode: bool = False) -> None:
    """Raises BadPattern for what is no regular expression."""
    if _compiled(pattern, unicode) is None:
        found(pattern, "", unicode=unicode)


@lru_cache(maxsize=1024)
def _compiled(pattern: str, unicode: bool) -> Any | None:
    import re2  # type: ignore[import-untyped]  # a C++ extension without stubs

    try:
        translated = _Translation(pattern, unicode).done()
        options = re2.Options()
        options.log_errors = False
        return re2.compile(translated, options)
    except (_Elsewhere, re2.error):
        return None


def _units(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return chr(0x100000 + code)
    code -= 0x10000
    return chr(0x10D800 + (code >> 10)) + chr(0x10DC00 + (code & 0x3FF))


class _Elsewhere(Exception):
    """RE2 cannot be trusted to mean the same."""


class _Translation:
    """One pass over a pattern; gives up by raising _Elsewhere."""

    def __init__(self, pattern: str, unicode: bool) -> None:
        if unicode and _SURROGATE.search(pattern):
            raise _Elsewhere
        self.pattern = pattern if unicode else _ASTRAL.sub(_units, pattern)
        self.unicode = unicode
        self.at = 0
        self.depth = 0
        self.names: set[str] = set()
        self.repeatable = False  # whether a quantifier may follow

    def done(self) -> str:
        parts = []
        while self.at < len(self.pattern):
            parts.append(self._next())
        if self.depth:
            raise _Elsewhere
        return "".join(parts)

    def _next(self) -> str:
        sign = self.pattern[self.at]
        if sign in "*+?" or (sign == "{" and _BRACES.match(self.pattern, self.at)):
            return self._quantifier()
        self.at += 1
        if sign in "^$|":
            self.repeatable = False
            return {"^": r"\A", "$": r"\z", "|": "|"}[sign]
        if sign == "(":
            return self._open()
        if sign == ")":
            self.depth -= 1
            if self.depth < 0:
                raise _Elsewhere
        self.repeatable = True
        if sign == ")":
            return ")"
        if sign == ".":
            return _NO_LINE_END
        if sign == "[":
            return self._class()
        if self.unicode and sign in "{}]":
            raise _Elsewhere
        return self._escape() if sign == "\\" else _literal(sign)

    def _quantifier(self) -> str:
        if not self.repeatable:
            raise _Elsewhere
        braces = _BRACES.match(self.pattern, self.at)
        told = braces[0] if braces else self.pattern[self.at]
        if braces:
            low, high = int(braces[1]), int(braces[2] or braces[1])
            if low > high or high > _MOST_REPEATS:
                raise _Elsewhere
        self.at += len(told)
        if self.pattern.startswith("?", self.at):  # a lazy quantifier finds the same texts
            self.at += 1
        self.repeatable = False
        return told

    def _open(self) -> str:
        self.depth += 1
        self.repeatable = False
        if self.pattern.startswith("?:", self.at):
            self.at += 2
        elif named := _GROUP_NAME.match(self.pattern, self.at):
            if named[1] in self.names:
                raise _Elsewhere
            self.names.add(named[1])
            self.at = named.end()
        elif self.pattern.startswith("?", self.at):
            raise _Elsewhere
        return "(?:"

    def _escape(self) -> str:
        sign = self._take()
        if sign in "bB":
            self.repeatable = False
            return "\\" + sign
        if sign.lower() in _CLASSES:
            return f"[{'^' if sign.isupper() else ''}{_CLASSES[sign.lower()]}]"
        return _literal(self._character(sign))

    def _take(self) -> str:
        if self.at >= len(self.pattern):
            raise _Elsewhere
        self.at += 1
        return self.pattern[self.at - 1]

    def _character(self, sign: str) -> str:
        """The one character that an escape stands for."""
        if sign in _CONTROLS:
            return _CONTROLS[sign]
        if sign in "xu":
            digits = (_HEX_2 if sign == "x" else _HEX_4).match(self.pattern, self.at)
            if not digits:
                raise _Elsewhere
            self.at = digits.end()
            code = int(digits[0], 16)
            if 0xD800 <= code <= 0xDFFF:
                return self._surrogate(code)
            return chr(code)
        if sign == "0" and not self.pattern[self.at : self.at + 1].isdigit():
            return "\0"
        if sign.isalnum() or (self.unicode and sign not in _SYNTAX):
            raise _Elsewhere
        return sign

    def _surrogate(self, code: int) -> str:
        if self.unicode:
            raise _Elsewhere
        return chr(0x100000 + code)

    def _class(self) -> str:
        inverted = self.pattern.startswith("^", self.at)
        self.at += inverted
        body = ""
        while (sign := self._take()) != "]":
            low = self._member(sign)
            if self.pattern.startswith("-", self.at) and not self.pattern.startswith("-]", self.at):
                self.at += 1
                body += _range(low, self._member(self._take()), unicode=self.unicode)
            else:
                body += low if len(low) > 1 else _literal(low)
        if not body:
            return f"[{_ANYTHING}]" if inverted else f"[^{_ANYTHING}]"
        return f"[{'^' if inverted else ''}{body}]"

    def _member(self, sign: str) -> str:
        """A single character, or the longer body of a class such as \\d."""
        if sign != "\\":
            return sign
        sign = self._take()
        if sign == "b":
            return "\b"
        if sign in _CLASSES:
            return _CLASSES[sign]
        if sign in "DWS":
            return _complement(_CLASSES[sign.lower()])
        return self._character(sign)


def _literal(character: str) -> str:
    return character if character.isalnum() or not character.isascii() else f"\\x{{{ord(character):x}}}"


def _complement(characters: str) -> str:
    """The body of a class that holds all but these."""
    if characters != _SPACE_CLASS:
        return r"\D" if characters == _CLASSES["d"] else r"\W"
    body, low = "", 0
    for code in sorted(map(ord, SPACES)):
        if low < code:
            body += f"\\x{{{low:x}}}-\\x{{{code - 1:x}}}"
        low = code + 1
    return body + f"\\x{{{low:x}}}-\\x{{10FFFF}}"


def _range(low: str, high: str, *, unicode: bool) -> str:
    """A range of a class; surrogates within it are taken where they stand in for themselves."""
    if len(low) > 1 or len(high) > 1:
        raise _Elsewhere
    if unicode:
        spans = [(ord(low), ord(high))]
    else:
        first, last = (ord(each) & 0xFFFF if ord(each) >= 0x100000 else ord(each) for each in (low, high))
        spans = [(first, min(last, 0xD7FF)), (max(first, 0xE000), last)]
        spans.append((max(first, 0xD800) + 0x100000, min(last, 0xDFFF) + 0x100000))
        if first > last:
            raise _Elsewhere
    return "".join(f"\\x{{{first:x}}}-\\x{{{last:x}}}" for first, last in spans if first <= last)


def _in_sandbox(pattern: str, text: str, flags: str) -> bool:
    from bot.javascript import run

    if _MODIFIERS.search(pattern):
        raise Unsupported("Modifiers such as (?i:…) mean something in the newest JavaScript only.")
    said = run(_TEST, {"pattern": pattern, "text": text, "flags": flags}, time_limit_s=_TIME_LIMIT_S)
    if isinstance(said, str):
        raise BadPattern(said)
    return bool(said)
