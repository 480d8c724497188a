"""Sets of cases on both databases: versions that never change, edits, privacy."""

import asyncio
import io
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.datasets import Diff
from bot.domain.datasets.tables import WRITERS
from bot.domain.experiments.cells import Case
from bot.domain.scoring import Assertion
from bot.errors import InputError, NotFound
from bot.services.datasets import CandidateService, DatasetService, Incoming
from bot.store import Store
from bot.workers import Workers
from tests.conftest import FixedClock
from tests.store.dataset_samples import A, B, put


@pytest.fixture
def datasets(store: Store, clock: FixedClock) -> DatasetService:
    return DatasetService(store, clock, Workers(0), lambda: b"key")


@pytest.fixture
def candidates(store: Store, clock: FixedClock, datasets: DatasetService) -> CandidateService:
    return CandidateService(store, clock, datasets)


async def test_a_version_stays_as_it_was(datasets: DatasetService) -> None:
    await put(datasets, A, B)
    await put(datasets, replace(A, expected="delivery"), Case("c", {"input": "hello"}))
    retiring = await datasets.propose_retiring("refunds", ["b"])
    version = await datasets.commit(retiring, "bob", "b was never asked")
    assert version is not None
    assert (version.number, version.author, version.note, version.removed) == (
        3,
        "bob",
        "b was never asked",
        1,
    )

    async def ids(reference: str) -> list[tuple[str, str]]:
        return [(case.id, case.expected) for case in (await datasets.get(reference)).cases]

    assert await ids("refunds@1") == [("a", "parcel"), ("b", "refund")]
    assert await ids("refunds@2") == [("a", "delivery"), ("b", "refund"), ("c", "")]
    assert await ids("refunds@3") == await ids("refunds") == [("a", "delivery"), ("c", "")]
    history = [(x.number, x.cases, x.added, x.changed, x.removed) for x in await datasets.versions("refunds")]
    assert history == [(1, 2, 2, 0, 0), (2, 3, 1, 1, 0), (3, 2, 0, 0, 1)]
    diff = await datasets.diff("refunds@1", "refunds@3")
    assert (diff.added[0].id, diff.changed[0].fields, diff.removed[0].id) == ("c", ("expected",), "b")
    assert (await datasets.diff("refunds")).removed == (B,)
    assert (await datasets.diff("refunds@1")).added == (A, B)


async def test_a_case_that_comes_back_comes_last_and_keeps_its_place_when_edited(
    datasets: DatasetService,
) -> None:
    c = Case("c", {"input": "hello"})
    await put(datasets, A, B, c)
    await datasets.commit(await datasets.propose_retiring("refunds", ["a"]), "ann")
    await put(datasets, A)
    await put(datasets, replace(A, expected="other"))
    assert [case.id for case in (await datasets.get("refunds")).cases] == ["b", "c", "a"]
    assert [case.id for case in (await datasets.get("refunds@1")).cases] == ["a", "b", "c"]


async def test_nothing_new_makes_no_version(datasets: DatasetService) -> None:
    await put(datasets, A, B)
    proposal = await datasets.propose("refunds", Incoming([A, B]))
    assert proposal.diff == Diff()
    assert proposal.sentences()[0] == "Nothing new: refunds@1 stays."
    assert await datasets.commit(proposal, "ann") is None
    assert [line.version for line in await datasets.all()] == [1]


async def test_a_preview_changes_nothing(datasets: DatasetService) -> None:
    proposal = await datasets.propose("refunds", Incoming([A]))
    assert proposal.reference == "refunds@1"
    assert await datasets.all() == []


async def test_of_two_changes_at_once_one_is_asked_to_look_again(datasets: DatasetService) -> None:
    await put(datasets, A)
    one = await datasets.propose("refunds", Incoming([B]))
    two = await datasets.propose("refunds", Incoming([Case("c", {"input": "hello"})]))
    done = await asyncio.gather(
        datasets.commit(one, "ann"), datasets.commit(two, "bob"), return_exceptions=True
    )
    refused = [each for each in done if isinstance(each, InputError)]
    assert len(refused) == 1
    assert "refunds is at version 2 by now; this was made for 1" in refused[0].message
    assert len((await datasets.get("refunds")).cases) == 2


async def test_what_is_not_there_is_said(datasets: DatasetService) -> None:
    await put(datasets, A)
    await put(datasets, B, name="hidden", channel="C-PRIVATE")
    with pytest.raises(NotFound) as caught:
        await datasets.get("nope")
    assert caught.value.hint == "Known: refunds."
    with pytest.raises(NotFound, match="There is no refunds@7"):
        await datasets.get("refunds@7")
    for wrong in (datasets.propose_edit("refunds", "z", {}), datasets.propose_retiring("refunds", ["z"])):
        with pytest.raises(NotFound, match="refunds@1 has no case 'z'"):
            await wrong


async def test_teams_do_not_see_each_other(datasets: DatasetService, store: Store, clock: FixedClock) -> None:
    await put(datasets, A)
    other = DatasetService(store.for_team("team-b"), clock, Workers(0), lambda: b"key")
    assert await other.all() == []
    await put(other, B)
    assert (await other.get("refunds")).cases == (B,)
    assert (await datasets.get("refunds")).cases == (A,)


async def test_an_edit_is_a_new_version(datasets: DatasetService) -> None:
    await put(datasets, replace(A, assertions=(Assertion("contains", "x"),)), B)
    values = {
        "expected": "delivery",
        "vars.input": "where?",
        "slices.lang": "",
        "threshold": "0.5",
        "note": "n",
    }
    await datasets.commit(await datasets.propose_edit("refunds", "a", values), "ann")
    edited = (await datasets.get("refunds")).cases[0]
    assert edited == Case("a", {"input": "where?"}, (), 0.5, "n", {}, expected="delivery")
    for field, value, sentence in (
        ("colour", "red", "has no field 'colour'"),
        ("vars.nope", "x", "has no field 'vars.nope'"),
        ("threshold", "nan", "'nan' is no threshold"),
        ("vars.input", "money back", "has this input already"),
    ):
        with pytest.raises(InputError, match=sentence):
            await datasets.propose_edit("refunds", "a", {field: value})


async def test_personal_data_are_gone_before_anything_is_stored(
    datasets: DatasetService, store: Store
) -> None:
    rows = (
        "input,expected,customer,note,slice_mail\n"
        "I am Maria Lopez and my mail is maria.lopez@example.com,Tell Maria Lopez it is on its way,"
        "Maria Lopez,called from +49 151 23456789,maria.lopez@example.com\n"
        "Where is it?,Soon,maria.lopez@example.com,,\n"
    )
    incoming = await datasets.read(io.BytesIO(rows.encode()), filename="r.csv")
    proposal = await datasets.propose("refunds", incoming)
    assert proposal.removed == {"EMAIL": 1, "PERSON": 2, "PHONE": 1}
    await datasets.commit(proposal, "ann")
    first, second = (await datasets.get("refunds")).cases
    assert first.vars["input"] == "I am [PERSON_1] and my mail is [EMAIL_1]"
    assert first.expected == "Tell [PERSON_1] it is on its way"
    assert len(first.cluster) == len(second.cluster) == 16
    assert "maria" not in repr((first, second)).lower()


async def test_a_file_comes_back_from_every_form(datasets: DatasetService) -> None:
    rows = "".join(
        f"Where is order {n}? I am Jo{n} Miller jo{n}@example.com,answer {n % 3} in words,en,Cust {n}\n"
        for n in range(12)
    )
    data = f"input,expected,slice_lang,customer\n{rows}".encode()
    incoming = await datasets.read(io.BytesIO(data), filename="r.csv")
    await datasets.commit(await datasets.propose("refunds", incoming), "ann")
    stored = (await datasets.get("refunds")).cases
    for form, ending in (("csv", "csv"), ("jsonl", "jsonl"), ("promptfoo", "yaml")):
        text = WRITERS[form](stored)
        again = await datasets.read(io.BytesIO(text.encode()), filename=f"set.{ending}")
        assert tuple(again.cases) == stored
        assert not (await datasets.propose("refunds", again, replacing=True)).diff


async def test_private_cases_stay_in_their_channel(
    datasets: DatasetService, candidates: CandidateService
) -> None:
    await put(datasets, A)
    with pytest.raises(InputError, match="stay apart") as caught:
        await datasets.propose("refunds", Incoming([B], channel="C-PRIVATE"))
    assert "C-PRIVATE" not in caught.value.message + caught.value.hint
    with pytest.raises(InputError, match="stay apart"):
        await candidates.propose("refunds", [(B, "why")], "ann", channel="C-PRIVATE")
    await put(datasets, B, name="hidden", channel="C-PRIVATE")
    await put(datasets, A, name="hidden")  # open ones may join
    assert (await datasets.resolve("hidden")).channel == "C-PRIVATE"
    with pytest.raises(InputError, match="stay apart"):
        await datasets.propose("hidden", Incoming([A], channel="C-OTHER"))


async def test_a_plan_gets_every_answer_with_a_check(datasets: DatasetService) -> None:
    made = Case("a~typos", {"input": "wehre is it"}, cluster="a", synthetic=True, expected="parcel")
    await put(datasets, A, B, made)
    found = await datasets.resolve("refunds@1")
    assert found.reference == "refunds@1"
    assert [case.assertions[0].type for case in found.cases] == ["equals", "equals", "equals"]
    assert [case.cluster for case in found.cases] == ["a", "", "a"]
    assert (await datasets.get("refunds")).cases[0].assertions == ()


fresh = count()
steps = st.lists(
    st.tuples(st.sampled_from(["put", "retire"]), st.sampled_from("abcdef"), st.integers(0, 3)), max_size=7
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
async def test_every_version_is_what_it_was_when_it_was_made(
    store: Store, clock: FixedClock, given_steps: list[tuple[str, str, int]]
) -> None:
    """Against a model that simply keeps every version."""
    team = f"team {next(fresh)}"
    datasets = DatasetService(store.for_team(team), clock, Workers(0), lambda: b"key")
    kept: list[list[tuple[str, str]]] = []
    now: dict[str, str] = {}
    for step, name, answer in given_steps:
        if step == "put":
            await put(datasets, Case(name, {"input": name}, expected=str(answer)))
            changed = now.get(name) != str(answer)
            now[name] = str(answer)
        else:
            changed = name in now
            if changed:
                await datasets.commit(await datasets.propose_retiring("refunds", [name]), "ann")
                del now[name]
        if changed:
            kept.append(list(now.items()))
    for number, wanted in enumerate(kept, 1):
        found = await datasets.get(f"refunds@{number}")
        assert [(case.id, case.expected) for case in found.cases] == wanted
