"""XML as the object that fast-xml-parser 5 makes of it, which forgives much: what paths are looked up in."""

import re
from typing import Any

from bot.errors import Unsupported
from bot.scorers.kit.js import SPACES
from bot.scorers.kit.xml_text import XmlInvalid

_DEEPEST = 100
_TEXT = "#text"
_LINE_END = re.compile(r"\r\n?")
_SPACE = re.compile(f"[{SPACES}]")
_ATTRIBUTE = re.compile(rf"([^{SPACES}=]+)[{SPACES}]*(=[{SPACES}]*(?:\"([^\"]*)\"|'([^']*)'))?")
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^<>\"'\[]|\"[^\"]*\"|'[^']*')*>")
_FORBIDDEN = frozenset(("__proto__", "constructor", "prototype"))
_RENAMED = {
    *("hasOwnProperty", "toString", "valueOf", "__defineGetter__", "__defineSetter__"),
    *("__lookupGetter__", "__lookupSetter__"),
}


class _Node:
    """An element: its attributes, and its children as pairs of name and node, or of "#text" and text."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[tuple[str, Any]] = []


def load_xml(text: str) -> dict[str, Any]:
    """Elements by name, repeated ones as lists, attributes as "@_name". Raises XmlInvalid; Unsupported."""
    return _compressed(_Parser(_LINE_END.sub("\n", text)).tree())


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.root = self.current = _Node("!xml", {})
        self.stack: list[_Node] = []
        self.pending = ""
        self.seen_doctype = False

    def tree(self) -> _Node:
        while (start := self.text.find("<", self.at)) >= 0:
            self.pending += self.text[self.at : start]
            self.at = start
            self._markup()
        return self.root

    def _markup(self) -> None:
        text, at = self.text, self.at
        if text.startswith("</", at):
            self.at = self._after(">", at)
            self._keep_pending()
            self.current = self.stack.pop() if self.stack else self.root
        elif text.startswith("<?", at):
            name, attributes, self.at = self._tag("?>")
            self._keep_pending()
            node = _Node(name, _attributes(attributes))
            node.children.append((_TEXT, ""))
            self._add(node)
        elif text.startswith("<!--", at):
            self.at = self._after("-->", at + 4)
        elif text.startswith("<!D", at):
            self.at = self._after_doctype()
        elif text.startswith("<![", at):
            self.at = self._after("]]>", at)
            self._keep_pending()
            self.current.children.append((_TEXT, text[at + 9 : self.at - 3]))
        else:
            self._open()

    def _open(self) -> None:
        name, expression, self.at = self._tag(">")
        name = _safe(name)
        if name == _TEXT:
            raise XmlInvalid(f"an element named {_TEXT}")
        if self.current is not self.root:
            self._keep_pending()
        self.pending = ""
        closed = expression.endswith("/")
        if closed and name.endswith("/"):
            name = expression = _safe(name[:-1])
        elif closed:
            expression = expression[:-1]
        node = _Node(name, _attributes(expression) if expression != name else {})
        self._add(node)
        if not closed:
            if len(self.stack) > _DEEPEST:
                raise XmlInvalid("elements nested too deeply")
            self.stack.append(self.current)
            self.current = node

    def _add(self, node: _Node) -> None:
        self.current.children.append((node.name, node))

    def _keep_pending(self) -> None:
        if kept := self.pending.strip(SPACES):
            self.current.children.append((_TEXT, kept))
        self.pending = ""

    def _after(self, end: str, at: int) -> int:
        found = self.text.find(end, at)
        if found < 0:
            raise XmlInvalid(f"no {end} after character {at}")
        return found + len(end)

    def _tag(self, end: str) -> tuple[str, str, int]:
        """Name, the rest, and where the tag ends; without attributes the rest is the name."""
        at = self.at + 1
        parts: list[str] = []
        start = at
        while at < len(self.text):
            sign = self.text[at]
            if sign in "\"'":
                at = self.text.find(sign, at + 1)
                if at < 0:
                    break
            elif self.text.startswith(end, at):
                told = "".join([*parts, self.text[start:at]])
                space = _SPACE.search(told)
                if not space:
                    return told, told, at + len(end)
                return told[: space.start()], told[space.end() :].lstrip(SPACES), at + len(end)
            elif sign == "\t":
                parts += [self.text[start:at], " "]
                start = at + 1
            at += 1
        raise XmlInvalid(f"a tag without end at character {self.at}")

    def _after_doctype(self) -> int:
        if not self.text.startswith("<!DOCTYPE", self.at):
            raise XmlInvalid("a declaration that is no DOCTYPE")
        if self.seen_doctype:
            raise XmlInvalid("a second DOCTYPE")
        self.seen_doctype = True
        match = _DOCTYPE.match(self.text, self.at)
        if not match:
            raise Unsupported("XML with a DTD of its own is not supported.")
        return match.end()


def _safe(name: str) -> str:
    if name in _FORBIDDEN:
        raise XmlInvalid(f"an element named {name}")
    return f"__{name}" if name in _RENAMED else name


def _attributes(expression: str) -> dict[str, str]:
    return {f"@_{match[1]}": match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(expression)}


def _compressed(node: _Node) -> dict[str, Any]:
    """An element without attributes and elements is its text."""
    made: dict[str, Any] = {}
    for name, child in node.children:
        if name == _TEXT and not isinstance(child, _Node):
            continue
        value: Any = _compressed(child)
        if child.attributes:
            value |= child.attributes
        elif not value or value.keys() == {_TEXT}:
            value = value.get(_TEXT, "")
        if name not in made:
            made[name] = value
        else:
            made[name] = [*made[name], value] if isinstance(made[name], list) else [made[name], value]
    if text := "".join(child for name, child in node.children if not isinstance(child, _Node)):
        made[_TEXT] = text
    return made
