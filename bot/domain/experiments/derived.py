"""Named metrics of an arm added up over its cells, and the metrics derived from them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.experiments.cells import Case, Cell
from bot.domain.experiments.expressions import parse
from bot.domain.experiments.results import Conclusion
from bot.domain.scoring import Assertion
from bot.errors import InputError

COUNT = "__count"
_SET = "assert-set"


@dataclass(frozen=True, slots=True)
class Named:
    """``total``: scores times their weights; ``weight`` the sum of these; ``count`` assertions."""

    total: float = 0.0
    weight: float = 0.0
    count: int = 0

    @property
    def mean(self) -> float | None:
        return self.total / self.weight if self.weight else None


def named_totals(cells: Iterable[tuple[Case, Cell]]) -> dict[str, Named]:
    """By metric, over the cells of one arm; cells with an error have none."""
    found: dict[str, Named] = {}
    for case, cell in cells:
        weights, counts = _weights(case, cell)
        counts = {name: count or 1 for name, count in counts.items()}
        for name, score in cell.named_scores.items():
            so_far, count = found.get(name, Named()), counts.get(name, 1)
            weight = weights.get(name, count)
            found[name] = Named(so_far.total + score * weight, so_far.weight + weight, so_far.count + count)
    return found


def derive(expressions: Mapping[str, str], totals: Mapping[str, float], count: int) -> dict[str, float]:
    """Each metric worked out of the totals, of ``__count`` cells and of those before it; as in promptfoo
    0 where it cannot be."""
    names = {**totals, COUNT: float(count)}
    found: dict[str, float] = {}
    for name, expression in expressions.items():
        try:
            found[name] = float(parse(expression)(names))
        except (InputError, ArithmeticError, ValueError, TypeError):
            found[name] = 0.0
        names[name] = found[name]
    return found


def with_derived(
    conclusion: Conclusion, expressions: Mapping[str, str], cases: Iterable[Case], cells: Iterable[Cell]
) -> Conclusion:
    """Each arm with its derived metrics among the named ones: of means, like those, so that arms with other
    numbers of cells compare; of totals where the expression itself divides by ``__count``."""
    if not expressions:
        return conclusion
    by_id, by_arm = {case.id: case for case in cases}, defaultdict[str, list[tuple[Case, Cell]]](list)
    for cell in cells:
        if cell.key.case in by_id:
            by_arm[cell.key.arm].append((by_id[cell.key.case], cell))
    arms = tuple(
        replace(arm, named={**arm.named, **_derived(expressions, by_arm[arm.arm])}) for arm in conclusion.arms
    )
    return replace(conclusion, arms=arms)


def _derived(expressions: Mapping[str, str], pairs: Sequence[tuple[Case, Cell]]) -> dict[str, float]:
    totals = named_totals(pairs)
    count = sum(not cell.error for _, cell in pairs)
    of_totals = derive(expressions, {name: each.total for name, each in totals.items()}, count)
    of_means = derive(expressions, {name: each.mean or 0.0 for name, each in totals.items()}, count)
    return {
        name: (of_totals if COUNT in expression else of_means)[name]
        for name, expression in expressions.items()
    }


def _weights(case: Case, cell: Cell) -> tuple[dict[str, float], dict[str, int]]:
    weights: dict[str, float] = {}
    counts: dict[str, int] = {}
    for assertion, part in _pairs(case.assertions, cell.parts):
        _add(weights, part.get("metric"), assertion.weight)
        _add(counts, part.get("metric"), 0 if assertion.members else 1)
        for member, inner in _pairs(assertion.members, part.get("parts", ())):
            _add(counts, inner.get("metric"), 1)
            if inner.get("metric") != part.get("metric"):
                _add(weights, inner.get("metric"), member.weight * assertion.weight)
    return weights, counts


def _add(sums: dict[str, Any], metric: str | None, value: float) -> None:
    if metric:
        sums[metric] = sums.get(metric, 0) + value


def _pairs(
    assertions: tuple[Assertion, ...], parts: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[Assertion, Mapping[str, Any]]]:
    """Assertions with what each said; sets may be told after all others."""
    sets = iter([each for each in assertions if each.type == _SET])
    singles = iter([each for each in assertions if each.type != _SET])
    for part in parts:
        assertion = next(sets if part["type"] is None else singles, None)
        if assertion is not None:
            yield assertion, part
