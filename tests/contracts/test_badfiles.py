"""The import contract: what must happen to each file of the shared manifest of nasty imports.

The same families are tested on generated files in tests/unit/importers, so that the code is tested where
the shared data are not.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.domain.tickets import RawTicket, RowProblem
from bot.errors import ImportRefused
from bot.importers import open_log
from bot.importers.reading.contract import Reading
from bot.importers.reading.delimited import open_table
from bot.importers.reading.encoding import detect
from bot.importers.reading.source import take_in
from tests.paths import SHARED_DATA, needs_shared_data

BADFILES = SHARED_DATA / "badfiles"
MANIFEST = BADFILES / "manifest.jsonl"
ENTRIES: list[dict[str, Any]] = (
    [json.loads(line) for line in MANIFEST.read_text().splitlines()] if MANIFEST.is_file() else []
)

pytestmark = needs_shared_data


def parsed(path: Path) -> list[dict[str, str]]:
    """The file as its parser sees it, before any column is chosen; a ragged row as far as it goes."""
    reading = Reading(path.name)
    source = take_in(path, path.name, reading.limits)
    table = open_table(source, detect(source), reading)
    return [dict(zip(table.header, row, strict=False)) for row in table.rows() if isinstance(row, list)]


def columns_by_mapping(entry: dict[str, Any]) -> dict[str, str]:
    """Where the manifest leaves the choice of the message column to a mapping: the last one."""
    if "mapping" not in entry["expect"].get("note", "") or entry["expect"]["outcome"] != "accept":
        return {}
    return {"message": list(parsed(BADFILES / entry["file"])[0])[-1]}


def read(entry: dict[str, Any]) -> tuple[list[RawTicket], list[RowProblem]] | ImportRefused:
    path = BADFILES / entry["file"]
    try:
        records = list(open_log(path, filename=path.name, mapping=columns_by_mapping(entry)).records)
    except ImportRefused as refused:
        return refused
    tickets = [record for record in records if isinstance(record, RawTicket)]
    return tickets, [record for record in records if isinstance(record, RowProblem)]


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["file"].removeprefix("files/") for entry in ENTRIES])
def test_contract(entry: dict[str, Any]) -> None:
    outcome, expect = read(entry), entry["expect"]
    if isinstance(outcome, ImportRefused):
        verify_refusal(outcome, expect)
        return
    tickets, problems = outcome
    assert expect["outcome"] != "reject", f"read {len(tickets)} tickets instead of {expect['error']}"
    if expect["outcome"] == "accept":
        assert len(tickets) == expect["rows"]
        assert sum(not problem.kept for problem in problems) == expect.get("skipped", 0)
    verify(entry["check"] or {}, tickets, BADFILES / entry["file"])


def verify_refusal(refused: ImportRefused, expect: dict[str, Any]) -> None:
    assert expect["outcome"] != "accept", refused.message
    assert expect["outcome"] == "either" or refused.code == expect["error"]
    assert refused.message.endswith(".")
    if "never bad_json" in expect.get("note", ""):
        assert refused.code != "bad_json"
    if "skipped" in expect:
        assert f"{expect['skipped']} rows" in refused.message


def verify(checks: dict[str, Any], tickets: list[RawTicket], path: Path) -> None:
    said = "\n".join(ticket.text for ticket in tickets)
    said.encode("utf-8")
    assert "\0" not in said
    rows = parsed(path) if path.suffix == ".csv" else []
    everything = "\n".join([said, *(value for row in rows for value in row.values())]) if rows else said
    for part in (*checks.get("contains", ()), *checks.get("contains_if_accepted", ())):
        assert part in everything
    if "first_header" in checks:
        assert next(iter(rows[0])) == checks["first_header"]
    if "parsed_json" in checks:
        assert rows == checks["parsed_json"]
    if "first_message" in checks:
        assert tickets[0].text == checks["first_message"]
    if "first_id" in checks:
        assert tickets[0].ticket_id == checks["first_id"]
