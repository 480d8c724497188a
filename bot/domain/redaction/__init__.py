"""Personal data out of text, before it is stored or sent anywhere. Redacted, never "anonymised"."""

from bot.domain.redaction.engine import contains_leak, redact, redact_structured
from bot.domain.redaction.model import TYPES, Redaction, Span
from bot.domain.redaction.vocabulary import log_vocabulary

__all__ = ["TYPES", "Redaction", "Span", "contains_leak", "log_vocabulary", "redact", "redact_structured"]
