"""Zendesk: JSON exports with comments, tables of comments or chats, and the views CSV that has no text.

The JSON export (also line by line, as the incremental export gives it) nests ``comments`` in tickets;
``public: false`` marks a private note. In a table of comments the author of a ticket's first public
comment is taken for the customer, as such tables do not say who is an agent.
"""

from collections.abc import Iterator

from bot.errors import ImportRefused
from bot.importers.reading.columns import column, has_message
from bot.importers.reading.contract import Reading, Record
from bot.importers.reading.markup import to_text
from bot.importers.reading.message_tables import MessageTable, claims_table, read_message_table
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
from bot.importers.reading.vocabulary import key

_MARKS = {
    "requester_id", "submitter_id", "brand_id", "ticket_form_id", "is_public", "raw_subject", "via",
    "satisfaction_rating", "has_incidents", "generated_timestamp",
}  # fmt: skip
_VIEW_MARKS = {
    "requester", "requester id", "requester email", "submitter", "assignee", "group", "via", "ticket type",
    "satisfaction score", "solved at", "reopens", "replies", "first reply time in minutes", "group stations",
    "organization", "initially assigned at", "full resolution time in minutes",
    "requester wait time in minutes",
}  # fmt: skip
_FIELDS = ("status", "priority", "type", "tags")


def _claims_json(shape: Shape) -> bool:
    if not isinstance(shape, Records):
        return False
    keys = {*keys_in(shape), *(name for record in shape.sample[:50] for name in (record.get("ticket") or ()))}
    return len(keys & _MARKS) >= 2 and bool(keys & {"comments", "description"})


def _read_json(records: Records, reading: Reading) -> Iterator[Record]:
    return read_threads(records, reading, _thread)


def _thread(item: Json) -> Thread:
    ticket = item["ticket"] if isinstance(item.get("ticket"), dict) else item
    comments = objects_at(ticket, "comments") or objects_at(item, "comments")
    customer = (
        text_at(ticket, "requester_id") or text_at(ticket, "requester", "id") or _first_author(comments)
    )
    said = [
        Said(_speaker(comment, customer), _body(comment), text_at(comment, "created_at"))
        for comment in comments
    ]
    if not comments:
        said = [Said("customer", text_at(ticket, "description"))]
    people = [
        (sort, text_at(ticket, role, sort))
        for role in ("requester", "submitter", "assignee")
        for sort in ("name", "email", "phone")
    ]
    return Thread(
        id=text_at(ticket, "id"),
        said=said,
        subject=text_at(ticket, "subject") or text_at(ticket, "raw_subject"),
        created=text_at(ticket, "created_at"),
        requester=text_at(ticket, "requester", "email") or customer,
        fields={
            **{name: text_at(ticket, name) for name in _FIELDS},
            "channel": text_at(ticket, "via", "channel"),
            "organization": text_at(ticket, "organization", "name"),
        },
        people=people,
    )


def _first_author(comments: list[Json]) -> str:
    return next((_author(comment) for comment in comments if comment.get("public") is not False), "")


def _author(comment: Json) -> str:
    return text_at(comment, "author_id") or text_at(comment, "author", "id")


def _speaker(comment: Json, customer: str) -> Speaker:
    if comment.get("public") is False:
        return "note"
    if text_at(comment, "author", "role") == "end-user" or _author(comment) == customer:
        return "customer"
    return "agent"


def _body(comment: Json) -> str:
    plain = text_at(comment, "plain_body") or text_at(comment, "body")
    return plain or to_text(text_at(comment, "html_body"))


_COMMENTS = MessageTable(
    group=("ticket_id",),
    body=("body", "plain_body", "html_body", "comment"),
    required=(("public",),),
    author=("author_id", "user_id"),
    created=("created_at", "created"),
    public=("public",),
)
_CHATS = MessageTable(
    group=("chat_id",),
    body=("message",),
    required=(("actor_id",), ("chat_index",)),
    author=("actor_id",),
    created=("created_at",),
    author_kind=("actor_id",),
    origin=("original_message",),
)


def _claims_views(shape: Shape) -> bool:
    if not isinstance(shape, Table) or column(shape.header, "subject") is None:
        return False
    return len({key(name) for name in shape.header} & _VIEW_MARKS) >= 4 and not has_message(shape)


def _read_views(_: Table, reading: Reading) -> Iterator[Record]:
    raise ImportRefused(
        f"{reading.filename} is a Zendesk views export: it lists tickets but holds none of their text.",
        code="no_text_column",
        hint="Export as JSON in Admin Center > Account > Tools > Reports > Export (it holds the comments), "
        "or read the subject lines alone with --map message=Subject.",
    )


IMPORTERS = (
    Importer("zendesk-json", _claims_json, _read_json, Records),
    Importer("zendesk-comments-csv", claims_table(_COMMENTS), read_message_table(_COMMENTS), Table),
    Importer("zendesk-chats-csv", claims_table(_CHATS), read_message_table(_CHATS), Table),
    Importer("zendesk-views-csv", _claims_views, _read_views, Table),
)
