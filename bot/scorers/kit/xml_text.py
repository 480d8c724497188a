"""Whether a text is one well-formed XML 1.0 document with namespaces; without a DTD of its own."""

import re
from dataclasses import dataclass, field

NAME_START = (
    ":A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME = f"[{NAME_START}][{NAME_START}\\-.0-9\u00b7\u0300-\u036f\u203f\u2040]*"
_S = "[ \t\r\n]"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTED = "(?:\"{0}\"|'{0}')"
_DECLARATION = re.compile(
    rf"<\?xml{_S}+version{_S}*={_S}*{_QUOTED.format('1[.][0-9]+')}"
    rf"(?:{_S}+encoding{_S}*={_S}*{_QUOTED.format('[A-Za-z][A-Za-z0-9._-]*')})?"
    rf"(?:{_S}+standalone{_S}*={_S}*[\"'](?P<alone>yes|no)[\"'])?{_S}*\?>"
)
_INSTRUCTION = re.compile(rf"<\?({NAME})(?:[ \t\r\n?].*?)?\?>", re.DOTALL)
_COMMENT = re.compile(r"<!--(?:(?!--).)*-->", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE((?:[^>\"'\[]|\"[^\"]*\"|'[^']*')*)>")
_DOCTYPE_BODY = re.compile(
    rf"{_S}+{NAME}(?:{_S}+(?P<outside>SYSTEM|PUBLIC{_S}+(?:\"[ \r\na-zA-Z0-9'()+,./:=?;!*#@$_%-]*\""
    rf"|'[ \r\na-zA-Z0-9()+,./:=?;!*#@$_%-]*')){_S}+(?:\"[^\"#]*\"|'[^'#]*'))?{_S}*"
)
_TAG = re.compile(rf"<({NAME})((?:{_S}+{NAME}{_S}*={_S}*(?:\"[^<\"]*\"|'[^<']*'))*){_S}*(/?)>")
_ATTRIBUTE = re.compile(rf"({NAME}){_S}*={_S}*(?:\"([^\"]*)\"|'([^']*)')")
_CLOSING = re.compile(rf"</({NAME}){_S}*>")
_REFERENCE = re.compile(rf"&(?:#([0-9]+)|#x([0-9a-fA-F]+)|({NAME}));")
_KNOWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_XML, _XMLNS = "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/"


class XmlInvalid(ValueError):
    """Not well-formed."""


def check_document(text: str) -> None:
    """Raises XmlInvalid."""
    if _ILLEGAL.search(text):
        raise XmlInvalid("a character that XML does not have")
    _Document(text.removeprefix("\ufeff")).read()


@dataclass(slots=True)
class _Document:
    text: str
    at: int = 0
    open: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    seen_root: bool = False
    seen_doctype: bool = False
    alone: bool = False
    other_entities: bool = False

    def read(self) -> None:
        if declaration := _DECLARATION.match(self.text):
            self.alone = declaration["alone"] == "yes"
            self.at = declaration.end()
        while self.at < len(self.text):
            start = self.text.find("<", self.at)
            self._content(self.text[self.at : start if start >= 0 else len(self.text)])
            if start < 0:
                break
            self.at = start
            self._markup()
        _must(self.seen_root, "there is no root element")
        _must(not self.open, "an element is not closed")

    def _content(self, content: str) -> None:
        if not self.open:
            _must(not content.strip(" \t\r\n"), "text outside the root element")
            return
        _must("]]>" not in content, "]]> in text")
        self._references(content)

    def _references(self, content: str) -> None:
        at = content.find("&")
        while at >= 0:
            match = _REFERENCE.match(content, at)
            if not match:
                raise XmlInvalid("an & that starts no reference")
            if match[3]:
                _must(match[3] in _KNOWN or self.other_entities, f"an unknown entity &{match[3]};")
            else:
                _must(_is_character(match), "a reference to no character")
            at = content.find("&", match.end())

    def _markup(self) -> None:
        following = self.text[self.at + 1 : self.at + 2]
        if following == "?":
            match = self._past(_INSTRUCTION, "a processing instruction")
            _must(match[1].lower() != "xml" and ":" not in match[1], "no name for a processing instruction")
        elif following == "/":
            match = self._past(_CLOSING, "a closing tag")
            _must(self.open and self.open.pop()[0] == match[1], "a closing tag without its opening")
        elif self.text.startswith("<!--", self.at):
            self._past(_COMMENT, "a comment")
        elif self.text.startswith("<![", self.at):
            _must(self.open, "text outside the root element")
            self._past(_CDATA, "CDATA")
        elif following == "!":
            self._doctype(self._past(_DOCTYPE, "a declaration")[1])
        else:
            self._element(self._past(_TAG, "a tag"))

    def _past(self, pattern: re.Pattern[str], what: str) -> re.Match[str]:
        match = pattern.match(self.text, self.at)
        if not match:
            raise XmlInvalid(f"{what} is malformed at character {self.at}")
        self.at = match.end()
        return match

    def _doctype(self, body: str) -> None:
        _must(not self.seen_root and not self.seen_doctype, "a misplaced DOCTYPE")
        match = _DOCTYPE_BODY.fullmatch(body)
        _must(match, "a malformed DOCTYPE")
        self.seen_doctype = True
        self.other_entities = bool(match and match["outside"]) and not self.alone

    def _element(self, match: re.Match[str]) -> None:
        _must(self.open or not self.seen_root, "more than one root element")
        self.seen_root = True
        pairs = [(name, first or second) for name, first, second in _ATTRIBUTE.findall(match[2])]
        for _, value in pairs:
            self._references(value)
        spaces = self._spaces(pairs)
        _must(_prefix(match[1]) != "xmlns", "xmlns as prefix of an element")
        _must(not _prefix(match[1]) or self._space(_prefix(match[1]), spaces), "an unbound prefix")
        names = [self._expanded(name, spaces) for name, _ in pairs]
        _must(len(set(names)) == len(names), "an attribute twice")
        if not match[3]:
            self.open.append((match[1], spaces))

    def _spaces(self, pairs: list[tuple[str, str]]) -> dict[str, str]:
        """The namespaces that an element declares, by prefix."""
        spaces = {}
        for name, value in pairs:
            prefix, uri = _prefix(name), value.strip()
            if prefix == "xmlns":
                _must(uri, "a prefix bound to nothing")
                spaces[name.partition(":")[2]] = uri
            elif name == "xmlns":
                spaces[""] = uri
        for prefix, uri in spaces.items():
            _must((prefix == "xml") == (uri == _XML), "the prefix xml belongs to XML")
            _must(prefix != "xmlns" and uri != _XMLNS, "the prefix xmlns belongs to XML")
        return spaces

    def _space(self, prefix: str, own: dict[str, str]) -> str | None:
        scopes = [own, *(spaces for _, spaces in reversed(self.open)), {"xml": _XML, "xmlns": _XMLNS}]
        return next((spaces[prefix] for spaces in scopes if prefix in spaces), None)

    def _expanded(self, name: str, own: dict[str, str]) -> tuple[str, str]:
        prefix = _prefix(name)
        if not prefix:
            return "", name
        space = self._space(prefix, own)
        _must(space is not None, "an unbound prefix")
        return str(space), name.partition(":")[2]


def _must(condition: object, message: str) -> None:
    if not condition:
        raise XmlInvalid(message)


def _prefix(name: str) -> str:
    prefix, colon, local = name.partition(":")
    if not colon:
        return ""
    _must(prefix and local and ":" not in local, f"a malformed name {name}")
    return prefix


def _is_character(match: re.Match[str]) -> bool:
    digits = match[1] or match[2]
    if len(digits.lstrip("0")) > 7:
        return False
    code = int(digits, 10 if match[1] else 16)
    return code <= 0x10FFFF and not _ILLEGAL.match(chr(code))
