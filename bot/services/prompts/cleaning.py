"""What may not be kept in a saved prompt: secrets are refused, personal data redacted, names asked about."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.prompts import Finding
from bot.domain.prompts.own import PLACE
from bot.domain.redaction import Span, redact
from bot.domain.redaction.placeholders import replace
from bot.errors import InputError

NAMES_FOUND = "names_found"
"""The code of the refusal that goes away once somebody says that the names are no customers'."""

_SECRETS = ("SECRET", "URL_TOKEN")
_WORDS = {
    "CARD": "a card number",
    "IBAN": "a bank account",
    "EMAIL": "an e-mail address",
    "IP": "an IP address",
    "SSN": "a social security number",
    "ORDER_ID": "an order number",
    "PHONE": "a phone number",
    "ADDRESS": "a postal address",
}
_NO_NAMES = frozenset({"markdown", "json", "yaml", "slack", "html", "shakespeare"})


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The body as it may be kept, and what was taken out of it."""

    body: str
    findings: tuple[Finding, ...]


def cleaned(body: str, earlier: str = "", *, names_ok: bool = False) -> Cleaned:
    """A prompt's own words often look like names ("You are Ada"), so these are asked about and never
    replaced; names that an ``earlier`` version holds were asked about before.

    Raises:
        InputError: it holds a secret; or a new name, with the code NAMES_FOUND, unless ``names_ok``.
    """
    spans = [span for span in redact(body, common=_NO_NAMES).spans if not _in_a_place(body, span)]
    _refuse_secrets(body, spans)
    if not names_ok:
        _ask_about_names(body, earlier, spans)
    taken = [span for span in spans if span.type in _WORDS]
    replaced = replace(body, taken)
    findings = [
        Finding(
            "redacted",
            _line(body, span),
            f"{_WORDS[span.type]} became {replaced.text[replaced.text.rindex('[', 0, end) : end]};"
            " where the model needs it, pass it in as a variable.",
        )
        for span, (end, _) in zip(taken, replaced.moves, strict=True)
    ]
    return Cleaned(replaced.text, tuple(findings))


def _refuse_secrets(body: str, spans: Iterable[Span]) -> None:
    lines = sorted({_line(body, span) for span in spans if span.type in _SECRETS})
    if lines:
        raise InputError(
            f"Line {', '.join(map(str, lines))} holds what looks like a key or password; nothing was saved.",
            hint="Take it out. If it is real, replace it where it is used: it has been shown.",
            code="secret_found",
        )


def _ask_about_names(body: str, earlier: str, spans: Iterable[Span]) -> None:
    names = dict.fromkeys(body[span.start : span.end] for span in spans if span.type == "PERSON")
    new = [name for name in names if name not in earlier]
    if new:
        raise InputError(
            f"This may be somebody's name: {', '.join(new[:8])}. Nothing was saved.",
            hint="If none of them is a customer's, say so and save again; otherwise take it out.",
            code=NAMES_FOUND,
        )


def _in_a_place(body: str, span: Span) -> bool:
    """What stands in {{ … }} is the name of a variable, not a value."""
    return any(place.start() < span.end and span.start < place.end() for place in PLACE.finditer(body))


def _line(body: str, span: Span) -> int:
    return body.count("\n", 0, span.start) + 1
