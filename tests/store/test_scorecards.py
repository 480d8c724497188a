"""Scorecards on both databases, against sums made row by row in plain Python."""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import fmean

import pytest

from bot.domain.features import Threshold, Watched
from bot.domain.feedback import Given, Mark, Thumb
from bot.domain.feedback.labelling import Label
from bot.domain.interactions import Interaction, Outcome
from bot.domain.metrics.derived import Scorecard, Standing
from bot.domain.people import Person, Role
from bot.services import scorecards
from bot.services.features import FeatureService
from bot.services.people import PeopleService
from bot.services.scorecards import ScorecardService
from bot.store import Store
from bot.store.numbers import BusinessNumber
from tests.conftest import FixedClock

UNTIL = datetime(2026, 11, 16, 9, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=30)
REPLY = Watched(
    "reply",
    thresholds=(Threshold("positive_rate", 0.7, 0.8), Threshold("override_rate", 0.9, 0.5, "lower")),
    business="solved",
    minutes_saved=4,
    baseline="60 timed",
    false_positive_cost=2,
    false_negative_cost=5,
)
OUTCOMES = (
    (Outcome.ACCEPTED,) * 4 + (Outcome.EDITED,) * 2 + (Outcome.OVERRIDDEN, Outcome.ESCALATED, Outcome.UNKNOWN)
)


def rows(count: int = 300) -> list[Interaction]:
    """Users of several calls and none, some of everything unknown, the last hundred before the window."""
    dice = random.Random(7)
    return [
        Interaction(
            id=f"i{number}",
            feature="reply",
            at=UNTIL - timedelta(hours=number * 3.6 + 0.1),
            output="The box locks on Tuesday.",
            latency_ms=dice.choice([None, dice.uniform(200, 4_000)]),
            cost=dice.choice([None, dice.uniform(0.001, 0.02)]),
            confidence=dice.choice([None, dice.random()]),
            outcome=(outcome := dice.choice(OUTCOMES)),
            final="The box locks on Monday." if outcome is Outcome.EDITED else "",
            error="timeout" if dice.random() < 0.1 else "",
            user=dice.choice(["", *(f"u{each}" for each in range(25))]),
        )
        for number in range(count)
    ]


@pytest.fixture
async def cards(store: Store, clock: FixedClock) -> ScorecardService:
    features = FeatureService(store, clock, PeopleService(store, clock, Role.REVIEWER))
    await features.add(REPLY, Person("U0ADA"))
    await features.add(Watched("other"), Person("U0ADA"))
    async with store.write() as unit:
        await unit.interactions.add(rows(), UNTIL)
        await unit.interactions.add([replace(rows(1)[0], feature="other", error="x")], UNTIL)
    return ScorecardService(store, clock, features)


def shown(card: Scorecard, name: str) -> list[float]:
    """n and value."""
    figure = card.figure(name)
    assert figure is not None
    assert figure.value is not None
    return [figure.n, figure.value]


async def test_every_rate_is_counted_as_by_hand(cards: ScorecardService) -> None:
    card = await cards.of("reply")
    inside = [each for each in rows() if SINCE <= each.at < UNTIL]
    known = [each for each in inside if each.outcome]
    assert (card.since, card.until, card.interactions) == (SINCE, UNTIL, len(inside))
    assert card.users == len({each.user for each in inside} - {""})
    outcomes = {"acceptance_rate": "accepted", "edited_rate": "edited", "override_rate": "overridden",
                "escalation_rate": "escalated"}  # fmt: skip
    for name, outcome in outcomes.items():
        assert shown(card, name) == [len(known), pytest.approx(fmean(e.outcome == outcome for e in known))]
    sure = [each.confidence for each in inside if each.confidence is not None]
    assert shown(card, "coverage") == [len(sure), pytest.approx(fmean(each >= 0.7 for each in sure))]
    assert shown(card, "error_rate") == [len(inside), pytest.approx(fmean(bool(e.error) for e in inside))]
    costs = [each.cost for each in inside if each.cost is not None]
    assert shown(card, "cost") == [len(costs), pytest.approx(fmean(costs))]
    assert card.worth.spent == pytest.approx(sum(costs))
    waits = sorted(each.latency_ms for each in inside if each.latency_ms is not None)
    assert shown(card, "latency_p50") == [len(waits), waits[-(-len(waits) // 2) - 1]]
    edits = [each for each in inside if each.outcome is Outcome.EDITED]
    assert shown(card, "edit_distance") == [len(edits), pytest.approx(4 / 25)]  # Tues -> Mon: 4 of 25 letters
    assert card.figure("accuracy") is None


async def test_intervals_know_whose_rows_they_are(cards: ScorecardService) -> None:
    """The variance of a ratio over clusters, straight from its definition."""
    card = await cards.of("reply")
    figure = card.figure("error_rate")
    assert figure is not None
    assert figure.interval is not None
    assert figure.value is not None
    clusters = by_user(each for each in rows() if SINCE <= each.at < UNTIL)
    k, share = len(clusters), figure.value
    residuals = sum((sum(x) - share * len(x)) ** 2 for x in clusters)
    effective = share * (1 - share) * figure.n**2 / (residuals * k / (k - 1))
    plain = (share * (1 - share) / min(figure.n, effective)) ** 0.5 * 1.96
    assert figure.interval.high - figure.interval.low == pytest.approx(2 * plain, rel=0.05)


def by_user(inside: Iterable[Interaction]) -> list[list[bool]]:
    found: dict[str, list[bool]] = defaultdict(list)
    for each in inside:
        found[each.user or each.id].append(bool(each.error))
    return list(found.values())


async def test_waits_have_bounds_around_their_place(cards: ScorecardService) -> None:
    card = await cards.of("reply")
    waits = sorted(e.latency_ms for e in rows() if e.latency_ms is not None and SINCE <= e.at < UNTIL)
    for name, share in (("latency_p50", 0.5), ("latency_p95", 0.95)):
        figure = card.figure(name)
        assert figure is not None
        assert figure.interval is not None
        assert figure.value in waits
        below = [
            sum(wait <= bound for wait in waits) / len(waits)
            for bound in (figure.interval.low, figure.interval.high)
        ]
        half = 1.96 * (share * (1 - share) / len(waits)) ** 0.5
        assert share - 2 * half <= below[0] <= share - 0.8 * half
        assert min(1, share + 0.8 * half) <= below[1] <= share + 2 * half


async def test_votes_and_labels_of_the_window_are_read(cards: ScorecardService, store: Store) -> None:
    async with store.write() as unit:
        for number in range(40):
            thumb: Thumb = "down" if number % 10 == 0 else "up"
            mark = Mark("button", thumb, UNTIL - timedelta(days=number))  # the last ten are too old
            await unit.votes.give(Given(f"interaction:reply/i{number}", f"U{number}", mark))
        await unit.votes.give(
            Given("interaction:replyx/i1", "U1", Mark("button", "down", UNTIL - timedelta(days=1)))
        )
        await unit.votes.give(Given("interaction:reply/i1", "U99", Mark("button", "up", UNTIL)))
    card = await cards.of("reply")
    assert shown(card, "positive_rate") == [30, pytest.approx(27 / 30)]
    assert shown(card, "accuracy") == [30, pytest.approx(27 / 30)]
    async with store.write() as unit:
        for number, label in enumerate(("agree", "disagree", "unsure")):
            await unit.labels.put(Label(f"interaction:reply/i{number}", "U1", label, UNTIL - timedelta(1)))
    figure = (await cards.of("reply")).figure("accuracy")
    assert figure is not None
    assert (figure.n, figure.value, figure.enough) == (2, 0.5, False)
    assert figure.source.startswith("by labels")


async def test_what_it_comes_to(cards: ScorecardService, store: Store) -> None:
    async with store.write() as unit:
        days = (1, 2, 31, -1)
        await unit.numbers.put(
            [BusinessNumber("reply", "solved", UNTIL - timedelta(days=day), float(day), 9) for day in days]
        )
    card = await cards.of("reply")
    known = [each.outcome for each in rows() if SINCE <= each.at < UNTIL]
    accepted, edited, overridden = (
        known.count(each) for each in (Outcome.ACCEPTED, Outcome.EDITED, Outcome.OVERRIDDEN)
    )
    worth, business = card.worth, card.business
    assert [worth.minutes, worth.errors] == [(accepted + edited / 2) * 4, (overridden * 2, overridden * 5)]
    assert business is not None
    assert [business.value, business.n] == [1.0, 9]


async def test_a_minimum_is_met_beyond_doubt_or_not_at_all(cards: ScorecardService) -> None:
    card = await cards.of("reply")
    assert [(each.metric.name, each.standing, each.goal) for each in card.standings] == [
        ("positive_rate", Standing.OPEN, Standing.OPEN),
        ("override_rate", Standing.MET, Standing.MET),
    ]


async def test_with_many_calls_a_list_is_as_of_a_minute_ago(
    cards: ScorecardService, store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scorecards, "MANY", 100)
    before = await cards.all()
    async with store.write() as unit:
        more = replace(rows(1)[0], at=UNTIL - timedelta(hours=1))
        await unit.interactions.add([replace(more, id="x"), replace(more, id="x", feature="other")], UNTIL)
    clock.time += timedelta(seconds=59)
    first, second = await cards.all()
    assert first.interactions == before[0].interactions + 1  # few: as they are now
    assert second is before[1]
    assert (await cards.of("reply")).interactions == second.interactions + 1
    clock.time += timedelta(seconds=1)
    assert (await cards.all())[1].interactions == second.interactions + 1


async def test_nothing_is_said_of_nothing(cards: ScorecardService) -> None:
    first, second = await cards.all(0.001)
    assert (first.feature.name, first.interactions, first.figures) == ("other", 0, ())
    assert [(each.n, each.value) for each in second.figures] == [(0, None), (0, None)]
    assert second.worth.minutes == 0
