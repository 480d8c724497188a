"""Help Scout: conversations from its API; customers' threads only, whose bodies are HTML."""

from collections.abc import Iterator

from bot.importers.reading.contract import Reading, Record
from bot.importers.reading.markup import to_text
from bot.importers.reading.shapes import Importer, Records, Shape
from bot.importers.reading.threads import Json, Said, Speaker, Thread, dig, objects_at, read_threads, text_at

_NOT_SAID = frozenset({"lineitem", "forwardparent", "forwardchild"})


def _claims(shape: Shape) -> bool:
    return isinstance(shape, Records) and any(
        "primaryCustomer" in record
        or "mailboxId" in record
        or isinstance(dig(record, "_embedded", "threads"), list)
        or any("createdBy" in thread for thread in objects_at(record, "threads"))
        for record in shape.sample[:50]
    )


def _read(records: Records, reading: Reading) -> Iterator[Record]:
    return read_threads(records, reading, _thread)


def _thread(item: Json) -> Thread:
    threads = objects_at(item, "_embedded", "threads") or objects_at(item, "threads")
    said = [
        Said(_speaker(thread), to_text(text_at(thread, "body")), text_at(thread, "createdAt"))
        for thread in sorted(threads, key=lambda thread: text_at(thread, "createdAt"))
        if text_at(thread, "type") not in _NOT_SAID and text_at(thread, "state") != "draft"
    ]
    if not threads:
        by_customer = text_at(item, "createdBy", "type") in {"customer", ""}
        said = [Said("customer" if by_customer else "agent", text_at(item, "preview"))]
    customer = dig(item, "primaryCustomer") or dig(item, "customer")
    people = [
        customer,
        *(thread.get("createdBy") for thread in threads),
        *(t.get("customer") for t in threads),
    ]
    return Thread(
        id=text_at(item, "number") or text_at(item, "id"),
        said=said,
        subject=text_at(item, "subject"),
        created=text_at(item, "createdAt"),
        requester=text_at(customer, "email") or text_at(customer, "id"),
        fields={
            "status": text_at(item, "status"),
            "type": text_at(item, "type"),
            "mailbox": text_at(item, "mailboxId"),
            "tags": text_at(item, "tags"),
        },
        people=[pair for person in people for pair in _names(person)],
    )


def _speaker(thread: Json) -> Speaker:
    kind = text_at(thread, "type")
    if kind == "note":
        return "note"
    by = text_at(thread, "createdBy", "type")
    return "customer" if kind == "customer" or (kind in {"chat", "phone"} and by == "customer") else "agent"


def _names(person: object) -> list[tuple[str, str]]:
    first = text_at(person, "first") or text_at(person, "firstName")
    last = text_at(person, "last") or text_at(person, "lastName")
    return [
        ("name", f"{first} {last}".strip()),
        ("email", text_at(person, "email")),
        ("phone", text_at(person, "phone")),
    ]


IMPORTERS = (Importer("helpscout-json", _claims, _read, Records),)
