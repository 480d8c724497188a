"""Which column of a table is the message, id, date, person or segment: by name, then by content."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import ImportRefused
from bot.importers.reading.contract import Reading, no_text_column
from bot.importers.reading.dates import parse_any
from bot.importers.reading.shapes import Table
from bot.importers.reading.vocabulary import (
    CREATED,
    ID,
    MESSAGE,
    NOT_MESSAGE,
    REQUESTER,
    SEGMENT,
    STRONG,
    SUBJECT,
    about_time,
    key,
    personal,
    words,
)

MOST_FIELDS = 16
LONGEST_SEGMENT = 100
MOST_DISTINCT = 50
_NUMBER = re.compile(r"[-+]?[\d.,]+%?")
_FLAGS = {"true", "false", "yes", "no", "y", "n", "[]", "{}"}
_ROLES = ("id", "message", "subject", "created_at", "requester")


@dataclass(frozen=True, slots=True)
class Roles:
    """Column positions. ``known`` pairs a position with what stands there: "name", "email" or "phone"."""

    message: int
    subject: int | None = None
    id: int | None = None
    created_at: int | None = None
    requester: int | None = None
    fields: tuple[tuple[str, int], ...] = ()
    known: tuple[tuple[int, str], ...] = ()


def find_roles(table: Table, reading: Reading, preset: Mapping[str, str] | None = None) -> Roles:
    """Roles by ``reading.mapping``, then by a vendor's ``preset`` names, then by what names and values say.

    Raises:
        ImportRefused: no message column, or the mapping names a column that is not there.
    """
    named = _named(table, reading, preset or {})
    message = named.get("message")
    if message is None:
        message = _message(table, reading)
    taken = {message, *named.values()}
    for role, names in (("id", ID), ("created_at", CREATED), ("requester", REQUESTER)):
        if role not in named and (found := _by_name(table.header, names, taken)) is not None:
            named[role] = found
            taken.add(found)
    if "subject" not in named:
        subjects = [i for i, name in enumerate(table.header) if key(name) in SUBJECT and i not in taken]
        named.update({"subject": subjects[0]} if subjects else {})
    own = {column: index for column, index in named.items() if column not in _ROLES}
    return Roles(
        message=message,
        subject=named.get("subject"),
        id=named.get("id"),
        created_at=named.get("created_at"),
        requester=named.get("requester"),
        fields=(*own.items(), *segments(table, {message, *named.values()}))[:MOST_FIELDS],
        known=tuple((i, sort) for i, sort in enumerate(map(personal, table.header)) if sort in _KNOWN),
    )


_KNOWN = {"name", "email", "phone"}


def column(header: Sequence[str], wanted: str) -> int | None:
    """Position of a column by its exact name, else by the same words."""
    if wanted in header:
        return header.index(wanted)
    same = [i for i, name in enumerate(header) if key(name) == key(wanted) and key(wanted)]
    return same[0] if same else None


def has_message(table: Table) -> bool:
    """Whether a column is named like a message and holds anything."""
    return _message_by_name(table) is not None


def values(table: Table, index: int) -> list[str]:
    """The sample's values of a column that are not blank."""
    return [value for row in table.sample if index < len(row) and (value := row[index].strip())]


def _named(table: Table, reading: Reading, preset: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for role, name in preset.items():
        index = column(table.header, name)
        if index is not None:
            found[role] = index
    for role, name in reading.mapping.items():
        index = column(table.header, name)
        if index is None:
            raise no_text_column(
                reading,
                list(table.header),
                f"{reading.filename} has no column {name!r} to read as {role}. "
                f"Columns: {', '.join(table.header[:12])}.",
            )
        found[role] = index
    return found


def _by_name(header: Sequence[str], names: Sequence[str], taken: set[int]) -> int | None:
    """The first column named like this; else one whose name ends like this ("Ticket created at (UTC)")."""
    keys = {_bare(name): i for i, name in reversed(list(enumerate(header))) if i not in taken}
    exact = next((keys[name] for name in names if name in keys), None)
    if exact is not None:
        return exact
    longer = (name for name in names if " " in name)
    return next((i for name in longer for bare, i in keys.items() if bare.endswith(f" {name}")), None)


def _bare(header: str) -> str:
    return key(header).removesuffix(" utc").removesuffix(" gmt")


def _message(table: Table, reading: Reading) -> int:
    by_name = _message_by_name(table)
    if by_name is not None:
        return by_name
    if _header_is_data(table):
        raise no_text_column(
            reading, [], f"The first row of {reading.filename} looks like a ticket, not like column names."
        )
    by_content = _message_by_content(table)
    if by_content is None:
        raise no_text_column(reading, [name or f"(column {i})" for i, name in enumerate(table.header, 1)])
    reading.note(f"message column chosen by its content: {table.header[by_content] or by_content + 1}")
    return by_content


def _message_by_name(table: Table) -> int | None:
    found = [(rank, i) for i, name in enumerate(table.header) if (rank := _message_rank(name)) is not None]
    if not found:
        return None
    strong = [x for x in found if x[0] < len(STRONG)] or [
        (rank, i) for rank, i in found if not table.sample or not _labels(values(table, i))
    ]
    if not strong:
        return None
    # A filled column beats an empty one, much more text beats less, then the better word wins.
    return min(strong, key=lambda x: (-_weight(values(table, x[1])), x[0], x[1]))[1]


def _message_rank(header: str) -> int | None:
    """Place in MESSAGE of the header, or of its message word when the rest only says whose it is."""
    name, tokens = key(header), words(header)
    if name in MESSAGE:
        return MESSAGE.index(name)
    if len(tokens) < 2 or set(tokens[1:-1]) & NOT_MESSAGE:
        return None
    if tokens[-1] in STRONG and tokens[0] not in NOT_MESSAGE - {"source", "customer", "email"}:
        return MESSAGE.index(tokens[-1])
    if len(tokens) == 2 and tokens[0] in STRONG and tokens[1] not in NOT_MESSAGE:
        return MESSAGE.index(tokens[0])
    return None


def _weight(texts: list[str]) -> int:
    """0 for none, then one more for every tenfold in length."""
    return len(str(sum(map(len, texts)) // len(texts))) if texts else 0


def _labels(texts: list[str]) -> bool:
    """Values such as "card_arrival" or 7: one word each, or few distinct ones over many rows."""
    if not texts:
        return True
    spaced = sum(" " in text for text in texts)
    return spaced < 0.3 * len(texts) or (len(texts) >= 50 and len(set(texts)) < 0.1 * len(texts))


def _header_is_data(table: Table) -> bool:
    """Whether the first row holds what only rows hold: dates, numbers, sentences."""
    cells = [name for name in table.header if name]
    telling = [name for name in cells if _NUMBER.fullmatch(name) or parse_any(name) or len(name.split()) > 6]
    return bool(telling) and 2 * len(telling) >= len(cells)


def _message_by_content(table: Table) -> int | None:
    """The column of the longest free text: three words or more on the whole, mostly distinct."""
    best, best_words = None, 3.0
    for i, name in enumerate(table.header):
        if personal(name) or about_time(name) or key(name) in SUBJECT | set(ID):
            continue
        texts = values(table, i)
        if not texts or _labels(texts) or sum(map(_wordy, texts)) < 0.5 * len(texts):
            continue
        mean = sum(len(text.split()) for text in texts) / len(texts)
        if mean > best_words:
            best, best_words = i, mean
    return best


def _wordy(text: str) -> bool:
    return " " in text and sum(c.isalpha() or c.isspace() for c in text) > 0.6 * len(text)


def segments(table: Table, taken: set[int]) -> list[tuple[str, int]]:
    """Columns of few short values: those named like segments first, then in the file's order."""
    found = [
        (key(name) not in SEGMENT, i)
        for i, name in enumerate(table.header)
        if i not in taken
        and name
        and not personal(name)
        and not about_time(name)
        and _is_segment(table, i, name)
    ]
    return [(table.header[i], i) for _, i in sorted(found)]


def _is_segment(table: Table, index: int, name: str) -> bool:
    texts = values(table, index)
    if not texts or any("@" in text for text in texts):
        return False
    if max(map(len, texts)) > LONGEST_SEGMENT and sum(len(x) > LONGEST_SEGMENT for x in texts) > 0.1 * len(
        texts
    ):
        return False
    distinct = len(set(texts))
    if key(name) in SEGMENT:
        return distinct <= max(MOST_DISTINCT, 0.2 * len(texts)) or words(name)[-1] in {"tags", "labels"}
    if words(name)[-1:] in {("id",), ("ids",), ("url",), ("key",), ("count",)} or all(
        map(_NUMBER.fullmatch, texts)
    ):
        return False
    if {text.casefold() for text in texts} <= _FLAGS:
        return False
    return len(texts) >= 10 and distinct <= min(MOST_DISTINCT, max(2, len(texts) // 5))


def refuse_duplicates(table: Table, filename: str) -> None:
    """Two columns of one name cannot be told apart; only Jira's export may have them."""
    seen: set[str] = set()
    for name in table.header:
        if name and name in seen:
            raise ImportRefused(
                f"{filename} has more than one column named {name!r}.",
                code="duplicate_headers",
                hint="Rename or remove one of them.",
            )
        seen.add(name)
