"""Reads ``{…}`` and ``[…]`` as YAML does, in the reading of js-yaml 5: JSON, and what people type for it."""

import re
from typing import Any, NoReturn

from bot.domain.jsvalues import to_text
from bot.errors import Unsupported
from bot.scorers.kit.scalars import Moment, plain

_DEEPEST = 97  # collections within collections; js-yaml counts three levels of its own
_SPACE = re.compile(r"[ \t]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_NAME = re.compile(r"[^\s,\[\]{}]+")
_TAG = re.compile(r"![^\s,\[\]{}]*")
_BOUNDARY = re.compile(r"(?:---|\.\.\.)(?:[ \t\r\n]|\Z)")
_NO_PLAIN_START = "#&*!|>'\"%@`,[]{} \t\r\n"
_PLAIN = re.compile(r"[^,\[\]{}:#\r\n \t]+")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_QUOTED = {'"': re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL), "'": re.compile(r"'((?:[^']|'')*)'")}
_NOT_QUOTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FOLD = re.compile(r"[ \t]*(?:\r\n|\r|\n)(?:[ \t]|\r\n|\r|\n)*")
_ESCAPE = re.compile(
    r"\\(?:(?P<break>\r\n|\r|\n)[ \t\r\n]*|x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})"
    r"|U(?P<U>[0-9A-Fa-f]{8})|(?P<one>.))|" + _FOLD.pattern,
    re.DOTALL,
)
_ESCAPES = dict(zip('0abt\tnvfre "/\\N_LP', '\0\a\b\t\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029', strict=True))
_NOTHING = object()
_MERGE = object()


class FlowInvalid(ValueError):
    """Not one collection in YAML's flow style."""


def load_flow(text: str) -> Any:
    """The one collection that the text is. Raises FlowInvalid; Unsupported for tags."""
    reader = _Reader(text)
    reader.space()
    value = reader.collection()
    reader.space()
    if reader.at < len(text):
        reader.fail("more text after the end")
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        if "\0" in text:
            raise FlowInvalid("a null character")
        self.text = text
        self.at = 0
        self.line = 0
        self.depth = 0
        self.anchors: dict[str, Any] = {}

    def fail(self, message: str) -> NoReturn:
        raise FlowInvalid(f"{message} at character {self.at}")

    def peek(self, ahead: int = 0) -> str:
        return self.text[self.at + ahead : self.at + ahead + 1]

    def space(self) -> None:
        """Past spaces, line ends, and comments, which must not touch what stands before them."""
        while True:
            self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches nothing too
            before = self.text[self.at - 1 : self.at] if self.at else "\n"
            if self.peek() == "#" and before in " \t\r\n":
                while self.peek() not in ("", "\r", "\n"):
                    self.at += 1
            ending = _LINE_END.match(self.text, self.at)
            if not ending:
                return
            self.at = ending.end()
            self.line += 1

    def collection(self) -> Any:
        self.depth += 1
        if self.depth > _DEEPEST:
            self.fail("nested too deeply")
        is_map = self.peek() == "{"
        self.at += 1
        value: Any = {} if is_map else []
        self._entries(value, "}" if is_map else "]")
        self.depth -= 1
        return value

    def _entries(self, value: Any, terminator: str) -> None:
        more = True
        while self.at < len(self.text):
            self.space()
            if self.peek() == terminator:
                self.at += 1
                return
            if not more:
                self.fail("a comma is missing")
            if self.peek() == ",":
                self.fail("nothing before a comma")
            self._entry(value)
            more = self.peek() == ","
            self.at += more
        self.fail("the end is missing")

    def _entry(self, value: Any) -> None:
        explicit = self.peek() == "?" and self.peek(1) in (" ", "\t", "\r", "\n")
        if explicit:
            self.at += 1
            self.space()
        line = self.line
        key = self.node()
        self.space()
        is_map = isinstance(value, dict)
        paired = self.peek() == ":" and (is_map or explicit or self.line == line)
        content: Any = None
        if paired:
            self.at += 1
            self.space()
            content = _given(self.node())
            self.space()
        if is_map:
            self._put(value, key, content)
        elif paired or explicit:
            value.append({})
            self._put(value[-1], key, content)
        elif key is not _NOTHING:
            value.append("<<" if key is _MERGE else key)

    def _put(self, mapping: dict[str, Any], key: Any, value: Any) -> None:
        if key is _MERGE:
            for source in value if isinstance(value, list) else [value]:
                if not isinstance(source, dict) or isinstance(source, Moment):
                    self.fail("only objects can be merged")
                for name in source:
                    mapping.setdefault(name, source[name])
            return
        key = None if key is _NOTHING else key
        if isinstance(key, dict | list):
            self.fail("a key that is no text")
        mapping[to_text(key)] = value

    def node(self) -> Any:
        """A value, _NOTHING where none begins, _MERGE for a plain <<."""
        sign = self.peek()
        if sign in ("&", "!"):
            return self._with_properties(sign)
        if sign == "*":
            name = self._name()
            if name not in self.anchors:
                self.fail("an alias of nothing")
            return self.anchors[name]
        if sign in ("{", "["):
            return self.collection()
        if sign in ("'", '"'):
            return self._quoted(sign)
        word = self._plain()
        if word is None:
            return _NOTHING
        return _MERGE if word == "<<" else plain(word)

    def _name(self) -> str:
        self.at += 1
        match = _NAME.match(self.text, self.at) or self.fail("a name is missing")
        self.at = match.end()
        return match[0]

    def _with_properties(self, sign: str) -> Any:
        if sign == "!":
            return self._tagged()
        name = self._name()
        if self._leaves_margin():
            self.anchors[name] = None
            return None
        if self.peek() in ("&", "*"):
            self.fail("two names of one value")
        value = _given(self.node())
        self.anchors[name] = value
        return value

    def _leaves_margin(self) -> bool:
        """Past space; whether that leads to the first column of a new line, where no value may follow."""
        line = self.line
        self.space()
        return self.line > line and self.text[self.at - 1] in "\r\n"

    def _tagged(self) -> Any:
        """``! word`` and ``!!str word`` are text, whatever the word looks like."""
        tag = _TAG.match(self.text, self.at) or self.fail("an unknown tag")
        if tag[0] not in ("!", "!!str"):
            self._unknown(tag[0])
        self.at = tag.end()
        if self._leaves_margin():
            return ""
        sign = self.peek()
        if sign in ("&", "*", "!") or (sign in ("{", "[") and tag[0] != "!"):
            raise Unsupported("Tags of YAML within an output are not supported.")
        if sign in ("{", "["):
            return self.collection()
        return self._quoted(sign) if sign in ("'", '"') else self._plain() or ""

    def _unknown(self, tag: str) -> NoReturn:
        if tag.startswith(("!!", "!<")):
            raise Unsupported("Tags of YAML within an output are not supported.")
        self.fail("an unknown tag")

    def _quoted(self, quote: str) -> str:
        match = _QUOTED[quote].match(self.text, self.at) or self.fail("a quote is missing")
        self.at = match.end()
        body = match[1]
        if _NOT_QUOTABLE.search(body):
            self.fail("a control character")
        if "\n" not in body and "\r" not in body:
            return body.replace("''", "'") if quote == "'" else self._unescaped(body)
        lines = re.split(_LINE_END, body)
        if any(_BOUNDARY.match(line) for line in lines[1:]):
            self.fail("a document's end within quotes")
        self.line += len(lines) - 1
        return _FOLD.sub(_folded, body).replace("''", "'") if quote == "'" else self._unescaped(body)

    def _unescaped(self, body: str) -> str:
        return _joined(_ESCAPE.sub(self._character, body)) if "\\" in body else _FOLD.sub(_folded, body)

    def _character(self, match: re.Match[str]) -> str:
        if not match[0].startswith("\\"):
            return _folded(match)
        if match["break"]:
            return ""
        if digits := match["x"] or match["u"] or match["U"]:
            code = int(digits, 16)
            return chr(code) if code <= 0x10FFFF else self.fail("no such character")
        if match["one"] not in _ESCAPES:
            self.fail("an unknown escape")
        return _ESCAPES[match["one"]]

    def _plain(self) -> str | None:
        sign, following = self.peek(), self.peek(1)
        if sign == "" or sign in _NO_PLAIN_START:
            return None
        if sign in "?-" and (following == "" or following in ",[]{} \t\r\n"):
            return None
        start = end = self.at
        while self.at < len(self.text) and not self._plain_ends():
            self._plain_step()
            end = self.at if self.text[self.at - 1] not in " \t\r\n" else end
        word = self.text[start:end]
        if not word:
            return None
        self.at = max(self.at, end)
        if _UNPRINTABLE.search(word):
            self.fail("an unprintable character")
        return _FOLD.sub(_folded, word)

    def _plain_ends(self) -> bool:
        sign, following = self.peek(), self.peek(1)
        before = self.text[self.at - 1 : self.at] if self.at else "\n"
        if before in "\r\n" and _BOUNDARY.match(self.text, self.at):
            return True
        if sign == ":":
            return following == "" or following in ",[]{} \t\r\n"
        if sign == "#":
            return before in " \t\r\n"
        return sign in ",[]{}"

    def _plain_step(self) -> None:
        run = _PLAIN.match(self.text, self.at)
        if run:
            self.at = run.end()
            return
        ending = _LINE_END.match(self.text, self.at)
        self.line += ending is not None
        self.at = ending.end() if ending else self.at + 1


def _given(value: Any) -> Any:
    if value is _NOTHING:
        return None
    return "<<" if value is _MERGE else value


def _folded(match: re.Match[str]) -> str:
    breaks = len(_LINE_END.findall(match[0]))
    return " " if breaks == 1 else "\n" * (breaks - 1)


def _joined(text: str) -> str:
    """Escaped halves of a surrogate pair as the one character they are."""
    if not re.search("[\ud800-\udfff]", text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
