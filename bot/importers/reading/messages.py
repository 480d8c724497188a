"""Mail as customers wrote it: mbox split into messages, and a message's own words without the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parseaddr

from bot.domain.storable import storable
from bot.importers.reading.contract import Reading
from bot.importers.reading.dates import parse_any
from bot.importers.reading.markup import to_text
from bot.importers.reading.shapes import Mail
from bot.importers.reading.source import Source

_MOST_PARTS = 200
# What the standard library's mail package raises on mail that is broken on purpose.
BROKEN_MAIL = (
    MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)

_ATTRIBUTION = re.compile(
    r"^\s*(?:on\b.{4,200}\bwrote:|am\b.{4,200}\bschrieb\b.{0,100}:|le\b.{4,200}\ba écrit\s?:|"
    r"el\b.{4,200}\bescribió:|"
    r"il\b.{4,200}\bha scritto:|op\b.{4,200}\bschreef\b.{0,100}:|em\b.{4,200}\bescreveu:|"
    r"-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|mensaje original)"
    r"\s*-{2,}|_{10,}|from:\s.{1,200}|von:\s.{1,200})\s*$",
    re.IGNORECASE,
)
_SECOND_HEADER = re.compile(r"^\s*(?:sent|to|date|subject|gesendet|an|datum|betreff):\s", re.IGNORECASE)
_SENT_FROM = re.compile(
    r"^\s*(?:sent from my |get outlook for |von meinem .{1,40} gesendet|gesendet von |enviado desde |"
    r"envoyé de |inviato da |verzonden (?:vanaf|met) )",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message: addresses as (name, address) pairs; ``automatic`` for auto-replies and bounces."""

    id: str
    subject: str
    text: str
    sent: datetime | None
    sender: tuple[str, str]
    others: tuple[tuple[str, str], ...]
    automatic: bool
    dated: str


def open_mail(source: Source, kind: str, reading: Reading) -> Mail:
    def messages() -> Iterator[bytes]:
        return _split(source, reading.limits.record_bytes) if kind == "mbox" else iter([source.open().read()])

    return Mail(kind, messages)


def read_letter(raw: bytes, most: int) -> Letter:
    """A message's subject and own words, at most ``most`` characters of them.

    Raises:
        one of BROKEN_MAIL.
    """
    mail = message_from_bytes(raw)
    named = getaddresses([_header(mail, "To"), _header(mail, "Cc")])
    dated = _header(mail, "Date")
    return Letter(
        id=_header(mail, "Message-ID").strip(" <>"),
        subject=" ".join(_header(mail, "Subject").split()),
        text=own_words(_body(mail)[:most]),
        sent=parse_any(re.sub(r"\s*\(.*\)\s*$", "", dated)) if dated else None,
        sender=parseaddr(_header(mail, "From")),
        others=tuple(pair for pair in named if any(pair))[:20],
        automatic=_is_automatic(mail),
        dated=dated,
    )


def own_words(text: str) -> str:
    """A mail's text without what it quotes and how it is signed. A mail that is all quote stays whole."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept: list[str] = []
    for i, line in enumerate(lines):
        if line.rstrip() == "--" or line == "-- " or _SENT_FROM.match(line) or _starts_quote(lines, i):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line.rstrip())
    own = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return own or text.strip()


def _starts_quote(lines: list[str], i: int) -> bool:
    line = lines[i]
    if len(line) > 500:
        return False
    match = _ATTRIBUTION.match(line)
    if match is None:
        # An attribution is often wrapped onto a second line.
        wrapped = len(line) < 200 and i + 1 < len(lines) and len(lines[i + 1]) < 200 and line.strip()
        return (
            bool(wrapped)
            and re.match(r"^\s*(?:On|Am|Le|El|Il|Op|Em)\b", line) is not None
            and (_ATTRIBUTION.match(f"{line.rstrip()} {lines[i + 1].strip()}") is not None)
        )
    if re.match(r"\s*(?:from|von):", line, re.IGNORECASE):
        return any(_SECOND_HEADER.match(later) for later in lines[i + 1 : i + 4])
    return True


def _split(source: Source, most: int) -> Iterator[bytes]:
    """Messages of an mbox: a line "From …" after an empty one starts the next. One too large is cut."""
    lines: list[bytes] = []
    size, after_blank = 0, True
    with source.open() as stream:
        while line := stream.readline(most):
            if after_blank and line.startswith(b"From "):
                if lines:
                    yield b"".join(lines)
                lines, size = [], 0
            elif size < most:
                lines.append(line[1:] if re.match(rb">+From ", line) else line)
                size += len(line)
            after_blank = not line.strip(b"\r\n")
    if lines:
        yield b"".join(lines)


def _header(mail: Message, name: str) -> str:
    value = mail.get(name)
    if value is None:
        return ""
    try:
        pieces = decode_header(str(value))
    except (HeaderParseError, ValueError, LookupError):
        return storable(str(value))
    return storable("".join(p if isinstance(p, str) else _decoded(p, charset) for p, charset in pieces))


def _body(mail: Message) -> str:
    """The plain part where there is one that says something, else the HTML part as text."""
    marked_up = ""
    for count, part in enumerate(mail.walk()):
        if count > _MOST_PARTS:
            break
        if part.is_multipart() or part.get_filename() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind not in {"text/plain", "text/html"}:
            continue
        payload = part.get_payload(decode=True)
        text = storable(_decoded(payload, part.get_content_charset())) if isinstance(payload, bytes) else ""
        if kind == "text/plain" and text.strip():
            return text
        if kind == "text/html" and not marked_up:
            marked_up = _unquoted(text)
    return marked_up


def _unquoted(markup: str) -> str:
    """HTML up to where mail programs put the quoted mail."""
    start = re.search(r"<(?:blockquote|div[^<>]{0,200}(?:gmail_quote|divRplyFwdMsg|yahoo_quoted))", markup)
    own = to_text(markup[: start.start()]) if start else ""
    return own or to_text(markup)


def _decoded(payload: bytes, charset: str | None) -> str:
    for name in (charset or "utf-8", "utf-8", "cp1252"):
        try:
            return payload.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return payload.decode("latin-1")


def _is_automatic(mail: Message) -> bool:
    submitted = str(mail.get("Auto-Submitted", "no")).strip().lower()
    return (
        not submitted.startswith("no")
        or mail.get("X-Autoreply") is not None
        or str(mail.get("Precedence", "")).strip().lower() in {"auto_reply", "bulk", "junk"}
        or mail.get_content_type() == "multipart/report"
    )
