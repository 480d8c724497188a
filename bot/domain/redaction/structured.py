"""Runs the detectors of structured data behind cheap gates: most texts have no digit and no @ at all."""

import re

from bot.domain.redaction.banking import find_ibans
from bot.domain.redaction.credentials import find_secrets
from bot.domain.redaction.emails import find_emails
from bot.domain.redaction.model import Span
from bot.domain.redaction.network import find_addresses, find_links
from bot.domain.redaction.numbers import find_numbers
from bot.domain.redaction.orders import find_orders

_DIGITS = re.compile(r"\d")
_SPELT = re.compile(
    r"@|[\s(\[{]at[\s)\]}]|://|www\.|mail|yahoo|outlook|pass|pwd|secret|token|key|=|-----|\w{16}|zero|one|two|three|four|five|six"
    r"|seven|eight|nine",
    re.IGNORECASE,
)


def find_structured(text: str) -> list[Span]:
    """Spans of every structured type in folded text; they may overlap."""
    has_digits = _DIGITS.search(text) is not None
    if not has_digits and not _SPELT.search(text):
        return []
    spans = [*find_secrets(text), *find_links(text), *find_emails(text), *find_numbers(text)]
    if has_digits:
        spans += [*find_ibans(text), *find_addresses(text), *find_orders(text)]
    return spans
