"""Splits a template into tokens, one at a time: what they are depends on where the parser stands."""

import re
from typing import NamedTuple

from bot.errors import InputError, Unsupported

_DATA_END = re.compile(r"\{[%{#]|#\}")
_OPEN = re.compile(r"\{[%{]-?")
_CODE = re.compile(
    r"""(?P<space>[ \n\t\r\xa0]+)
    |(?P<block_end>-?%\})
    |(?P<variable_end>-?\}\})
    |(?P<quote>["'])
    |(?P<regex>r/)
    |(?P<operator>===|!==|==|!=|<=|>=|//|\*\*|[()\[\]{}%*\-+~/#,:|.<>=!])
    |(?P<word>[^ \n\t\r\xa0()\[\]{}%*\-+~/\#,:|.<>=!]+)""",
    re.VERBOSE,
)
_STRING = {
    '"': re.compile(r'((?:[^"\\]|\\.)*)"?', re.DOTALL),
    "'": re.compile(r"((?:[^'\\]|\\.)*)'?", re.DOTALL),
}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_WHOLE = re.compile(r"[0-9]+")
_CONSTANTS = {"true": "boolean", "false": "boolean", "none": "none", "null": "none"}


class Token(NamedTuple):
    """``kind``: data, comment, block_start, variable_start, …, or an operator or word for what it is."""

    kind: str
    value: str
    line: int


class Lexer:
    """Reads on demand, because a raw block is looked for in the text itself."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self._in_code = False

    def next(self) -> Token | None:
        """The next token, white space in code left out; None at the end."""
        while self.at < len(self.text):
            token = self._code() if self._in_code else self._data()
            if token is not None:
                return token
        return None

    def skip(self, end: int) -> None:
        """Moves on to ``end`` and keeps count of the lines."""
        self.line += self.text.count("\n", self.at, end)
        self.at = end

    def _token(self, kind: str, value: str, end: int) -> Token:
        token = Token(kind, value, self.line)
        self.skip(end)
        return token

    def _data(self) -> Token:
        opened = _OPEN.match(self.text, self.at)
        if opened:
            self._in_code = True
            kind = "block_start" if opened[0][1] == "%" else "variable_start"
            return self._token(kind, opened[0], opened.end())
        if self.text.startswith("{#", self.at):
            end = self.text.find("#}", self.at + 2)
            if end < 0:
                raise InputError(f"The template's comment in line {self.line} has no end.")
            return self._token("comment", self.text[self.at : end + 2], end + 2)
        found = _DATA_END.search(self.text, self.at)
        end = found.start() if found else len(self.text)
        if found and found[0] == "#}":
            self.skip(end)
            raise InputError(f"The template ends a comment in line {self.line} that was not begun.")
        return self._token("data", self.text[self.at : end], end)

    def _code(self) -> Token | None:
        found = _CODE.match(self.text, self.at)
        if found is None or found.lastgroup == "regex":
            raise Unsupported(f"Regular expressions in templates are not supported (line {self.line}).")
        kind, value = str(found.lastgroup), found[0]
        if kind == "space":
            self.skip(found.end())
            return None
        if kind == "quote":
            return self._string(value)
        if kind == "operator":
            return self._token(value, value, found.end())
        if kind == "word":
            return self._word(value, found.end())
        self._in_code = False
        return self._token(kind, value, found.end())

    def _string(self, quote: str) -> Token:
        found = _STRING[quote].match(self.text, self.at + 1)
        if found is None:  # cannot be: it matches the empty text as well
            raise InputError(f"The template's string in line {self.line} has no end.")
        value = _ESCAPE.sub(lambda one: _ESCAPED.get(one[1], one[1]), found[1])
        return self._token("string", value, found.end())

    def _word(self, word: str, end: int) -> Token:
        if not _WHOLE.fullmatch(word):
            return self._token(_CONSTANTS.get(word, "symbol"), word, end)
        if not self.text.startswith(".", end):
            return self._token("int", word, end)
        digits = _WHOLE.match(self.text, end + 1)
        end = digits.end() if digits else end + 1
        return self._token("float", self.text[self.at : end], end)
