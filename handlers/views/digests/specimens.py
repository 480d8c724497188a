"""Invented weeks for the views of digests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.domain.digests import (
    Digest,
    DigestSchedule,
    Event,
    FeatureWeek,
    Learned,
    Need,
    Profile,
    Waiting,
)
from bot.domain.digests.selection import Selection
from bot.domain.features import Watched
from bot.domain.flywheel import Counted as Some
from bot.domain.flywheel import FlywheelCounts
from bot.domain.metrics.changes import changes
from bot.domain.metrics.derived import BusinessNumber, Counted, Quantile, Scorecard, scorecard
from bot.domain.statistics.clusters import ClusterSums
from bot.domain.weeks import Week, weeks_until
from handlers.views.digests.notes import Scheduled
from handlers.views.digests.post import Frame
from handlers.views.setup.specimens import BARE
from handlers.views.setup.specimens import REPLY as BASE

REPLY = replace(BASE, dataset="refunds")
WEEK = Week(date(2026, 11, 9), "Europe/Berlin")
NAMES = {"U0ADA": "Ada Okafor", "U0BEN": "Ben Lindqvist", "U0CHLOE": "Chloe Marchetti"}
LIVE = Event(datetime(2026, 11, 10, 14, tzinfo=UTC), "reply@4", "live")


def _share(hits: float, n: int) -> ClusterSums:
    """Each by a user of their own."""
    return ClusterSums(n, hits, n, hits, hits, n)


def _card(feature: Watched, week: Week, votes: tuple[int, int], replaced: int, cost: float) -> Scorecard:
    up, n = votes
    calls = 4 * n
    counted = Counted(
        interactions=calls,
        users=calls,
        sums={
            "accuracy": _share(7, 8),
            "error_rate": _share(calls // 80, calls),
            "cost": ClusterSums(calls, cost * calls, calls, cost**2 * calls, cost * calls, calls),
            "positive_rate": _share(up, n),
            "override_rate": _share(replaced, calls // 2),
        },
        quantiles={"latency_p95": Quantile(2_310.0, 2_120.0, 2_540.0, calls)},
        spent=cost * calls,
    )
    number = BusinessNumber("questions solved a day", 212.0, week.until, 1_480)
    return scorecard(feature, counted, week.since, week.until, number if feature is REPLY else None)


def _week(
    feature: Watched, votes: Sequence[tuple[int, int]], replaced: Sequence[int], *events: Event
) -> FeatureWeek:
    weeks = weeks_until(WEEK, len(votes))
    cards = [
        _card(feature, week, each, over, 0.0031)
        for week, each, over in zip(weeks, votes, replaced, strict=True)
    ]
    up, n = (sum(each[at] for each in votes[-5:-1]) for at in (0, 1))
    before = _card(feature, WEEK.before(4), (up, n), sum(replaced[-5:-1]), 0.0031)
    moved = changes(cards[-1].figures, before.figures, [card.figures for card in cards[:-1]])
    return FeatureWeek(feature, WEEK, tuple(cards), before, tuple(moved), events)


def _silent(feature: Watched) -> FeatureWeek:
    empty = scorecard(feature, Counted(), WEEK.since, WEEK.until)
    return FeatureWeek(feature, WEEK, (empty,) * 8, empty, ())


def _counts(*numbers: int) -> FlywheelCounts:
    stages = [Some(number) for number in numbers]
    return FlywheelCounts("", WEEK.since, WEEK.until, *stages)


STEADY = [(118, 140), (121, 146), (127, 150), (116, 139), (125, 149), (119, 142), (124, 147), (121, 144)]
REPLACED = [22, 25, 21, 24, 26, 23, 22, 25]
FELL = _week(REPLY, [*STEADY[:-1], (92, 151)], [*REPLACED[:-1], 61], LIVE)
QUIET = _week(REPLY, STEADY, REPLACED)
DIGEST = Digest(
    WEEK,
    (FELL, _silent(BARE)),
    _counts(59, 12, 8, 2, 1),
    learned=(
        Learned("EX-3", "ship", "Naming the day of the refund ends most second questions."),
        Learned("EX-4", "stop", "The small model misses partial refunds."),
    ),
    needs=(
        Need("Refunds that do not arrive", 41, 23, "It has been nine days and nothing came.", "T-901"),
        Need("Parcel without tracking", 18, 20),
    ),
    waiting=(Waiting("refunds", 3),),
    spent=4.18,
    tickets=97,
    grouped=83,
)
STILL = Digest(WEEK, (QUIET,), _counts(0, 0, 0, 0, 0), waiting=(Waiting("refunds", 3),), spent=3.6)
NOTHING = Digest(WEEK, (_silent(BARE),), _counts(0, 0, 0, 0, 0))
NONE = Digest(WEEK, (), _counts(0, 0, 0, 0, 0))
BUILD = Frame(Selection(WEEK), NAMES)
EXEC = Frame(Selection(WEEK, Profile.EXEC), NAMES)
PREVIEW = replace(BUILD, private=True, shareable=True)
LATE = replace(BUILD, late="Mon 16 Nov at 09:00")
SCHEDULE = DigestSchedule(
    "C0MOSS", 0, time(9), "Europe/Berlin", datetime(2026, 11, 21, tzinfo=UTC), by="U0ADA"
)
SCHEDULED = Scheduled(SCHEDULE, "Mon 23 Nov 09:00")
PAUSED = Scheduled(
    replace(SCHEDULE, channel="C0LEADS", paused=True, profile=Profile.EXEC, features=("reply",)), ""
)
