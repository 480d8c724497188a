"""What a set can show and how many cases more would show a given difference, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.experiments.cells import Case

STEPS = (0.2, 0.1, 0.05, 0.03)


@dataclass(frozen=True, slots=True)
class SizeAdvice:
    """``units`` are independent groups of cases; ``detectable`` the smallest difference of pass rates that
    they show four times in five (None: none at all); ``wanted`` is (difference, cases needed) for a few
    differences, None where more than anybody collects."""

    cases: int
    units: int
    repeats: int
    detectable: float | None
    wanted: tuple[tuple[float, int | None], ...]
    sentences: tuple[str, ...]


def size_advice(
    cases: Sequence[Case], *, repeats: int = 1, candidates: int = 1, wanted: float | None = None
) -> SizeAdvice:
    """``wanted``: a difference of pass rates to be shown (0.05: five points); by default a few of them."""
    from bot.domain.experiments.sizes import advise, cases_to_show

    units = len({case.cluster or f"case {case.id}" for case in cases})
    size = advise(units, candidates=candidates)
    steps = (wanted,) if wanted is not None else STEPS
    needed = tuple((step, cases_to_show(step, candidates=candidates)) for step in steps)
    said = [f"{size.sentence}{_grouped(len(cases), units)}."]
    said += [_needed(step, count, units) for step, count in needed]
    if repeats > 1:
        said.append(
            f"{repeats} repeats make each case's result steadier; they do not stand in for more cases."
        )
    if candidates > 1:
        said.append(
            f"Counted for {candidates} candidates against one baseline, corrected for trying several."
        )
    return SizeAdvice(len(cases), units, repeats, size.detectable, needed, tuple(said))


def _grouped(cases: int, units: int) -> str:
    if cases == units:
        return ""
    return f" ({cases:,} cases, but those of one thread or customer count as one: {units:,} groups)"


def _needed(step: float, count: int | None, units: int) -> str:
    points = f"{100 * step:g} points"
    if count is None:
        return f"To show {points}: more cases than anybody collects."
    if count <= units:
        return f"To show {points}: enough ({count:,} needed)."
    return f"To show {points}: {count:,} cases, {count - units:,} more than now."
