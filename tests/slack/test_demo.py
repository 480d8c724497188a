"""The demo's second half: the sample prompts and questions, and the experiment the tour makes of them."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.domain.experiments.experiment import State
from bot.domain.experiments.results import VerdictKind
from bot.domain.features import Duty
from bot.domain.metrics.derived import Standing
from bot.domain.prompts import PRODUCTION
from handlers.ask import Ask
from handlers.demo.acting import Acting
from handlers.demo.assistant import PROMPT, SET, furnish
from handlers.demo.comparing import LEARNED, compare
from handlers.demo.people import ADA, BEN, CHLOE, TEAM
from handlers.demo.transcript import Step
from handlers.demo.watching import FEATURE
from handlers.demo.workplace import Workplace, open_workplace

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Workplace]:
    async with open_workplace(folder=tmp_path_factory.mktemp("demo")) as opened:
        await opened.furnished
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def steps(place: Workplace) -> list[Step]:
    told: list[Step] = []
    acting = Acting(place, told.append)
    async with place.person(ADA) as ada, place.person(BEN) as ben, place.person(CHLOE) as chloe:
        await compare(acting, ada, ben, chloe)
    assert acting.steps == told
    return told


async def test_samples_are_kept_once(place: Workplace) -> None:
    desk = await place.bot.desks.at(Ask(kind="event", key="again", team=TEAM, user=ADA))
    await furnish(desk)
    services = desk.services
    versions = await services.prompts.versions(PROMPT)
    assert [(version.version, version.author) for version in versions] == [(1, CHLOE), (2, BEN)]
    first = (await services.prompts.log(PROMPT, PRODUCTION))[0]
    assert (first.to_version, first.by, first.verdict) == (1, BEN, "")
    assert "before there were experiments" in first.override
    found = await services.datasets.get(SET)
    assert (found.version, len(found.cases)) == (1, 68)
    assert "[" not in "".join(str(case.vars) for case in found.cases)  # nothing in it looks personal
    assert all(case.assertions and case.slices["topic"] for case in found.cases)


async def test_its_assistant_is_under_watch(place: Workplace) -> None:
    """Below its bars, as the first prompt is: honest, and worth an experiment."""
    desk = await place.bot.desks.at(Ask(kind="event", key="watched", team=TEAM, user=ADA))
    await furnish(desk)
    card = await desk.services.scorecards.of(FEATURE, 60)
    assert (card.interactions, card.feature.owners[Duty.ACCOUNTABLE]) == (600, ADA)
    assert "sample data" in card.feature.title
    assert {each.metric.name for each in card.standings} == {
        "accuracy", "error_rate", "positive_rate", "override_rate",
    }  # fmt: skip
    bad = {each.metric.name for each in card.standings if each.standing is Standing.NOT_MET}
    assert bad >= {"accuracy", "positive_rate"}
    assert all(each.interval is not None and each.enough for each in card.figures)
    assert card.business is not None


async def test_the_new_version_wins_but_not_everywhere(place: Workplace, steps: list[Step]) -> None:
    services = (await place.bot.desks.at(Ask(kind="event", key="look", team=TEAM, user=ADA))).services
    (experiment,) = await services.experiments.all()
    report = await services.experiments.report(experiment.id)
    assert report.conclusion.overall.kind is VerdictKind.SHIP
    right = {(cell.key.arm, cell.key.case) for cell in report.cells if cell.score == 1.0}
    lost = {
        case.slices["topic"]
        for case in report.plan.cases
        if (f"{PROMPT}@1", case.id) in right and (f"{PROMPT}@2", case.id) not in right
    }
    assert lost == {"care"}
    assert (experiment.state, experiment.learned) == (State.CLOSED, LEARNED)


async def test_promoted_by_another_and_taken_back(place: Workplace, steps: list[Step]) -> None:
    services = (await place.bot.desks.at(Ask(kind="event", key="log", team=TEAM, user=ADA))).services
    moves = (await services.prompts.log(PROMPT, PRODUCTION))[1:]
    assert [(move.kind, move.to_version, move.by) for move in moves] == [
        ("promote", 2, CHLOE),
        ("rollback", 1, CHLOE),
    ]
    assert moves[0].verdict.startswith("EX-1")
    assert moves[0].override == ""
    assert "gnats" in moves[1].reason


async def test_steps_read_like_the_others(steps: list[Step]) -> None:
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert all(step.received and step.ack_ms for step in steps)
    assert json.loads(json.dumps([step.as_json() for step in steps]))[0]["person"] == "Ada"
    said = [(step.person, step.did, " ".join(each.text for each in step.received)) for step in steps]
    refused = next(text for person, did, text in said if person == "Ben" and "promote" in did)
    assert "somebody else has to review it" in refused
    counted = next(text for _, did, text in said if did == "closes the vote")
    assert "reply@2 2 · reply@1 0" in counted
