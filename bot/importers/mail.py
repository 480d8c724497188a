"""mbox and eml: one message, one ticket; quotes, signatures and attachments left out."""

from collections.abc import Iterator

from bot.domain.tickets import RawTicket, RowProblem
from bot.importers.reading.contract import Reading, Record
from bot.importers.reading.messages import BROKEN_MAIL, Letter, read_letter
from bot.importers.reading.people import known_values
from bot.importers.reading.shapes import Importer, Mail, Shape
from bot.importers.reading.tickets import NO_TEXT, bad_date, limited, with_subject


def read(mail: Mail, reading: Reading) -> Iterator[Record]:
    for number, raw in enumerate(limited(mail.messages(), reading), 1):
        try:
            letter = read_letter(raw, reading.limits.field_bytes)
        except BROKEN_MAIL:
            yield RowProblem(number, "bad_message", "the message is too broken to read")
            continue
        if letter.automatic:
            reading.counts["automatic replies and bulk mail dropped"] += 1
            yield RowProblem(number, "no_text", "an automatic reply or bulk mail")
            continue
        yield from _ticket(number, letter)


def _ticket(number: int, letter: Letter) -> Iterator[Record]:
    text = (
        with_subject(_own_subject(letter.subject), letter.text)
        if letter.text
        else _own_subject(letter.subject)
    )
    if not text:
        yield RowProblem(number, "no_text", NO_TEXT)
        return
    if letter.dated and letter.sent is None:
        yield bad_date(number, letter.dated)
    pairs = [
        pair
        for name, address in (letter.sender, *letter.others)
        for pair in (("name", name), ("email", address))
    ]
    yield RawTicket(
        number,
        letter.id or f"row-{number}",
        text,
        letter.sent,
        letter.sender[1].lower() or letter.sender[0] or None,
        {},
        known_values(pairs),
    )


def _own_subject(subject: str) -> str:
    """Without the marks of replying and forwarding."""
    while (head := subject.partition(":"))[1] and head[0].strip().lower() in {
        "re",
        "fw",
        "fwd",
        "aw",
        "wg",
        "sv",
        "rv",
    }:
        subject = head[2].strip()
    return subject


def _importer(kind: str) -> Importer:
    def claims(shape: Shape) -> bool:
        return isinstance(shape, Mail) and shape.kind == kind

    return Importer(kind, claims, read, Mail)


IMPORTERS = (_importer("mbox"), _importer("eml"))
