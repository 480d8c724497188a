"""A judge held against people's labels: may it gate a promotion, and what rate is behind its rate?"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.experiments.results import Interval
from bot.domain.statistics.agreement import (
    Agreement,
    corrected_interval,
    kappa,
    kappa_interval,
    rogan_gladen,
)
from bot.domain.statistics.intervals import wilson

GATE = 0.6  # of kappa; substantial agreement (Landis and Koch 1977)
FEWEST = 30  # labels
FEWEST_EACH = 5  # of them passes, and fails


@dataclass(frozen=True, slots=True)
class Calibration:
    """``tpr``: of what people pass, the share the judge passes; ``tnr``: of what they fail, the share it
    fails. ``may_gate`` goes by kappa itself, not by the end of its interval; ``enough`` False: too few labels
    to judge, and then it may not gate.
    """

    n: int
    agreement: Agreement
    tpr: float | None
    tpr_interval: Interval
    tnr: float | None
    tnr_interval: Interval
    kappa: float | None
    kappa_interval: Interval | None
    enough: bool
    may_gate: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A judge's pass rate over ``n`` items, and the rate that people would give."""

    n: int
    judged: float
    value: float
    interval: Interval


def calibrate(labels: Iterable[tuple[bool, bool]], *, level: float = 0.95, seed: int = 0) -> Calibration:
    """``labels``: (the judge's, people's) pass or fail of the same outputs, one pair each."""
    pairs = list(labels)
    counts = Agreement(
        *(pairs.count(pair) for pair in ((True, True), (False, True), (True, False), (False, False)))
    )
    found = kappa(counts)
    enough = counts.n >= FEWEST and min(counts.passes, counts.fails) >= FEWEST_EACH
    may_gate = enough and found is not None and found >= GATE
    return Calibration(
        n=counts.n,
        agreement=counts,
        tpr=counts.both_pass / counts.passes if counts.passes else None,
        tpr_interval=wilson(counts.both_pass, counts.passes, level),
        tnr=counts.both_fail / counts.fails if counts.fails else None,
        tnr_interval=wilson(counts.both_fail, counts.fails, level),
        kappa=found,
        kappa_interval=kappa_interval(counts, level, seed=seed),
        enough=enough,
        may_gate=may_gate,
        sentence=_sentence(counts, found, enough=enough, may_gate=may_gate),
    )


def correct(passed: int, n: int, calibration: Calibration) -> Corrected | None:
    """What people would say of ``n`` outputs of which the judge passes ``passed``; None where the labels do
    not show it to be better than chance."""
    if n <= 0 or calibration.tpr is None or calibration.tnr is None:
        return None
    value = rogan_gladen(passed / n, calibration.tpr, calibration.tnr)
    interval = corrected_interval(passed, n, calibration.agreement, calibration.tpr_interval.level)
    return Corrected(n, passed / n, value, interval) if value is not None and interval is not None else None


def _sentence(counts: Agreement, found: float | None, *, enough: bool, may_gate: bool) -> str:
    labels = f"{counts.n} label{'' if counts.n == 1 else 's'}"
    if not enough:
        return (
            f"Too few labels to judge the judge: {labels}, {counts.passes} pass and {counts.fails} fail; "
            f"it takes {FEWEST}, and {FEWEST_EACH} of each"
        )
    if found is None:
        return f"The judge gives one and the same label to all: {labels}; it may not gate a promotion"
    if may_gate:
        return f"The judge agrees with people: kappa {found:.2f} on {labels}; it may gate a promotion"
    told = f"The judge agrees too little with people: kappa {found:.2f} on {labels}"
    return f"{told}; below {GATE} it may not gate a promotion"
