"""Slices that deserve a word beside the verdict: where a candidate got worse, and where it gained most."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.experiments.results import PASS_RATE, Conclusion, SliceResult
from bot.domain.experiments.telling import level


@dataclass(frozen=True, slots=True)
class Notable:
    """One slice in words: "plant care, 14 of 15 → 5 of 15"; ``candidate`` is "" where there is only one."""

    worse: bool
    text: str
    candidate: str = ""


def notable_slices(found: Conclusion) -> tuple[Notable, ...]:
    """The slice that lost most and the one that gained most, of those that are beyond doubt.

    Beyond doubt: enough cases, an interval on one side of 0, and a p that survives the correction over all
    slices (Benjamini and Hochberg). After an early look there are none: no slice's p is valid then.
    """
    if any(one.stopped_early for one in found.comparisons):
        return ()
    several = len(found.comparisons) > 1
    lost = min(_proven(found, -1), key=_difference, default=None)
    gained = max(_proven(found, 1), key=_difference, default=None)
    return tuple(
        Notable(each is lost, _told(each, found), each.candidate if several else "")
        for each in (lost, gained)
        if each is not None
    )


def _proven(found: Conclusion, side: int) -> Sequence[SliceResult]:
    return [
        each
        for each in found.slices
        if each.judged
        and each.interval is not None
        and min(side * each.interval.low, side * each.interval.high) > 0
        and each.p_adjusted is not None
        and each.p_adjusted <= found.alpha
    ]


def _difference(each: SliceResult) -> float:
    return each.difference or 0.0


def _told(each: SliceResult, found: Conclusion) -> str:
    """Passes of cases where each case is one answer; else levels, since means of repeats are no counts."""
    values = each.baseline_value or 0.0, each.candidate_value or 0.0
    single = all(arm.flaky is None for arm in found.arms) and each.clusters == each.n
    if found.measure == PASS_RATE and single:
        before, after = (f"{round(value * each.n)} of {each.n}" for value in values)
        return f"{each.value}, {before} → {after}"
    before, after = (level(value, found.measure) for value in values)
    return f"{each.value}, {before} → {after}, n = {each.n}"
