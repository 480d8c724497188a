"""Numbers and names as the audit writes them."""

from collections.abc import Iterable

from bot.domain.audit.model import Share


def number(value: int) -> str:
    """``12,345``."""
    return f"{value:,}"


def percent(share: float) -> str:
    """``41 %``; one decimal under 10 %, and never a rounded 0 or 100 that is not one."""
    points = share * 100
    if share in (0.0, 1.0):
        return f"{points:.0f} %"
    if points < 0.1:
        return "under 0.1 %"
    if points > 99:
        return "over 99 %"
    return f"{points:.1f} %".replace(".0 %", " %") if points < 10 else f"{points:.0f} %"


def label(field: str) -> str:
    """A column name as words: ``product_area`` is "product area"."""
    return "creation date" if field == "created_at" else field.replace("_", " ").strip()


def counted(share: Share, things: str) -> str:
    """``41 % of tickets (492 of 1,200)``; the interval too where the share is an estimate from a sample."""
    if share.count == 0:
        return f"none of {number(share.n)} {things}"
    if share.count == share.n and share.low is None:
        return f"all {number(share.n)} {things}"
    text = f"{percent(float(share))} of {things} ({number(share.count)} of {number(share.n)}"
    if share.low is not None and share.high is not None:
        text += f" sampled; {percent(share.low)} to {percent(share.high)} with 95 % confidence"
    return text + ")"


def distinct_tickets(count: int) -> str:
    """``1 distinct ticket``, ``no distinct tickets``."""
    return f"{number(count) if count else 'no'} distinct ticket{'' if count == 1 else 's'}"


def listed(items: Iterable[str]) -> str:
    """``a, b and c``."""
    *head, last = [*items] or [""]
    return f"{', '.join(head)} and {last}" if head else last


def language_name(code: str) -> str:
    """English name of an ISO 639-1 code, or the code."""
    return _LANGUAGES.get(code, code)


def personal(kind: str) -> str:
    """What redaction calls EMAIL: e-mail addresses."""
    return _PERSONAL.get(kind, label(kind.lower()))


_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "ms": "Malay", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "ta": "Tamil",
    "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "und": "too short to tell",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_PERSONAL = {
    "ADDRESS": "postal addresses",
    "CARD": "card numbers",
    "EMAIL": "e-mail addresses",
    "IBAN": "IBANs",
    "IP": "IP addresses",
    "ORDER_ID": "order numbers",
    "PERSON": "names",
    "PHONE": "phone numbers",
    "SECRET": "passwords and keys",
    "SSN": "social security numbers",
    "URL_TOKEN": "links with tokens",
}
