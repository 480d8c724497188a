"""Runs the detectors of structured data behind cheap gates: most texts have no digit and no @ at all."""

import re

from bot.domain.redaction.banking import find_ibans
from bot.domain.redaction.credentials import NAMES, find_secrets
from bot.domain.redaction.emails import find_emails
from bot.domain.redaction.lexicon import holds
from bot.domain.redaction.model import Span
from bot.domain.redaction.network import find_addresses, find_links
from bot.domain.redaction.numbers import find_numbers
from bot.domain.redaction.orders import find_orders

_DIGITS = re.compile(r"\d")
_LONG_WORD = re.compile(r"\w{16}")
_SIGNS = (
    "@",
    " at ",
    "at)",
    "at]",
    "://",
    "www.",
    "=",
    "-----",
    "mail",
    "yahoo",
    "outlook",
    "icloud",
    "&",
    *NAMES,
)
_NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def find_structured(text: str) -> list[Span]:
    """Spans of every structured type in folded text; they may overlap."""
    has_digits = _DIGITS.search(text) is not None
    if not has_digits and not _worth_a_look(text):
        return []
    spans = [*find_secrets(text), *find_links(text), *find_emails(text), *find_numbers(text)]
    if has_digits:
        spans += [*find_ibans(text), *find_addresses(text), *find_orders(text)]
    return spans


def _worth_a_look(text: str) -> bool:
    """Without a digit only signs, names of secrets, long words and numbers in words can hold anything."""
    lower = text.lower()
    return (
        holds(lower, _SIGNS)
        or _LONG_WORD.search(lower) is not None
        or sum(w in lower for w in _NUMBER_WORDS) > 2
    )
