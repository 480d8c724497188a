"""The journal of a run: durable, redacted, whole after a kill, one process at a time."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.experiments.cells import Cell, CellKey
from bot.domain.redaction import redact_structured
from bot.errors import InputError, StoreError
from bot.services.runs import Result, run
from bot.services.runs.answers import EmbeddedAnswers
from bot.services.runs.identity import plan_hash
from bot.services.runs.journal import JournalSink
from tests.unit.runs.plans import Model, all_by, plan_of

CELL = Cell(
    CellKey("a", "c1", 2), output="Fine.", passed=True, score=0.5, named_scores={"tone": 1.0}, reason="ok",
    latency_ms=3.5, cost=0.01, input_tokens=3, output_tokens=4, parts=({"type": "equals", "reason": ""},),
)  # fmt: skip


def journal(path: Path) -> JournalSink:
    return JournalSink(path / "runs" / "one.jsonl", redact_structured)


async def test_cells_come_back_as_they_were(tmp_path: Path) -> None:
    sink = journal(tmp_path)
    assert await sink.kept() == []
    await sink.put([Result(CELL, "k1", b'{"value": 1}')])
    sink.close()
    again = journal(tmp_path)
    assert await again.kept() == [CELL]
    assert again.results() == [Result(CELL, "k1", b'{"value": 1}')]
    again.close(forget=True)
    assert list((tmp_path / "runs").iterdir()) == []


async def test_the_last_word_on_a_cell_counts(tmp_path: Path) -> None:
    sink = journal(tmp_path)
    await sink.put([Result(Cell(CELL.key, error="no answer"))])
    await sink.put([Result(CELL)])
    assert await sink.kept() == [CELL]
    sink.close()


@pytest.mark.parametrize("torn", [b'{"cell": {"ke', b"\xff\xfe", b"{"])
async def test_a_line_half_written_is_forgotten(tmp_path: Path, torn: bytes) -> None:
    sink = journal(tmp_path)
    await sink.put([Result(CELL)])
    sink.close()
    file = tmp_path / "runs" / "one.jsonl"
    file.write_bytes(file.read_bytes() + torn)
    again = journal(tmp_path)
    assert await again.kept() == [CELL]
    await again.put([Result(Cell(CellKey("b", "c1"), output="new"))])
    assert len(await again.kept()) == 2
    again.close()


async def test_texts_are_redacted_and_such_an_answer_is_not_cached(tmp_path: Path) -> None:
    sink = journal(tmp_path)
    said = Cell(CELL.key, output="Write to ana@example.com", reason='no "ana@example.com"')
    await sink.put([Result(said, "k", b'{"value": "Write to ana@example.com"}')])
    text = (tmp_path / "runs" / "one.jsonl").read_text()
    assert "ana@example.com" not in text
    assert "Write to" in text
    assert json.loads(text)["answer"] == ""
    sink.close()


async def test_two_processes_do_not_write_the_same_run(tmp_path: Path) -> None:
    first, second = journal(tmp_path), journal(tmp_path)
    await first.put([Result(CELL)])
    with pytest.raises(InputError, match="another process"):
        await second.kept()
    first.close()
    second.close()


async def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(StoreError, match="data folder"):
        await journal(tmp_path).put([Result(CELL)])


async def test_a_run_goes_on_from_its_journal(tmp_path: Path) -> None:
    plan, model = plan_of(cases=10, cache=False), Model()
    sink = journal(tmp_path)
    whole = await run(plan, providers=all_by(model, plan), sink=sink)
    sink.close()
    file = tmp_path / "runs" / "one.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:7]) + lines[7][:-9])
    sink = journal(tmp_path)
    again = await run(plan, providers=all_by(model, plan), sink=sink)
    sink.close()
    assert (again.resumed, again.calls, model.calls) == (7, 13, 33)
    assert {cell.key: cell.output for cell in again.cells} == {cell.key: cell.output for cell in whole.cells}


def test_a_plan_is_known_by_what_decides_its_cells() -> None:
    plan = plan_of()
    assert plan_hash(plan) == plan_hash(plan_of(concurrency=9, description="x", cache=False))
    others = (plan_of(cases=5), plan_of(arms=("a",)), plan_of(repeats=2))
    assert len({plan_hash(each) for each in (plan, *others)}) == 4


async def test_cached_answers_are_read_from_the_embedded_database(tmp_path: Path) -> None:
    path = tmp_path / "with space.db"
    assert await EmbeddedAnswers(path)("k") is None
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE other (x)")
        database.commit()
        assert await EmbeddedAnswers(path)("k") is None
        database.execute("CREATE TABLE response_cache (key TEXT PRIMARY KEY, response BLOB)")
        database.execute("INSERT INTO response_cache VALUES ('k', x'6869')")
        database.commit()
    answers = EmbeddedAnswers(path)
    assert (await answers("k"), await answers("other")) == (b"hi", None)
    answers.close()
