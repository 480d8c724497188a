"""What redaction finds and returns."""

from dataclasses import dataclass

TYPES = (
    "URL_TOKEN",
    "SECRET",
    "CARD",
    "IBAN",
    "EMAIL",
    "IP",
    "SSN",
    "ORDER_ID",
    "PHONE",
    "ADDRESS",
    "PERSON",
)
"""Every type, the one that wins an overlap first."""


@dataclass(frozen=True, slots=True)
class Span:
    """One piece of personal data: ``[start, end)`` in characters of the original text."""

    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """``text`` with typed placeholders such as ``[EMAIL_1]``; ``spans`` point into the original text."""

    text: str
    spans: tuple[Span, ...]
