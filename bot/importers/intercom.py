"""Intercom: conversations from its API with their parts, and tables of messages or parts.

Bodies are HTML. Only what users, leads and contacts wrote is a customer's text; notes, admins and bots
are dropped.
"""

from collections.abc import Iterator

from bot.importers.reading.contract import Reading, Record
from bot.importers.reading.markup import to_text
from bot.importers.reading.message_tables import CUSTOMERS, MessageTable, claims_table, read_message_table
from bot.importers.reading.shapes import Importer, Records, Shape, Table
from bot.importers.reading.threads import (
    Json,
    Said,
    Speaker,
    Thread,
    dig,
    keys_in,
    objects_at,
    read_threads,
    text_at,
)


def _claims_json(shape: Shape) -> bool:
    if not isinstance(shape, Records):
        return False
    return "conversation_parts" in keys_in(shape) or any(
        record.get("type") == "conversation" or isinstance(dig(record, "source", "author"), dict)
        for record in shape.sample[:50]
    )


def _read_json(records: Records, reading: Reading) -> Iterator[Record]:
    return read_threads(records, reading, _thread)


def _thread(item: Json) -> Thread:
    source = item["source"] if isinstance(item.get("source"), dict) else {}
    parts = objects_at(item, "conversation_parts", "conversation_parts") or objects_at(
        item, "conversation_parts"
    )
    author = source.get("author") if isinstance(source.get("author"), dict) else {}
    said = [Said(_speaker(source, author), to_text(text_at(source, "body")), text_at(item, "created_at"))]
    said += [
        Said(_speaker(part, part.get("author")), to_text(text_at(part, "body")), text_at(part, "created_at"))
        for part in parts
    ]
    authors = [author, *(part.get("author") for part in parts), *objects_at(item, "contacts", "contacts")]
    customer = next((a for a in authors if text_at(a, "type") in CUSTOMERS), author)
    return Thread(
        id=text_at(item, "id"),
        said=said,
        subject=to_text(text_at(source, "subject") or text_at(item, "title")),
        created=text_at(item, "created_at"),
        requester=text_at(customer, "email") or text_at(customer, "id"),
        fields={
            "state": text_at(item, "state"),
            "priority": text_at(item, "priority"),
            "channel": text_at(source, "type"),
            "tags": text_at({"tags": dig(item, "tags", "tags")}, "tags"),
            "language": text_at(item, "custom_attributes", "Language"),
        },
        people=[(sort, text_at(a, sort)) for a in authors for sort in ("name", "email", "phone")],
    )


def _speaker(part: Json, author: object) -> Speaker:
    if "note" in text_at(part, "part_type"):
        return "note"
    return "customer" if text_at(author, "type") in CUSTOMERS else "agent"


_MESSAGES = MessageTable(
    group=("conversation_id",),
    body=("message_body", "body"),
    required=(("message_author_type", "author_type"),),
    author=("message_author_id", "author_id"),
    author_kind=("message_author_type", "author_type"),
    created=("message_created_at", "created_at"),
    started=("conversation_created_at",),
    part=("part_type", "message_type"),
    subject=("conversation_subject", "subject"),
)

IMPORTERS = (
    Importer("intercom-json", _claims_json, _read_json, Records),
    Importer("intercom-csv", claims_table(_MESSAGES), read_message_table(_MESSAGES), Table),
)
