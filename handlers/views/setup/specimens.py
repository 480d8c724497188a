"""Invented features for the gallery."""

from datetime import UTC, datetime

from bot.domain.features import Change, Duty, Stage, Threshold, Watched
from bot.domain.metrics.derived import BusinessNumber, Counted, Quantile, Scorecard, scorecard
from bot.domain.statistics.clusters import ClusterSums

SINCE, UNTIL = datetime(2026, 10, 22, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
REPLY = Watched(
    "reply",
    title="Replies in the app",
    channels=("C0MOSS",),
    stage=Stage.PILOT,
    owners={Duty.DATA: "U0ADA", Duty.VALIDATION: "U0CHLOE", Duty.ACCOUNTABLE: "U0BEN"},
    thresholds=(
        Threshold("accuracy", 0.88, 0.92),
        Threshold("positive_rate", 0.7, 0.8),
        Threshold("override_rate", 0.1, 0.05, "lower"),
    ),
    business="questions solved a day",
    minutes_saved=4,
    baseline="60 questions timed in March",
    false_positive_cost=2,
    false_negative_cost=15,
    prompts=("reply",),
)
BARE = Watched("triage", title="Sorting mail")


def _share(hits: int, n: int, users: int) -> ClusterSums:
    """Users with as many rows each."""
    each, share = n / users, hits / n
    return ClusterSums(users, hits, n, hits * share * each * 1.2, hits * each, n * each)


COUNTED = Counted(
    interactions=612,
    users=143,
    sums={
        "accuracy": _share(8, 9, 9),
        "coverage": _share(431, 590, 143),
        "error_rate": _share(9, 612, 143),
        "cost": ClusterSums(143, 1.91, 612, 0.03, 8.2, 2_700),
        "positive_rate": _share(201, 236, 88),
        "acceptance_rate": _share(340, 560, 140),
        "edited_rate": _share(106, 560, 140),
        "edit_distance": ClusterSums(80, 21.2, 106, 6.1, 28.1, 140),
        "override_rate": _share(90, 560, 140),
        "escalation_rate": _share(24, 560, 140),
    },
    quantiles={
        "latency_p50": Quantile(840.0, 790.0, 905.0, 598),
        "latency_p95": Quantile(2_310.0, 2_050.0, 2_720.0, 598),
    },
    outcomes={"accepted": 340, "edited": 106, "overridden": 90, "escalated": 24},
    spent=1.91,
    sources={"accuracy": "by labels; their queue begins with doubtful outputs"},
)
CARD: Scorecard = scorecard(
    REPLY, COUNTED, SINCE, UNTIL, BusinessNumber("questions solved a day", 212.0, UNTIL, 1_480)
)
EMPTY: Scorecard = scorecard(BARE, Counted(), SINCE, UNTIL)
MOVED = Change("reply", UNTIL, "U0BEN", "stage", "pilot", "gradual", "120 votes, 81 % up")
CHANGES = (
    Change("reply", UNTIL, "U0ADA", "title", "–", "Replies in the app"),
    Change("reply", UNTIL, "U0ADA", "minutes_saved", "–", "4"),
)
