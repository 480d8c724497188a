"""Splits text into words as the Penn Treebank does, in the reading of js-rouge 3.2."""

import re
import unicodedata

from bot.scorers.kit.js import SPACES

_SPACES = re.compile(f"[{SPACES}\u0085]+")
_QUOTES = re.compile("``|''|\"")
_STEPS = tuple(
    (re.compile(pattern, re.ASCII), replacement)
    for pattern, replacement in (
        (r"\.{3}", " ... "),
        (r"[;@#$%&]", r" \g<0> "),
        (r"([^.])(?<!\b[A-Za-z]\.[A-Za-z])(\.)([\])}>' ]*)\Z", r"\1 \2\3 "),  # the last full stop
        (r"[?!]", r" \g<0> "),
        (r"[\]\[(){}<>]", r" \g<0> "),
        (r"--", " -- "),
    )
)
_SEPARATORS = re.compile(r"[:,](?!\d)")
_APOSTROPHES = (
    (re.compile(r"([^'])' "), r"\1 ' "),
    (re.compile(r"'([sSmMdD]) "), r" '\1 "),
    (re.compile(r"('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) "), r" \1 "),
)
_CONTRACTIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        "(can)(not)",
        "(d)('ye)",
        "(gim)(me)",
        "(gon)(na)",
        "(got)(ta)",
        "(lem)(me)",
        "(more)('n)",
        "(wan)(na)(?= )",
        "('t)(is)",
        "('t)(was)",
    )
)


def tokens(text: str) -> list[str]:
    """The words and signs of a text, in order; none of an empty text."""
    text = _SPACES.sub(" ", text).strip(" ")
    if not text:
        return []
    text = _mark_quotes(text)
    text = _STEPS[0][0].sub(_STEPS[0][1], text)
    text = _SEPARATORS.sub(r" \g<0> ", text)
    for pattern, replacement in _STEPS[1:]:
        text = pattern.sub(replacement, text)
    text = f" {text} "
    for pattern, replacement in _APOSTROPHES:
        text = pattern.sub(replacement, text)
    for pattern in _CONTRACTIONS:
        text = pattern.sub(_parted, text)
    return [token for token in text.split(" ") if token]


def _parted(match: re.Match[str]) -> str:
    """ "cannot" apart, unless it stands within a longer word."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    if _in_word(before) or _in_word(after):
        return match[0]
    return f" {match[1]} {match[2]} "


def _in_word(sign: str) -> bool:
    return bool(sign) and (f"a{sign}".isidentifier() or sign in "\u200c\u200d")


def _mark_quotes(text: str) -> str:
    """Opening double quotes as ``, closing ones as ''."""
    inside = False

    def mark(match: re.Match[str]) -> str:
        nonlocal inside
        inside = match[0] == "``" or (not inside and _opens(text, match.start(), match[0]))
        return " `` " if inside else " '' "

    return _QUOTES.sub(mark, text)


def _opens(text: str, at: int, quote: str) -> bool:
    before = text[at - 1] if at else ""
    if at + len(quote) >= len(text) and before and not (before in " <" or _kind(before) == "Ps"):
        return False
    if before and not (before in " <" or _kind(before).startswith("P") or text[:at].endswith("``")):
        return False
    if before in (".", "!", "?"):
        return False
    if quote == '"':
        return True
    after = text[at + 2 : at + 3]
    starts = after and (_kind(after)[0] in "LN" or _kind(after) in ("Sc", "Ps"))
    closing = _QUOTES.search(text, at + 2)
    return bool(at > 0 and starts and closing and closing[0] == "''")


def _kind(sign: str) -> str:
    return unicodedata.category(sign)
