"""What an experiment shows: arms with intervals, comparisons with a verdict. Shares are within 0..1."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PASS_RATE, MEAN_SCORE = "pass rate", "mean score"


class VerdictKind(StrEnum):
    """What the statistics allow to be said of a candidate against the baseline; of one arm alone, nothing."""

    SHIP = "ship"
    NO_DIFFERENCE = "no difference"
    WORSE = "worse"
    NEED_MORE = "need more cases"
    NOTHING_TO_COMPARE = "nothing to compare"


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
class Guardrail:
    """What may not get worse: "cost", "latency" or a named score (more is better).

    ``tolerance``: by how much it may still be worse, as a share for cost and latency (None: .1), in the
    score's units for a score (None: the margin).
    """

    name: str
    tolerance: float | None = None


@dataclass(frozen=True, slots=True)
class GuardrailCheck:
    """``held`` True: shown not to be worse by more than the tolerance; False: shown to be worse by more;
    None: not known yet, or nothing was measured. ``ratio``: value and interval are candidate over baseline,
    else candidate minus baseline."""

    name: str
    held: bool | None
    tolerance: float
    ratio: bool
    value: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A candidate against the baseline on the same cases; differences are candidate minus baseline.

    ``p_adjusted`` is Holm's over all candidates. ``e_value`` stays valid however often one looks.
    ``excluded``: cases that one of both has no output for; ``if_errors_fail``: the difference with those
    counted as failed. ``detectable``: the smallest difference that this n would show with power .8.

    ``n`` counts cases that both have; intervals and tests are over ``clusters`` (one per case where cases
    stand alone). ``spread`` is the standard deviation of their differences. The interval's level is Holm's
    where there are several candidates, and that of a confidence sequence where the run was ``stopped_early``.
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
    interval_if_errors_fail: Interval | None = None
    spread: float | None = None
    guardrails: tuple[GuardrailCheck, ...] = ()
    stopped_early: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """``sentence`` is plain and complete; ``needed_cases`` only with NEED_MORE, None where no number of cases
    that anybody could collect would settle it. ``withheld``: it would ship by the word of a judge that is not
    known to agree with people, so it needs labels, not cases."""

    kind: VerdictKind
    candidate: str
    sentence: str
    needed_cases: int | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class SliceResult:
    """A candidate against the baseline on the cases of one slice. ``judged`` False: too few to judge, and
    then no interval and no p. ``p_adjusted`` is Benjamini and Hochberg's over all slices that were judged.

    ``misses``: ids of cases that the baseline passes and the candidate does not. ``clusters``: as in
    ``Comparison``.
    """

    candidate: str
    column: str
    value: str
    n: int
    judged: bool
    baseline_value: float | None
    candidate_value: float | None
    difference: float | None
    interval: Interval | None = None
    p: float | None = None
    p_adjusted: float | None = None
    misses: tuple[str, ...] = ()
    clusters: int = 0


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A case on which arms differ: what each scored (mean of its repeats), and by how much they differ."""

    case: str
    scores: Mapping[str, float]
    gap: float


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """An arm in quality, latency and cost. ``beaten_by``: arms at least as good in all that both have
    measured and better in one; none: it is on the frontier."""

    arm: str
    value: float
    cost_per_1000: float | None
    p50_ms: float | None
    beaten_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conclusion:
    """All that an experiment shows. ``comparisons`` and ``verdicts`` stand in the order of the candidates.

    ``overall`` recommends one arm (``candidate``; the baseline where none is better). ``notes`` are plain
    sentences that belong beside the verdict: errors, repeats, clusters.
    """

    measure: str
    baseline: str
    arms: tuple[ArmSummary, ...]
    comparisons: tuple[Comparison, ...]
    verdicts: tuple[Verdict, ...]
    overall: Verdict
    cheapest_within_margin: str | None = None
    slices: tuple[SliceResult, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    frontier: tuple[FrontierPoint, ...] = ()
    margin: float = 0.0
    alpha: float = 0.05
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Running:
    """A candidate against the baseline while cells still come in; valid at every look.

    ``n`` cases count, ``decided`` says what is settled: SHIP (better), WORSE, NO_DIFFERENCE (within the
    margin: going on is futile) or None.
    """

    candidate: str
    n: int
    difference: float | None
    interval: Interval | None
    e_value: float | None
    decided: VerdictKind | None
    wins: int = 0
    losses: int = 0
    ties: int = 0
