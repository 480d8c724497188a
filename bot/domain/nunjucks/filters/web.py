"""Filters between text and HTML, URLs and JSON, and the default."""

import json
import math
import re
from collections.abc import Callable
from typing import Any, NoReturn
from urllib.parse import quote

from bot.domain.jsvalues import UNDEFINED, WHITESPACE, ordered, stringify, to_number, to_text, truthy
from bot.domain.nunjucks.filters.kit import as_safe_as, normal, text_of, written
from bot.domain.nunjucks.members import need
from bot.domain.nunjucks.runtime import MAX_TEXT
from bot.domain.nunjucks.values import SafeText, adopt, paired
from bot.errors import InputError

_ESCAPES = str.maketrans({"&": "&amp;", '"': "&quot;", "'": "&#39;", "<": "&lt;", ">": "&gt;", "\\": "&#92;"})
_TAG = re.compile(r"</?[a-z][a-z0-9]*\b[^>]*>", re.IGNORECASE | re.ASCII)
_SPACE = f"[{WHITESPACE}]"
_EDGE_SPACES = re.compile(r"^ +| +$", re.MULTILINE)
_PUNCTUATED = re.compile(r"(?:\(|<|&lt;)?(.*?)(?:\.|,|\)|\n|&gt;)?")
_MAIL = re.compile(r"[\w.!#$%&'*+\-/=?^`{|}~]+@[a-z\d\-]+(\.[a-z\d\-]+)+", re.IGNORECASE | re.ASCII)
_DOMAIN = re.compile(r"\.(?:org|net|com)(?::|/|$)")


def default(value: Any, otherwise: Any = UNDEFINED, falsy: Any = UNDEFINED) -> Any:
    if truthy(falsy):
        return value if truthy(value) else otherwise
    return otherwise if value is UNDEFINED else value


def dump(value: Any, indent: Any = UNDEFINED) -> Any:
    step = int(to_number(indent)) if isinstance(indent, int | float) and indent == indent else None
    step_text = indent if isinstance(indent, str) else None
    dumped = stringify(value, step_text if step_text is not None else step, limit=MAX_TEXT)
    return UNDEFINED if dumped is None else dumped


def load(value: Any) -> Any:
    """JSON.parse."""
    try:
        return adopt(json.loads(paired(to_text(value)), parse_constant=_refuse))
    except ValueError:
        raise InputError("The filter «load» got text that is no JSON") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def escape(value: Any) -> SafeText:
    return value if isinstance(value, SafeText) else forceescape(value)


def forceescape(value: Any) -> SafeText:
    return SafeText(written(value).translate(_ESCAPES))


def safe(value: Any) -> SafeText:
    return value if isinstance(value, SafeText) else SafeText(written(value))


def nl2br(value: Any) -> Any:
    if value is None or value is UNDEFINED:
        return ""
    return as_safe_as(value, re.sub(r"\r\n|\n", "<br />\n", text_of(value)))


def striptags(value: Any, keep_lines: Any = UNDEFINED) -> Any:
    value = normal(value)
    text = _without_tags(text_of(value)).strip(WHITESPACE)
    if not truthy(keep_lines):
        return as_safe_as(value, re.sub(f"{_SPACE}+", " ", text))
    text = re.sub(" +", " ", _EDGE_SPACES.sub("", text)).replace("\r\n", "\n")
    return as_safe_as(value, re.sub("\n\n\n+", "\n\n", text))


def _without_tags(text: str) -> str:
    """Tags and comments left out; looks for an end only where there is one, so time stays linear."""
    kept, at = [], 0
    last_tag, last_comment = text.rfind(">"), text.rfind("-->")
    while (start := text.find("<", at)) >= 0 and start < last_tag:
        kept.append(text[at:start])
        tag = _TAG.match(text, start)
        if tag:
            at = tag.end()
        elif text.startswith("<!--", start) and start + 4 <= last_comment:
            at = text.index("-->", start + 4) + 3
        else:
            kept.append("<")
            at = start + 1
    return "".join([*kept, text[at:]])


def urlencode(value: Any) -> str:
    if isinstance(value, str):
        return _encoded(value)
    if isinstance(value, SafeText):
        value = value.plain()
    pairs = ordered(value) if isinstance(value, dict) else value if isinstance(value, list) else []
    return "&".join(f"{_encoded(need(pair, 0))}={_encoded(need(pair, 1))}" for pair in pairs)


def _encoded(value: Any) -> str:
    try:
        return quote(paired(to_text(value, limit=MAX_TEXT)), safe="-_.!~*'()")
    except UnicodeEncodeError:
        raise InputError("Half a character cannot be part of a URL") from None


def urlize(value: Any, length: Any = UNDEFINED, nofollow: Any = UNDEFINED) -> str:
    number = to_number(length)
    most = None if math.isnan(number) or number == math.inf else int(number)
    rel = ' rel="nofollow"' if nofollow is True else ""
    words = re.split(f"({_SPACE}+)", text_of(value))
    return "".join(_linked(word, most, rel) for word in words if word)


def _linked(word: str, most: int | None, rel: str) -> str:
    found = _PUNCTUATED.fullmatch(word)
    target = found[1] if found else word
    shown = target if most is None else target[: max(most, 0)]
    if re.match("https?://", target) and "\n" not in target:
        return f'<a href="{target}"{rel}>{shown}</a>'
    if target.startswith("www."):
        return f'<a href="http://{target}"{rel}>{shown}</a>'
    if _MAIL.fullmatch(target):
        return f'<a href="mailto:{target}">{target}</a>'
    if _DOMAIN.search(target):
        return f'<a href="http://{target}"{rel}>{shown}</a>'
    return word


FILTERS: dict[str, Callable[..., Any]] = {
    "d": default,
    "default": default,
    "dump": dump,
    "e": escape,
    "escape": escape,
    "forceescape": forceescape,
    "load": load,
    "nl2br": nl2br,
    "safe": safe,
    "striptags": striptags,
    "urlencode": urlencode,
    "urlize": urlize,
}
