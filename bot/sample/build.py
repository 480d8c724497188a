"""Builds ``support_log.csv`` from the hand-written messages: ``python -m bot.sample.build``.

The same sources give the same bytes, on every machine. What a ticket is really about stays out of the file;
``gold`` tells it to tests and benchmarks.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from bot.sample.catalogue import HERE, Message, Need, load_needs, load_people
from bot.sample.days import local, moment, version
from bot.sample.dice import Dice
from bot.sample.people import Crowd, Person
from bot.sample.writing import Use, fill, write

LOG = HERE / "support_log.csv"
TICKETS = 1200
RESENT = 16
EMPTY = 9
WOBBLE = 4
"""Tickets of a need are spread evenly along its course, then moved by up to so many places."""
FIRST_ID = 48_203


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the log, in the order of its columns."""

    ticket_id: str
    created_at: str
    requester_name: str
    requester_email: str
    plan: str
    country: str
    channel: str
    app_version: str
    product_area: str
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row before its number, and the need behind it."""

    instant: datetime
    need: str
    row: Row


@cache
def build() -> tuple[tuple[Row, str], ...]:
    """Every row with the need behind it (empty: none), oldest first."""
    dice, people = Dice("log"), load_people()
    crowd = Crowd(people)
    uses = sorted(_uses(load_needs()), key=lambda use: use.instant)
    entries = [_entry(use, crowd, people["letters"]) for use in uses]
    entries += _empties(dice, entries)
    entries += _resent(dice, entries)
    entries.sort(key=lambda entry: entry.instant)
    return tuple(_numbered(entries, dice))


def gold() -> dict[str, str]:
    """The need behind each ticket by id; empty for praise, spam and the like."""
    return {row.ticket_id: need for row, need in build()}


def render() -> str:
    """The log as CSV text (RFC 4180 quoting, line feeds)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(field.name for field in fields(Row))
    writer.writerows(astuple(row) for row, _ in build())
    return out.getvalue()


def _uses(needs: tuple[Need, ...]) -> Iterator[Use]:
    total = sum(need.weight for need in needs)
    for need in needs:
        dice = Dice(f"uses|{need.messages[0].text}")
        count = max(len(need.messages), round(need.weight / total * (TICKETS - RESENT - EMPTY)))
        for place, (message, turn) in enumerate(dice.shuffled(list(_turns(dice, need.messages, count)))):
            point = (place + dice.between(-WOBBLE, WOBBLE)) % count / count
            yield Use(need, message, turn, moment(dice, need.shape, point, message.after))


def _turns(dice: Dice, messages: tuple[Message, ...], count: int) -> Iterator[tuple[Message, int]]:
    """Each message once, then again by chance, none beyond what its length allows; the short ones most."""
    again = [(message, turn) for message in messages for turn in range(1, message.repeats)]
    spare = dice.shuffled(again)[: count - len(messages)]
    for message in messages:
        used = 1 + sum(other is message for other, _ in spare)
        yield from ((message, turn) for turn in range(used))


def _entry(use: Use, crowd: Crowd, letters: Mapping[str, Any]) -> Entry:
    dice = Dice(f"entry|{use.message.text}|{use.turn}")
    person = crowd.writer(use.message.language, use.message.by)
    channel = use.message.via or dice.weighted(("chat", "email", "web form"), _channels(use.message))
    row = _row(use.instant, person, channel, dice)
    subject = _subject(use, channel, dice)
    row = replace(
        row,
        product_area=dice.pick(use.need.areas) if dice.chance(0.63) else "",
        subject=fill(subject, dice, person, use.instant),
        message=write(use, person, channel, letters),
    )
    return Entry(use.instant, use.need.name, row)


def _row(instant: datetime, person: Person, channel: str, dice: Dice) -> Row:
    return Row(
        ticket_id="",
        created_at=local(instant).isoformat(),
        requester_name=person.name,
        requester_email=person.email,
        plan=person.plan if dice.chance(0.92) else "",
        country=person.country if dice.chance(0.95) else "",
        channel=channel,
        app_version=_version(instant.date(), person, channel, dice),
        product_area="",
        subject="",
        message="",
    )


def _version(day: date, person: Person, channel: str, dice: Dice) -> str:
    """The app tells its version; a mail programme and a telephone do not."""
    known = {"chat": 0.97, "web form": 0.55, "email": 0.3, "voicemail": 0.0}[channel]
    return version(day, person.lag) if dice.chance(known) else ""


def _channels(message: Message) -> tuple[float, float, float]:
    """Short and lower-case is chat; a long text is mostly mail."""
    if message.text == message.text.lower() and len(message.text) < 80:
        return 0.75, 0.1, 0.15
    return (0.15, 0.6, 0.25) if len(message.text) > 200 else (0.4, 0.35, 0.25)


def _subject(use: Use, channel: str, dice: Dice) -> str:
    if use.message.subject:
        return use.message.subject
    asked = {"email": 0.7, "web form": 0.25}.get(channel, 0.0)
    return dice.pick(use.need.subjects) if use.message.language == "en" and dice.chance(asked) else ""


def _empties(dice: Dice, entries: list[Entry]) -> list[Entry]:
    """Forms sent off with nothing in them."""
    chosen = dice.shuffled([entry for entry in _by_day(entries) if entry.row.channel == "web form"])[:EMPTY]
    return [_later(entry, dice, 3, "", replace(entry.row, subject="", message="")) for entry in chosen]


def _resent(dice: Dice, entries: list[Entry]) -> list[Entry]:
    """People who press send again, word for word."""
    chosen = dice.shuffled([entry for entry in _by_day(entries) if 20 < len(entry.row.message) < 400])[
        :RESENT
    ]
    return [_later(entry, dice, 240, entry.need, entry.row) for entry in chosen]


def _by_day(entries: list[Entry]) -> list[Entry]:
    """What was sent early enough that a second try still falls on the same day."""
    return [entry for entry in entries if local(entry.instant).hour < 20]


def _later(entry: Entry, dice: Dice, minutes: int, need: str, row: Row) -> Entry:
    instant = entry.instant + timedelta(minutes=dice.between(1, minutes))
    return Entry(instant, need, replace(row, created_at=local(instant).isoformat()))


def _numbered(entries: list[Entry], dice: Dice) -> Iterator[tuple[Row, str]]:
    """Ids rise with time and skip some, as where tickets were deleted."""
    number = FIRST_ID
    for entry in entries:
        number += 1 if dice.chance(0.8) else dice.between(2, 4)
        yield replace(entry.row, ticket_id=str(number)), entry.need


def main() -> None:
    """Write the log beside this module."""
    LOG.write_text(render(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
