"""Which shape a file has, by its content first and its name second."""

import re

from bot.errors import ImportRefused
from bot.importers.reading.contract import Reading
from bot.importers.reading.delimited import (
    first_records,
    head_text,
    open_table,
    regularity,
    sniff,
    text_lines,
)
from bot.importers.reading.encoding import Encoding, detect
from bot.importers.reading.jsonstream import bad_json
from bot.importers.reading.messages import open_mail
from bot.importers.reading.objects import open_json, open_json_lines
from bot.importers.reading.shapes import Mail, Prose, Records, Shape, Table
from bot.importers.reading.source import Source, is_workbook
from bot.importers.reading.vocabulary import CREATED, ID, MESSAGE, SUBJECT, key
from bot.importers.reading.workbook import open_workbook

_TABLES = {".csv", ".tsv", ".tab", ".psv", ".xlsx"}
_JSON_LINES = {".jsonl", ".ndjson"}
_OPENS_JSON = re.compile(r'\s*(?:\[\s*[\[{]|\{\s*"|\[\s*\]\s*$|\{\s*\}\s*$)')
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table|script|meta)\b", re.IGNORECASE | re.DOTALL
)
_NAMES = {*MESSAGE, *ID, *CREATED, *SUBJECT}
_LEGACY_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIL_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}")
_MAIL_NAMES = re.compile(rb"(?im)^(?:from|received|return-path|delivered-to|message-id|date):")


def shape_of(source: Source, reading: Reading, wanted: type[Shape] | None = None) -> Shape:
    """The file as the shape its content shows, or as the ``wanted`` one.

    Raises:
        ImportRefused: it is none of them.
    """
    if is_workbook(source):
        return open_workbook(source, reading)
    if source.head.startswith(_LEGACY_OFFICE):
        raise ImportRefused(
            f"{source.filename} is an old or a password-protected Office file.",
            code="unsupported_format",
            hint="Save it as .xlsx without a password, or as CSV.",
        )
    mail = _mail_kind(source)
    if wanted is Mail or (wanted is None and mail):
        return open_mail(source, mail or "eml", reading)
    encoding = _encoding(source, reading)
    head = head_text(source, encoding)
    if not head.strip() and source.suffix != ".json":
        raise ImportRefused(f"{source.filename} holds no rows.", code="no_rows", hint="Export it again.")
    if encoding.name != "utf-8":
        reading.note(f"read as {_NICE.get(encoding.name, encoding.name)}")
    if wanted is Prose:
        return _prose(source, encoding)
    if wanted is Records or (wanted is None and _is_json(source, head)):
        return _json(source, encoding, head, reading)
    _refuse_markup(source, head)
    if wanted is Table or source.suffix in _TABLES or _is_table(head):
        if source.suffix == ".xlsx":
            reading.note("named .xlsx but holds plain text; read as such")
        return open_table(source, encoding, reading)
    return _prose(source, encoding)


_NICE = {"cp1252": "Windows-1252 (Western European)", "cp932": "Shift JIS", "cp949": "Korean (CP949)"}


def _encoding(source: Source, reading: Reading) -> Encoding:
    try:
        return detect(source)
    except ImportRefused as refused:
        # JSON is Unicode by its standard, so whatever cannot be decoded is no JSON.
        if source.suffix not in {".json", *_JSON_LINES} or source.head[:1] not in b'[{"':
            raise
        raise bad_json(reading, refused.message.removeprefix(source.filename).strip(" .")) from None


def _prose(source: Source, encoding: Encoding) -> Prose:
    return Prose("text", lambda: text_lines(source, encoding))


def _json(source: Source, encoding: Encoding, head: str, reading: Reading) -> Records:
    if source.suffix in _JSON_LINES or _is_lines(head):
        return open_json_lines(source, encoding, reading)
    return open_json(source, encoding, reading)


def _is_json(source: Source, head: str) -> bool:
    return source.suffix in {".json", *_JSON_LINES} or _OPENS_JSON.match(head) is not None


def _is_lines(head: str) -> bool:
    """Two lines that are an object each."""
    lines = [line.strip() for line in head.split("\n", 3)[:3] if line.strip()]
    whole = [line.startswith("{") and line.endswith("}") for line in lines]
    return len(whole) > 1 and all(whole[:2])


def _refuse_markup(source: Source, head: str) -> None:
    if _HTML.match(head[:4096]):
        raise ImportRefused(
            f"{source.filename} is a web page, not an export.",
            code="html_file",
            hint="It is often a sign-in page saved by mistake: sign in and download the export again.",
        )
    if head.lstrip().startswith("<?xml"):
        raise ImportRefused(
            f"{source.filename} is XML, which is not read.",
            code="unsupported_format",
            hint="Export the log as CSV, JSON or XLSX.",
        )


def _is_table(head: str) -> bool:
    """Text under no telling name: a table if it is regular and its first line names known columns."""
    dialect = sniff(head)
    share, width = regularity(head, dialect)
    first = first_records(head, dialect, 1)
    if width < 2:
        return bool(first) and len(first[0]) == 1 and len(first[0][0]) < 40 and key(first[0][0]) in MESSAGE
    names = {key(name) for name in first[0]} & _NAMES
    return share > 0.8 and bool(names) and (width > 2 or len(names) > 1)


def _mail_kind(source: Source) -> str | None:
    head = source.head.lstrip(b"\xef\xbb\xbf\r\n")
    if re.match(rb"From \S+.*\d{4}", head[:200].split(b"\n", 1)[0]) and _MAIL_HEADER.match(
        head.partition(b"\n")[2]
    ):
        return "mbox"
    block = _MAIL_HEADER.match(head)
    if block and len(set(map(bytes.lower, _MAIL_NAMES.findall(block[0])))) >= 2:
        return "eml"
    return {".eml": "eml", ".mbox": "mbox"}.get(source.suffix) if block else None
