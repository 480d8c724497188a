"""HTML as browsers read it: a whole text, or signs of it within one."""

import re
from collections.abc import Iterator
from typing import Any

from bot.scorers.kit.js import SPACES

_LONGEST = 10 * 1024 * 1024  # characters
_WRAPPERS = {name: re.compile(rf"<{name}(?=[{SPACES}>/])") for name in ("html", "head", "body")}
_WRAPPER_TAG = re.compile(rf"<(?:html|head|body)(?=[{SPACES}>/])", re.IGNORECASE | re.ASCII)
_MARK = "plumbline-place"
_OPENING = re.compile(rf"<[a-zA-Z][a-zA-Z0-9-]*(?:[{SPACES}][^>]*)?>")
_CLOSING = re.compile(rf"</[a-zA-Z][a-zA-Z0-9-]*[{SPACES}]*>")
_ODD_COMMENTS = re.compile(r"<!(?!--)[^>]*>|<\?[^>]*>|</[^a-zA-Z][^>]*>")
_SINGLE_SIGNS = (
    re.compile(rf"<[a-zA-Z][a-zA-Z0-9-]*(?:[{SPACES}][^>]*)?/>"),
    re.compile(r"&(?:[a-zA-Z]+|#[0-9]+|#x[0-9a-fA-F]+);"),
    re.compile(r"<!--[^-]*(?:-[^-]+)*-->"),
    re.compile(rf"[{SPACES}][a-zA-Z-]+=[{SPACES}]*[\"'][^\"']*[\"']"),
)
_DOUBLE_SIGNS = (
    re.compile(rf"<!DOCTYPE[{SPACES}]+html", re.IGNORECASE | re.ASCII),
    re.compile(
        r"<(html|head|body|div|span|p|a|img|h[1-6]|ul|ol|li|table|tr|td|th|form|input|button|script|style|link"
        r"|meta|br|hr)\b",
        re.IGNORECASE | re.ASCII,
    ),
)
_NAMES = """
title base link meta style article section nav aside h1 h2 h3 h4 h5 h6 header footer address p hr pre
blockquote ol ul li dl dt dd figure figcaption main div a em strong small s cite q dfn abbr ruby rt rp
data time code var samp kbd sub sup i b u mark bdi bdo span br wbr img iframe embed object param picture
source video audio track map area svg math script noscript canvas ins del table caption colgroup col
tbody thead tfoot tr td th form label input button select datalist optgroup option textarea output
progress meter fieldset legend details summary dialog menu slot template
"""
_ELEMENTS = frozenset(_NAMES.split())


def has_html(text: str) -> bool:
    """Two signs of HTML, or one that leaves no doubt."""
    return len(text) <= _LONGEST and _signs(text) >= 2


def _signs(text: str) -> int:
    signs = bool(_OPENING.search(text)) + bool(_CLOSING.search(text))
    signs += sum(bool(sign.search(text)) for sign in _SINGLE_SIGNS)
    return signs + 2 * sum(bool(sign.search(text)) for sign in _DOUBLE_SIGNS)


def is_html(text: str) -> bool:
    """A browser finds an element that HTML knows, and no text beside the elements."""
    text = text.strip(SPACES)
    if not text or len(text) > _LONGEST or re.match(r"<\?xml", text, re.IGNORECASE | re.ASCII):
        return False
    from justhtml import JustHTML

    elements = list(_elements(JustHTML(text, sanitize=False).root))
    written = _written_wrappers(text)
    body = next((element for element in elements if element.name == "body"), None)
    if body is not None and "body" not in written and _has_own_text(body):
        return False
    return any(_counts(element.name.lower(), written) for element in elements)


def _elements(node: Any) -> Iterator[Any]:
    """Every element in order; what a template holds is another document."""
    return (each for each in _nodes(node) if not each.name.startswith(("#", "!")))


def _nodes(node: Any) -> Iterator[Any]:
    """All that lies within, in order; however deep, without recursion."""
    stack = list(reversed(node.children or ()))
    while stack:
        child = stack.pop()
        yield child
        stack += reversed(child.children or ())


def _counts(name: str, written: set[str]) -> bool:
    return name in written if name in _WRAPPERS else name in _ELEMENTS or "-" in name


def _written_wrappers(text: str) -> set[str]:
    """Those of html, head and body that stand in the text, rather than being what a browser adds."""
    lowered = text.lower()
    named = {name for name, pattern in _WRAPPERS.items() if pattern.search(lowered)}
    if not named:
        return named
    from justhtml import JustHTML

    # Where places are tracked, this parser takes odd comments for text, which would begin the body.
    marked = _WRAPPER_TAG.sub(lambda tag: f"{tag[0]} {_MARK}={tag.start()}", _ODD_COMMENTS.sub("", text))
    told = JustHTML(marked, sanitize=False, track_node_locations=True).root
    wrappers = {each.name: each for each in _elements(told) if each.name in named}
    return {name for name, wrapper in wrappers.items() if _begins(wrapper, told, marked)}


def _begins(wrapper: Any, document: Any, marked: str) -> bool:
    """Whether the wrapper's first tag comes before all that it holds; a later tag only adds attributes."""
    mark = wrapper.attrs.get(_MARK)
    if mark is None:
        return False
    place = marked.index(f" {_MARK}={mark}")
    held = [wrapper] if wrapper.name != "head" else [wrapper, *_elements(document)]
    return all(place < offset for each in held for offset in _offsets(each))


def _offsets(element: Any) -> Iterator[int]:
    """Where in the text that begins which an element holds, other wrappers apart."""
    for each in _nodes(element):
        if each.name not in _WRAPPERS and each.origin_offset is not None:
            yield each.origin_offset


def _has_own_text(body: Any) -> bool:
    return any(child.name == "#text" and child.data.strip(SPACES) for child in body.children or ())
