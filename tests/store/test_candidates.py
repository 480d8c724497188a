"""Candidates on both databases: they wait, a person decides once, and only then they are cases."""

import asyncio

import pytest

from bot.domain.datasets import CandidateState
from bot.domain.experiments.cells import Case
from bot.errors import InputError, NotFound
from bot.services.datasets import CandidateService, DatasetService
from bot.services.feedback import FeedbackService
from bot.store import Store
from bot.workers import Workers
from tests.conftest import FixedClock
from tests.store.dataset_samples import A, B, put
from tests.unit.checks.samples import STORY


@pytest.fixture
def datasets(store: Store, clock: FixedClock) -> DatasetService:
    return DatasetService(store, clock, Workers(0), lambda: b"key")


@pytest.fixture
def candidates(store: Store, clock: FixedClock, datasets: DatasetService) -> CandidateService:
    return CandidateService(store, clock, datasets)


async def test_only_what_a_person_accepts_is_in_a_version(
    candidates: CandidateService, datasets: DatasetService
) -> None:
    proposed = await candidates.propose("refunds", [(A, "seen"), (B, "seen")], "ann")
    assert [each.number for each in proposed.candidates] == [1, 2]
    with pytest.raises(NotFound, match="no version yet, only candidates"):
        await datasets.get("refunds")
    done = await candidates.accept("refunds", [1], "bob", expected={1: "delivery"})
    assert done.version is not None
    assert [case.expected for case in (await datasets.get("refunds@1")).cases] == ["delivery"]
    await candidates.reject("refunds", [2], "bob", "not a real request, mail jo@example.com")
    assert await candidates.all("refunds") == []
    decided = await candidates.all("refunds", None)
    assert [(x.state, x.decided_by) for x in decided] == [
        (CandidateState.ACCEPTED, "bob"), (CandidateState.REJECTED, "bob"),
    ]  # fmt: skip
    assert decided[1].reason == "not a real request, mail [EMAIL_1]"
    again = await candidates.propose("refunds", [(B, "again"), (A, "again")], "ann")
    assert (again.candidates, again.known) == ((), 2)


async def test_deciding_is_all_or_nothing_and_once(candidates: CandidateService) -> None:
    await candidates.propose("refunds", [(A, "seen"), (B, "seen")], "ann")
    with pytest.raises(NotFound, match="refunds has no candidate 9"):
        await candidates.accept("refunds", [1, 9], "bob")
    assert len(await candidates.all("refunds")) == 2
    with pytest.raises(InputError, match="needs a reason"):
        await candidates.reject("refunds", [1], "bob", "  ")
    both = await asyncio.gather(
        candidates.accept("refunds", [1], "bob"),
        candidates.reject("refunds", [1], "cy", "no"),
        return_exceptions=True,
    )
    refused = [each for each in both if isinstance(each, InputError)]
    assert len(refused) == 1
    assert "Candidate 1 of refunds was" in refused[0].message


async def test_words_of_a_person_are_redacted(candidates: CandidateService) -> None:
    text = "Mail me at jo@example.com about my refund"
    done = await candidates.propose_text("refunds", text, "ann", expected="Soon", origin="thread 7")
    case = done.candidates[0].case
    assert (case.vars, case.expected) == ({"input": "Mail me at [EMAIL_1] about my refund"}, "Soon")
    with pytest.raises(InputError):
        await candidates.propose_text("refunds", "  ", "ann")


async def test_edge_cases_wait_and_say_what_they_probe(
    candidates: CandidateService, datasets: DatasetService
) -> None:
    await put(
        datasets, A, Case("b", {"input": "I want my money back before Friday please"}, expected="refund")
    )
    done = await candidates.propose_edges("refunds", "ann")
    assert len(done.candidates) >= 7
    assert all(each.case.synthetic and each.why.startswith("Edge case: ") for each in done.candidates)
    assert len((await datasets.get("refunds")).cases) == 2
    assert (await candidates.propose_edges("refunds", "ann")).candidates == ()
    await candidates.accept("refunds", [each.number for each in done.candidates], "bob")
    assert len((await datasets.get("refunds")).cases) == 2 + len(done.candidates)


async def test_a_correction_becomes_a_candidate_and_an_answer(
    store: Store, clock: FixedClock, candidates: CandidateService, datasets: DatasetService
) -> None:
    feedback = FeedbackService(store, clock)
    async with store.write() as unit:
        await unit.stories.save(STORY, "bank", clock.now())
        await unit.stories.save(STORY.model_copy(update={"id": "ST-2", "channel": "C9"}), "bank", clock.now())
    for output, words in (("story:ST-14", "Say the date"), ("story:ST-2", "Hidden"), ("cell:9", "Lost")):
        await feedback.vote(output, "U1", "down")
        await feedback.explain(output, "U1", ["wrong_facts"], correction=words)
    done = await candidates.propose_corrections("cards", "ann")
    ((each),) = done.candidates
    assert (each.case.expected, each.case.cluster, each.why) == (
        "Say the date", "ST-14", "correction of story:ST-14: wrong facts",
    )  # fmt: skip
    assert "2 corrections are of outputs whose input is not kept" in done.notes[0]
    await candidates.accept("cards", [1], "bob")
    assert (await datasets.get("cards")).cases[0].vars["theme"] == STORY.theme_name
    await feedback.withdraw("story:ST-14", "U1")
    async with store.read() as unit:
        assert {vote.output for vote in await unit.votes.corrections()} == {"story:ST-2", "cell:9"}
