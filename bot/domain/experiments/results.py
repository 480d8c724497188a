"""What an experiment shows: arms with intervals, comparisons with a verdict. Shares are within 0..1."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class VerdictKind(StrEnum):
    """What the statistics allow to be said of a candidate against the baseline."""

    SHIP = "ship"
    NO_DIFFERENCE = "no difference"
    WORSE = "worse"
    NEED_MORE = "need more cases"


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval unless ``level`` says otherwise."""

    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class ArmSummary:
    """One arm. ``measure`` is "pass rate" or "mean score"; ``n`` cases that count, ``errors`` cells without
    an output, ``flaky`` the share of cases whose repeats disagree (None with one repeat)."""

    arm: str
    measure: str
    n: int
    value: float | None
    interval: Interval | None
    errors: int = 0
    flaky: float | None = None
    pass_hat_k: float | None = None  # every repeat passes
    pass_at_k: float | None = None  # any repeat passes
    cost_per_1000: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None
    first_token_ms: float | None = None
    named: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Candidate over baseline, with its interval; below 1 is cheaper or faster."""

    value: float
    interval: Interval
    n: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A candidate against the baseline on the same cases; differences are candidate minus baseline.

    ``p_adjusted`` is Holm's over all candidates. ``e_value`` stays valid however often one looks.
    ``excluded``: cases that one of both has no output for; ``if_errors_fail``: the difference with those
    counted as failed. ``detectable``: the smallest difference that this n would show with power .8.
    """

    baseline: str
    candidate: str
    measure: str
    n: int
    clusters: int
    difference: float | None
    interval: Interval | None
    p: float | None
    p_adjusted: float | None
    wins: int
    losses: int
    ties: int
    e_value: float | None
    excluded: int = 0
    if_errors_fail: float | None = None
    detectable: float | None = None
    cost: Ratio | None = None
    latency: Ratio | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """``sentence`` is plain and complete; ``needed_cases`` only with NEED_MORE, None where no number of cases
    that anybody could collect would settle it."""

    kind: VerdictKind
    candidate: str
    sentence: str
    needed_cases: int | None = None
