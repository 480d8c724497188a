"""Experiments of a team, on both databases: planned once, run, stopped from elsewhere, extended, closed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO

import pytest
import pytest_asyncio

from bot.domain.experiments.experiment import Decision, Experiment, Order, Progress, State
from bot.domain.experiments.results import VerdictKind
from bot.domain.people import Person, Role
from bot.errors import InputError, NotFound
from bot.services.datasets import DatasetService
from bot.services.experiments import BallotService, ExperimentService, Models, Setup
from bot.services.people import PeopleService
from bot.services.prompts import PromptService
from bot.store import Store
from bot.workers import Workers
from tests.conftest import FixedClock

ADA = Person("U0ADA", "Ada", is_owner=True)
FACTS = ("Boxes lock on Wednesday.", "Refunds take five working days.", "Allergens are on the card.")
ASKED = ("When do boxes lock?", "How long do refunds take?", "Where are allergens?")


def prompt(*facts: str) -> str:
    return (
        "# System\nYou answer.\n" + "\n".join(facts) + "\nIf unsure, say: no idea.\n# User\n{{ question }}\n"
    )


def questions(times: int) -> bytes:
    rows = ["question,__expected"]
    for number, (fact, asked) in enumerate(zip(FACTS, ASKED, strict=True)):
        rows += [f'"{asked}{"?" * n}","contains: {fact}"' for n in range(times + number)]
    return "\n".join(rows).encode()


class House:
    def __init__(self, store: Store, clock: FixedClock, models: dict[str, str]) -> None:
        workers = Workers(0)
        people = PeopleService(store, clock, Role.REVIEWER)
        self.datasets = DatasetService(store, clock, workers, lambda: b"key")
        self.prompts = PromptService(store, clock, people)
        setup = Setup(Models(models), concurrency=2)
        self.experiments = ExperimentService(store, clock, self.prompts, self.datasets, setup)
        self.ballots = BallotService(store, clock, self.experiments)

    async def fill(self, times: int) -> None:
        read = await self.datasets.read(BytesIO(questions(times)), filename="questions.csv")
        await self.datasets.commit(await self.datasets.propose("questions", read), "U0ADA")

    async def run(self, order: Order) -> Experiment:
        planned = await self.experiments.plan(order, by="U0ADA")
        await self.experiments.begin(planned.id)
        return await self.experiments.carry_out(planned.id)


@pytest_asyncio.fixture
async def house(store: Store, clock: FixedClock) -> AsyncIterator[House]:
    house = House(store, clock, {"brief": "offline:brief", "echo": "echo"})
    await house.prompts.save("reply", prompt(FACTS[0]), ADA)
    await house.prompts.save("reply", prompt(*FACTS), ADA)
    await house.fill(10)
    yield house


ORDER = Order(("reply@1", "reply@2"), ("brief",), "questions")


async def test_an_order_is_planned_once_however_often_it_is_asked(house: House) -> None:
    first = await house.experiments.plan(ORDER, by="U0ADA", key="k")
    again = await house.experiments.plan(ORDER, by="U0ADA", key="k")
    other = await house.experiments.plan(ORDER, by="U0ADA", key="l")
    assert first.id == again.id != other.id
    assert first.dataset == "questions@1"
    assert first.state is State.PLANNED


async def test_it_runs_and_speaks_for_the_very_text_that_won(house: House) -> None:
    done = await house.run(ORDER)
    assert (done.state, done.spent) == (State.DONE, 0.0)
    found = (await house.experiments.report(done.id)).conclusion
    assert [arm.value for arm in found.arms] == pytest.approx([10 / 33, 1.0])
    assert found.overall.kind is VerdictKind.SHIP
    verdict = await house.experiments.verdict(done.id)
    winner = await house.prompts.get("reply@2")
    assert verdict is not None
    assert verdict.speaks_for("reply@2", winner.fingerprint)
    assert not verdict.speaks_for("reply@2", "another text")
    assert not verdict.speaks_for("reply@1", (await house.prompts.get("reply@1")).fingerprint)


async def test_a_second_run_sends_nothing_and_changes_nothing(house: House) -> None:
    done = await house.run(ORDER)
    before = await house.experiments.cells(done.id)
    await house.experiments.begin(done.id)
    seen: list[Progress] = []

    async def told(at: Progress) -> None:
        seen.append(at)

    again = await house.experiments.carry_out(done.id, on_progress=told)
    assert again.state is State.DONE
    assert sorted(await house.experiments.cells(done.id), key=lambda c: (c.key.arm, c.key.case)) == sorted(
        before, key=lambda c: (c.key.arm, c.key.case)
    )
    assert seen[-1].done == seen[-1].total == 66


async def test_what_was_stopped_elsewhere_stays_stopped(house: House) -> None:
    planned = await house.experiments.plan(ORDER, by="U0ADA")
    await house.experiments.begin(planned.id)
    await house.experiments.stop(planned.id, by="U0BEN")
    after_a_crash = await house.experiments.carry_out(planned.id)
    assert after_a_crash.state is State.STOPPED
    assert await house.experiments.cells(planned.id) == []
    await house.experiments.begin(planned.id)
    assert (await house.experiments.carry_out(planned.id)).state is State.DONE


async def test_more_cases_come_from_the_newest_version_and_once(house: House) -> None:
    done = await house.run(replace(ORDER, cases=5))
    first = {cell.key.case for cell in await house.experiments.cells(done.id)}
    await house.fill(12)
    added = [await house.experiments.add(done.id, 40, by="U0ADA", key="click") for _ in range(2)]
    assert added == [39 - 5, 39 - 5]
    await house.experiments.begin(done.id)
    await house.experiments.carry_out(done.id)
    cases = {cell.key.case for cell in await house.experiments.cells(done.id)}
    assert first < cases
    assert len(cases) == 39
    report = await house.experiments.report(done.id)
    assert report.conclusion.comparisons[0].stopped_early
    assert any("added after a first look" in note for note in report.notes)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (replace(ORDER, prompts=("reply@1", "reply@7")), "reply@7"),
        (replace(ORDER, models=("gpt",)), "no model gpt"),
        (replace(ORDER, dataset="nothing"), "nothing"),
        (replace(ORDER, base="reply@9"), "none of the arms"),
    ],
)
async def test_what_is_not_there_is_named(house: House, order: Order, said: str) -> None:
    with pytest.raises((NotFound, InputError), match=said):
        await house.experiments.plan(order, by="U0ADA")


async def test_a_prompt_that_asks_for_what_no_case_has_is_a_problem(house: House) -> None:
    await house.prompts.save(
        "tone", prompt(*FACTS).replace("{{ question }}", "{{ question }} {{ tone }}"), ADA
    )
    order = replace(ORDER, prompts=("reply@1", "tone@1"))
    seen = await house.experiments.preview(order)
    assert seen.problems == ("tone@1 asks for tone, which not every case has.",)
    planned = await house.experiments.plan(order, by="U0ADA")
    with pytest.raises(InputError, match="asks for tone"):
        await house.experiments.begin(planned.id)


async def test_closing_redacts_and_happens_once(house: House) -> None:
    done = await house.run(ORDER)
    closed = await house.experiments.close(
        done.id, Decision.SHIP, "Ask ada@example.com why facts won.", by="U0ADA"
    )
    assert "example.com" not in closed.learned
    same = await house.experiments.close(done.id, Decision.SHIP, "other words", by="U0ADA")
    assert same.learned == closed.learned
    with pytest.raises(InputError, match="closed already"):
        await house.experiments.close(done.id, Decision.KEEP, "no", by="U0BEN")
    with pytest.raises(InputError, match="is closed"):
        await house.experiments.begin(done.id)


async def test_votes_are_one_a_person_and_say_what_they_may(house: House) -> None:
    done = await house.run(ORDER)
    (pair,) = await house.ballots.pairs(done.id)
    assert pair == ("reply@1", "reply@2")
    ballot = await house.ballots.open(done.id, pair, 3, by="U0ADA", key="open")
    assert (await house.ballots.open(done.id, pair, 3, by="U0ADA", key="open")).id == ballot.id
    assert all({case.left, case.right} == set(pair) for case in ballot.cases)
    assert all(case.left_output != case.right_output for case in ballot.cases)
    better = ["left" if case.left == "reply@2" else "right" for case in ballot.cases]
    await house.ballots.vote(ballot.id, 1, "neither", user="U0BEN")
    for number, choice in enumerate(better, 1):
        await house.ballots.vote(ballot.id, number, choice, user="U0BEN")
    await house.ballots.vote(ballot.id, 2, "both", user="U0EMI")
    assert list(await house.ballots.voted(ballot.id)) == [1, 2, 1]
    await asyncio.gather(house.ballots.close(ballot.id, "U0ADA"), house.ballots.close(ballot.id, "U0BEN"))
    counted = await house.ballots.counted(ballot.id)
    assert (counted.wins, counted.losses, counted.both, counted.neither, counted.voters) == (3, 0, 1, 0, 2)
    assert (counted.agree, counted.judged) == (1.0, 3)
    for number, choice, said in ((1, "left", "closed"), (9, "left", "closed")):
        with pytest.raises(InputError, match=said):
            await house.ballots.vote(ballot.id, number, choice, user="U0CHLOE")
