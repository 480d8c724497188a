"""The four shapes a log can have, before any vendor's meaning is read into it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.importers.reading.contract import Reading, Record


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read at all; the rows around it are fine."""

    code: str
    reason: str


Row = list[str] | BadRow


@dataclass(frozen=True, slots=True)
class Table:
    """Header and rows of strings. ``rows()`` starts a fresh pass over the records after the header, blank
    ones left out; rows may be longer or shorter than the header. ``sample`` are the first good ones."""

    kind: str
    header: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    sample: tuple[list[str], ...]
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class Records:
    """JSON objects. ``path`` is the key the list stood under ("tickets"), empty for a plain list."""

    kind: str
    path: str
    rows: Callable[[], Iterator[dict[str, Any] | BadRow]]
    sample: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Mail:
    """Raw messages of an mbox or a single eml."""

    kind: str
    messages: Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Prose:
    """Decoded lines of pasted text, line ends kept."""

    kind: str
    lines: Callable[[], Iterator[str]]


Shape = Table | Records | Mail | Prose


@dataclass(frozen=True, slots=True)
class Importer:
    """One log format: its name, what it recognises and how it reads; ``mapped`` if ``--map`` applies."""

    kind: str
    claims: Callable[[Shape], bool]
    read: Callable[[Any, Reading], Iterator[Record]]
    shape: type[Table] | type[Records] | type[Mail] | type[Prose]
    mapped: bool = False
