"""E-mail addresses, also spelt with "at" and "dot", with lost signs, or with spaces around the @."""

import re
from collections.abc import Iterator

from bot.domain.redaction.lexicon import NOT_BEFORE_AT, holds
from bot.domain.redaction.model import Span

_AT = re.compile(r" ?@ ?|\s?[(\[{<]\s?(?:at|@)\s?[)\]}>]\s?|\sat\s", re.IGNORECASE)
_DOT = r"(?:\.|\s?[(\[{<]\s?(?:dot|\.|punkt|point)\s?[)\]}>]\s?|\sdot\s)"
_DOMAIN = re.compile(rf"[\w-]+(?:{_DOT}[\w-]+)+", re.IGNORECASE)
_SPOKEN_DOT = re.compile(r"[\s)\]}>]dot[\s(\[{<]|\(dot\)|\[dot\]|\{dot\}", re.IGNORECASE)
_PROVIDER = r"(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud|proton(?:mail)?|aol|gmx|rediffmail)"
_AT_PROVIDER = re.compile(rf"{_PROVIDER}(?:\s?\.?\s?(?:com|co|net|org|de|fr|in|me|uk))*\b", re.IGNORECASE)
_RUN_ON = re.compile(
    r"(?<![\w.])(?:[\w.+-]{1,40}\s)?(?:[\w.+-]{0,40}?)"
    r"(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|icloud|protonmail|rediffmail)\s?(?:dot)?com\b",
    re.IGNORECASE,
)
_RUN_ON_GATE = re.compile(r"(?:mail|yahoo|outlook|icloud)\s?(?:dot)?com", re.IGNORECASE)
_RUN_ON_NAMES = ("mail", "yahoo", "outlook", "icloud")
_LOCAL_SIGNS = frozenset("._+-%'&=/!#$*~^")
_LONGEST = 320  # RFC 3696 erratum 1690 allows 254; longer ones are redacted as far as this, piece by piece


def find_emails(text: str) -> Iterator[Span]:
    """All e-mail addresses of folded text. Linear: each sign is widened once to both sides."""
    lower = text.lower()
    if "@" in text or " at " in lower or "at)" in lower or "at]" in lower:
        yield from _around_signs(text)
    if (holds(lower, _RUN_ON_NAMES) or not text.isascii()) and _RUN_ON_GATE.search(text):
        for match in _RUN_ON.finditer(text):
            start = _run_on_start(match)
            if start < match.end():
                yield Span("EMAIL", start, match.end())


def _around_signs(text: str) -> Iterator[Span]:
    for at in _AT.finditer(text):
        start = _local_start(text, at.start())
        end = _domain_end(text, at, text[start : at.start()])
        if start < at.start() and end:
            yield Span("EMAIL", start, end)


def _local_start(text: str, end: int) -> int:
    start = end
    stop = max(0, end - _LONGEST)
    while start > stop and (text[start - 1].isalnum() or text[start - 1] in _LOCAL_SIGNS):
        start -= 1
    while start < end and text[start] in "'.=/&#-!*":
        start += 1
    return start


def _domain_end(text: str, at: re.Match[str], local: str) -> int:
    """End of the domain after the sign, or 0 where this is no address."""
    sign = at.group().strip()
    domain = _DOMAIN.match(text, at.end())
    spaced = "@" in sign and sign != at.group()
    if domain is None or (spaced and not at.group().startswith(" ")):
        provider = _AT_PROVIDER.match(text, at.end()) if sign else None
        return provider.end() if provider else 0
    if sign.lower() != "at":
        return domain.end()
    provided = _AT_PROVIDER.match(domain.group()) is not None
    plain_word = local.isalpha() and local.lower() in NOT_BEFORE_AT
    return domain.end() if (provided or _SPOKEN_DOT.search(domain.group())) and not plain_word else 0


def _run_on_start(match: re.Match[str]) -> int:
    """Takes the word before only where the address is split off it ("mani 05216 gmailcom")."""
    words = match.group().split()
    glued = re.match(rf"(?!{_PROVIDER})", words[-1] if len(words) < 3 else words[-2], re.IGNORECASE)
    if len(words) == 1:
        return match.start()
    return match.start() + (len(words[0]) + 1 if glued and not words[0].isdigit() else 0)
