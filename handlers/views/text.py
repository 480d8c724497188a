"""The one door for text that is not ours: what comes through cannot mention, link, style or hide anything."""

import re
from collections.abc import Iterable
from typing import TypeVar

from bot.domain.fence import visible
from bot.domain.plain import LIVE


class Markup(str):
    """Slack's markup as it is sent: our own words, with everything foreign in them escaped. Only this module
    makes it, and kit takes nothing else where Slack reads markup."""

    __slots__ = ()


Text = TypeVar("Text", bound=str)

LONGEST = 12_000  # no place shows more; what is longer costs only time

_LOOK_ALIKES = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_EDGE_LINE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_EMOJI_CODE = re.compile(r"(?<!\d):(?=[a-z0-9_+'-]+:)", re.IGNORECASE)
_QUOTE_SIGN = re.compile(r"^([ \t]*)>", re.MULTILINE)
_SCHEME = re.compile(r"\b(?:(ht)tp(s?)|([a-z][a-z0-9+.-]*)):(?=/)", re.IGNORECASE)
_CALLS = re.compile(r"\b(skype|slack|xmpp|file|vbscript):(?=\S)", re.IGNORECASE)
_MARKS = r"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_STACKED = re.compile(rf"([{_MARKS}]{{3}})[{_MARKS}]+")
_PIECE = re.compile(rf"&(?:amp|lt|gt);|.[{_MARKS}]{{0,3}}", re.DOTALL)
_PERSON = re.compile(r"[UW][A-Z0-9]{2,20}")
_CHANNEL = re.compile(r"[CDG][A-Z0-9]{2,20}")


def dead(text: str) -> str:
    """Foreign text for places that show it as it is (plain_text, rich_text): nothing invisible, links
    defanged in sight, at most three marks on a letter. Line breaks stay."""
    lines = (_shown(line) for line in text[:LONGEST].splitlines())
    return _STACKED.sub(r"\1", _defanged("\n".join(lines).strip()))


def _shown(line: str) -> str:
    """What of a line can be seen; most lines are plain, and looking at each of their letters is slow."""
    return " ".join(line.split()) if line.isascii() and line.isprintable() else visible(line)


def escape(text: str) -> Markup:
    """Foreign text for places that read Slack's markup, the top-level ``text`` too.

    Slack has no escape for its styling marks, so look-alikes stand for them: an asterisk in a ticket is
    seen, and does nothing.
    """
    safe = dead(text).translate(_LOOK_ALIKES)
    safe = _QUOTE_SIGN.sub(r"\1›", _EMOJI_CODE.sub("꞉", _EDGE_LINE.sub("ˍ", safe)))
    return Markup(safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def markup(template: str, /, *values: object) -> Markup:
    """Our own markup with a value for each ``{}``; every value that is not Markup already is escaped.

    ``template`` is a literal, never built; a test reads the source for that.
    """
    parts = template.split("{}")
    filled = parts[0]
    for value, part in zip(values, parts[1:], strict=True):
        filled += (value if isinstance(value, Markup) else escape(str(value))) + part
    return Markup(filled)


def joined(parts: Iterable[Markup], between: str = " · ") -> Markup:
    """Pieces of markup one after another; empty ones are left out."""
    return Markup(between.join(part for part in parts if part))


def mention(user: str) -> Markup:
    """A person by their Slack id; what is none is shown as the name it is."""
    return Markup(f"<@{user}>") if _PERSON.fullmatch(user) else escape(user)


def channel_link(channel: str) -> Markup:
    """A channel by its id, which Slack shows by name; what is no id is shown as it is."""
    return Markup(f"<#{channel}>") if _CHANNEL.fullmatch(channel) else escape(channel)


def length(text: str) -> int:
    """In UTF-16 code units, the most that Slack may count; an escaped sign counts its letters."""
    return len(text) + sum(char > "\uffff" for char in text)


def clip(text: Text, limit: int) -> Text:
    """At most ``limit`` long and then ending in "…"; cuts no entity, no emoji, no letter from its marks."""
    if length(text) <= limit:
        return text
    kept, used = "", 1
    for piece in _PIECE.findall(text):
        used += length(piece)
        if used > limit:
            break
        kept += piece
    whole = text[len(kept)].isspace()
    return type(text)((kept if whole else _to_a_word(kept)).rstrip() + "…")


def _to_a_word(text: str) -> str:
    """Back to the end of the last word, where one ends near."""
    words = text.rpartition(" ")[0].rstrip(" ,:·(“")
    return words if words and len(text) - len(words) <= min(24, len(text) // 4) else text


def _defanged(text: str) -> str:
    """``https://evil.example`` as ``hxxps://evil[.]example``: to be read, not to be followed."""
    shown = LIVE["a link"].sub(_dead_link, _CALLS.sub(r"\1[:]", text))
    return _SCHEME.sub(_dead_scheme, shown)


def _dead_link(match: re.Match[str]) -> str:
    found = match.group()
    return found if found.endswith("://") else found.replace(".", "[.]").replace(":", "[:]")


def _dead_scheme(match: re.Match[str]) -> str:
    if match.group(1):
        return f"hxxp{match.group(2)}:"
    return match.group() if match.group(3).lower() in {"hxxp", "hxxps"} else f"{match.group(3)}[:]"
