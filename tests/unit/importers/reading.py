"""Opening logs from bytes, for the tests beside this file."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from bot.domain.tickets import RawTicket, RowProblem
from bot.errors import ImportRefused
from bot.importers import Limits, open_log


@dataclass(frozen=True)
class Opened:
    """A log read to its end."""

    kind: str
    tickets: list[RawTicket]
    problems: list[RowProblem]
    notes: list[str]

    @property
    def texts(self) -> list[str]:
        return [ticket.text for ticket in self.tickets]

    def noted(self, part: str) -> bool:
        return any(part in note for note in self.notes)


def opened(
    data: bytes | str,
    filename: str = "log.csv",
    *,
    mapping: Mapping[str, str] | None = None,
    kind: str | None = None,
    limits: Limits | None = None,
) -> Opened:
    content = data.encode() if isinstance(data, str) else data
    log = open_log(
        io.BytesIO(content), filename=filename, mapping=mapping, kind=kind, limits=limits or Limits()
    )
    records = list(log.records)
    tickets = [record for record in records if isinstance(record, RawTicket)]
    problems = [record for record in records if isinstance(record, RowProblem)]
    return Opened(log.kind, tickets, problems, log.notes)


def attempt(data: bytes | str, filename: str = "log.csv") -> Opened | ImportRefused:
    """The log, or why it is refused."""
    try:
        return opened(data, filename)
    except ImportRefused as refused:
        return refused


def refusal(
    data: bytes | str,
    filename: str = "log.csv",
    *,
    mapping: Mapping[str, str] | None = None,
    kind: str | None = None,
    limits: Limits | None = None,
) -> ImportRefused:
    """The refusal; each has a sentence that ends, and no trace of Python in it."""
    with pytest.raises(ImportRefused) as caught:
        opened(data, filename, mapping=mapping, kind=kind, limits=limits)
    message = caught.value.message
    assert message.endswith(".")
    assert "Traceback" not in message
    assert "Error" not in message
    return caught.value
