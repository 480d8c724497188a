"""Personal data out of text, before it is stored or sent anywhere. Redacted, never "anonymised"."""

from bot.domain.redaction.engine import contains_leak, redact, redact_structured
from bot.domain.redaction.model import TYPES, Redaction, Span

__all__ = ["TYPES", "Redaction", "Span", "contains_leak", "redact", "redact_structured"]
