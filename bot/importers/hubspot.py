"""HubSpot: tickets from its API (``properties``) and from the ticket CSV."""

from collections.abc import Iterator

from bot.importers.reading.columns import column, find_roles, refuse_duplicates
from bot.importers.reading.contract import Reading, Record
from bot.importers.reading.markup import to_text
from bot.importers.reading.shapes import Importer, Records, Shape, Table
from bot.importers.reading.threads import Json, Said, Thread, dig, read_threads, text_at
from bot.importers.reading.tickets import RowReader

_FIELDS = {
    "pipeline": "hs_pipeline",
    "stage": "hs_pipeline_stage",
    "priority": "hs_ticket_priority",
    "category": "hs_ticket_category",
    "channel": "source_type",
}
_COLUMNS = {
    "message": "Ticket description",
    "subject": "Ticket name",
    "id": "Ticket ID",
    "created_at": "Create date",
}


def _claims_json(shape: Shape) -> bool:
    return isinstance(shape, Records) and any(
        isinstance(dig(record, "properties"), dict)
        and dig(record, "properties").keys() & {"content", "hs_pipeline"}
        for record in shape.sample[:50]
    )


def _read_json(records: Records, reading: Reading) -> Iterator[Record]:
    return read_threads(records, reading, _thread)


def _thread(item: Json) -> Thread:
    own = item["properties"] if isinstance(item.get("properties"), dict) else {}
    return Thread(
        id=text_at(item, "id") or text_at(own, "hs_object_id"),
        said=[Said("customer", to_text(text_at(own, "content")))],
        subject=text_at(own, "subject"),
        created=text_at(own, "createdate") or text_at(item, "createdAt"),
        requester=text_at(own, "hs_primary_contact_email") or text_at(own, "email"),
        fields={name: text_at(own, source) for name, source in _FIELDS.items()},
        people=[("email", text_at(own, "email")), ("name", text_at(own, "hs_contact_name"))],
    )


def _claims_table(shape: Shape) -> bool:
    if not isinstance(shape, Table):
        return False
    return all(column(shape.header, name) is not None for name in ("Ticket name", "Ticket description"))


def _read_table(table: Table, reading: Reading) -> Iterator[Record]:
    refuse_duplicates(table, reading.filename)
    return RowReader(table, find_roles(table, reading, _COLUMNS), reading).records()


IMPORTERS = (
    Importer("hubspot-json", _claims_json, _read_json, Records),
    Importer("hubspot-csv", _claims_table, _read_table, Table, mapped=True),
)
