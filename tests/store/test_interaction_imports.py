"""Importing files of interactions: all of a file or none, each id once, nobody's data. On both databases."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.features import Record, Watched
from bot.domain.interactions import Interaction, Outcome
from bot.errors import ImportRefused
from bot.importers.interactions.files import open_interactions
from bot.services.interactions import importing
from bot.services.interactions.importing import Imported, InteractionImports
from bot.store import Store
from bot.workers import Workers
from tests.conftest import FixedClock

AT = datetime(2026, 11, 10, 10, 30, tzinfo=UTC)
HEADER = "id,at,input,output,user,outcome"


@pytest.fixture
async def imports(store: Store, clock: FixedClock) -> AsyncIterator[InteractionImports]:
    caught_up = []

    async def catch_up() -> None:
        caught_up.append(True)

    workers = Workers(0)
    yield InteractionImports(store, clock, workers, lambda: b"k" * 32, catch_up)
    workers.close()
    assert caught_up or not await stored(store)


async def run(imports: InteractionImports, *rows: str, trial: bool = False) -> Imported:
    body = io.BytesIO("\n".join([HEADER, *rows]).encode())
    return await imports.run(open_interactions(body, filename="x.csv", feature="reply"), "reply", trial=trial)


async def stored(store: Store) -> list[Interaction]:
    async with store.read() as unit:
        return await unit.interactions.between("reply", AT - timedelta(days=9), AT + timedelta(days=9))


def row(id_: object, text: str = "Hi", outcome: str = "") -> str:
    return f"{id_},{AT.isoformat()},{text},Yes?,ada@example.com,{outcome}"


async def test_each_id_counts_once(store: Store, imports: InteractionImports) -> None:
    first = await run(imports, row(1), row(2), row(2))
    assert (first.read, first.added, first.known) == (3, 2, 1)
    again = await run(imports, row(1, outcome="edited"), row(3))
    assert (again.added, again.known) == (1, 1)
    found = await stored(store)
    assert [(each.id, each.outcome) for each in found] == [
        ("1", Outcome.EDITED), ("2", Outcome.UNKNOWN), ("3", Outcome.UNKNOWN)
    ]  # fmt: skip


async def test_nobody_s_data_are_stored(store: Store, imports: InteractionImports) -> None:
    await run(imports, row(1, "Write to bob@example.com please"))
    (found,) = await stored(store)
    assert found.input == "Write to [EMAIL_1] please"
    assert found.user.startswith("product:")
    assert "ada" not in found.user


async def test_rows_that_cannot_be_used_are_put_aside(store: Store, imports: InteractionImports) -> None:
    done = await run(imports, row(1), row("", "no id"), "2,soon,a,b,c,fine", row(3))
    assert (done.read, done.added, done.put_aside) == (4, 2, 2)
    assert [(problem.row, problem.field) for problem in done.problems] == [
        (2, "id"),
        (3, "at"),
        (3, "outcome"),
    ]
    assert [each.id for each in await stored(store)] == ["1", "3"]


@pytest.mark.parametrize("rows", [
    [row(1), *(f'{n},"never closed' + "\n" * 30_000 for n in (2,)), "x" * (2 << 20)],
    ["1,soon,a,b,c,", "2,later,a,b,c,"],
])  # fmt: skip
async def test_a_file_that_cannot_be_used_changes_nothing(
    store: Store, imports: InteractionImports, rows: list[str]
) -> None:
    with pytest.raises(ImportRefused):
        await run(imports, *rows)
    assert await stored(store) == []


async def test_a_trial_stores_nothing(store: Store, imports: InteractionImports) -> None:
    done = await run(imports, row(1), "2", trial=True)
    assert (done.accepted, done.added, done.put_aside) == (1, 0, 1)
    assert await stored(store) == []


async def test_an_import_that_was_cut_short_is_finished_by_another(
    store: Store, imports: InteractionImports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "STORED_AT_ONCE", 1_000)
    rows = [row(n) for n in range(2_500)]
    seen = 0

    def stop(stage: str, done: int, _total: int | None) -> None:
        nonlocal seen
        if stage == "Storing":
            seen = done
            raise KeyboardInterrupt

    body = io.BytesIO("\n".join([HEADER, *rows]).encode())
    with pytest.raises(KeyboardInterrupt):
        await imports.run(open_interactions(body, filename="x.csv", feature="reply"), "reply", progress=stop)
    assert seen == 1_000
    done = await run(imports, *rows)
    assert (done.added, done.known) == (1_500, 1_000)


async def test_a_feature_s_sampling_holds_for_files_too(store: Store, imports: InteractionImports) -> None:
    async with store.write() as unit:
        await unit.features.save(Record(Watched("reply", sampling=0.25), "U1", AT, AT))
    done = await run(imports, *(row(n) for n in range(400)))
    assert done.added + done.sampled_out == done.accepted == 400
    assert 60 < done.added < 140
