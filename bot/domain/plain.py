"""What plain words are: text that no surface can mistake for markup, a mention or a link."""

import re
import unicodedata
from collections.abc import Mapping

from bot.domain.fence import visible

_PLACEHOLDER = re.compile(r"\[[A-Z]+(?:_[A-Z]+)*_\d+\]")
_DOMAINS = (
    "ai|app|biz|click|club|cn|co|com|de|dev|edu|eu|example|gov|info|io|link|live|net|online|org|ru|shop|site|store"
    "|tk|top|uk|xyz|zip"
)
_FILES = "csv|docx|jpg|js|json|pdf|png|txt|xlsx|xml"

LIVE: Mapping[str, re.Pattern[str]] = {
    "a link": re.compile(
        rf"\w://|\bwww\.|\b(?:mailto|tel|javascript|data):\S|[a-z0-9-]{{2,63}}\.(?:(?:{_DOMAINS})\b|[a-z]{{2,}}/)",
        re.IGNORECASE,
    ),
    "a mention": re.compile(r"@\w|#[a-z]|(?-i:\b[CDGUW](?=[A-Z]*\d)[A-Z0-9]{8,}\b)", re.IGNORECASE),
    "markup": re.compile(r"[<>`]|\{[{%]|[%}]\}|&#?\w+;|\]\("),
}
"""What may do something where it is shown. Slack's ids of people and channels count as mentions."""

_STYLED = re.compile(r"[*~|\\\[\]{}]|(?:^|\W)_\S|:[a-z][a-z0-9_+-]*:|^\s*(?:#|-\s)", re.IGNORECASE)
_ANY_DOMAIN = re.compile(rf"[a-z0-9-]{{2,63}}\.(?!(?:{_FILES})\b)[a-z]{{2,}}", re.IGNORECASE)


def live_parts(text: str) -> list[str]:
    """What in ``text`` could come alive, by name. Full-width and like forms count as what they mean."""
    meant = _meant(text)
    found = [name for name, pattern in LIVE.items() if pattern.search(meant)]
    return found if visible(text) == " ".join(text.split()) else [*found, "an invisible character"]


def plain_words(text: str) -> str:
    """``text`` on one line if it is plain words: nothing live, nothing shown otherwise than written.

    Raises ValueError with what it holds instead, never with the text itself.
    """
    line = visible(text)
    meant = _meant(line)
    found = live_parts(line)
    found += ["markup"] if _STYLED.search(meant) else []
    found += ["a link"] if _ANY_DOMAIN.search(meant) else []
    if found:
        raise ValueError(f"holds {' and '.join(dict.fromkeys(found))}; write plain words")
    if not line:
        raise ValueError("is empty")
    return line


def _meant(text: str) -> str:
    return unicodedata.normalize("NFKC", _PLACEHOLDER.sub(" ", text))
