"""Freshdesk: tickets with conversations from its API or account export, and ticket tables.

Numeric codes of status, priority and source become words. Bodies are HTML beside a plain version;
``incoming: false`` and ``private: true`` conversations are agents' and notes.
"""

from collections.abc import Iterator, Mapping

from bot.errors import ImportRefused
from bot.importers.reading.columns import find_roles, has_message, refuse_duplicates
from bot.importers.reading.contract import Reading, Record
from bot.importers.reading.markup import to_text
from bot.importers.reading.shapes import Importer, Records, Shape, Table
from bot.importers.reading.threads import (
    Json,
    Said,
    Speaker,
    Thread,
    keys_in,
    objects_at,
    read_threads,
    text_at,
)
from bot.importers.reading.tickets import RowReader
from bot.importers.reading.vocabulary import key

CODES: Mapping[str, Mapping[str, str]] = {
    "status": {"2": "Open", "3": "Pending", "4": "Resolved", "5": "Closed", "6": "Waiting on Customer",
               "7": "Waiting on Third Party"},
    "priority": {"1": "Low", "2": "Medium", "3": "High", "4": "Urgent"},
    "source": {"1": "Email", "2": "Portal", "3": "Phone", "4": "Forum", "5": "Twitter", "6": "Facebook",
               "7": "Chat", "8": "MobiHelp", "9": "Feedback Widget", "10": "Outbound Email",
               "11": "E-commerce",
               "12": "Bot", "13": "WhatsApp"},
}  # fmt: skip
_MARKS = {"responder_id", "fr_escalated", "fr_due_by", "description_text", "company_id", "email_config_id",
          "reply_cc_emails", "spam", "cc_emails", "fwd_emails"}  # fmt: skip
_TABLE_MARKS = {"created time", "due by time", "resolved time", "closed time", "last update time",
                "agent interactions",
                "customer interactions", "resolution status", "first response status",
                "initial response time"}  # fmt: skip


def _claims_json(shape: Shape) -> bool:
    if not isinstance(shape, Records):
        return False
    keys = keys_in(shape)
    return "helpdesk_ticket" in keys or len(keys & _MARKS) >= 2


def _read_json(records: Records, reading: Reading) -> Iterator[Record]:
    return read_threads(records, reading, _thread)


def _thread(item: Json) -> Thread:
    ticket = item["helpdesk_ticket"] if isinstance(item.get("helpdesk_ticket"), dict) else item
    parts = objects_at(ticket, "conversations") or [
        note["helpdesk_note"] if isinstance(note.get("helpdesk_note"), dict) else note
        for note in objects_at(ticket, "notes")
    ]
    said = [Said("customer", _plain(ticket, "description"), text_at(ticket, "created_at"))]
    said += [Said(_speaker(part), _plain(part, "body"), text_at(part, "created_at")) for part in parts]
    return Thread(
        id=text_at(ticket, "display_id") or text_at(ticket, "id"),
        said=said,
        subject=text_at(ticket, "subject"),
        created=text_at(ticket, "created_at"),
        requester=text_at(ticket, "requester", "email")
        or text_at(ticket, "email")
        or text_at(ticket, "requester_id"),
        fields={
            **{name: CODES[name].get(code := text_at(ticket, name), code) for name in CODES},
            "type": text_at(ticket, "type") or text_at(ticket, "ticket_type"),
            "tags": text_at(ticket, "tags"),
            "product": text_at(ticket, "product", "name"),
        },
        people=[(sort, text_at(ticket, "requester", sort)) for sort in ("name", "email", "phone")]
        + [("name", text_at(ticket, "requester_name")), ("email", text_at(ticket, "email"))],
    )


def _plain(item: Json, name: str) -> str:
    return text_at(item, f"{name}_text") or to_text(text_at(item, name) or text_at(item, f"{name}_html"))


def _speaker(part: Json) -> Speaker:
    if part.get("private") is True:
        return "note"
    return "customer" if part.get("incoming") is True else "agent"


def _claims_table(shape: Shape) -> bool:
    if not isinstance(shape, Table):
        return False
    keys = {key(name) for name in shape.header}
    return len(keys & _TABLE_MARKS) >= 3 or len(keys & {key(mark) for mark in _MARKS}) >= 2


def _read_table(table: Table, reading: Reading) -> Iterator[Record]:
    refuse_duplicates(table, reading.filename)
    if not has_message(table) and "message" not in reading.mapping:
        raise ImportRefused(
            f"{reading.filename} is a Freshdesk export without descriptions: it holds no message text.",
            code="no_text_column",
            hint="Tick Description when exporting, or read the subjects alone with --map message=Subject.",
        )
    return RowReader(table, find_roles(table, reading), reading, CODES).records()


IMPORTERS = (
    Importer("freshdesk-json", _claims_json, _read_json, Records),
    Importer("freshdesk-csv", _claims_table, _read_table, Table, mapped=True),
)
