"""Why a rate fell: one segment got worse, one segment grew, everything got worse, or nothing did.

Each answer is a model of the cells before and after. Rates are logistic with one effect per value of every
dimension (so that a value's level is not taken for its neighbours'); on top comes a fall after the change: of
one value, of all, or of none. How much a value's share grew is judged beside it. The answers are weighed by
their marginal likelihoods (Laplace; Kass and Raftery 1995), every kind of cause as likely beforehand as
every other, every dimension within a kind, every value within a dimension. So the many values pay for being
many, and "it fell everywhere" is an answer like any other, not what is left over.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_ndtr, logsumexp

Floats = NDArray[np.float64]

_FALL: Final = 1.0
"""Half-normal scale of a fall of everything, in logits: 90 % to 77 %."""
_LOCAL_FALL: Final = 1.5
"""The same of one value. To be noticed in the whole it has to be deeper."""
_GROWTH: Final = 1.5
"""Half-normal scale of a growth, in logits of the share: 5 % to 19 %."""
_WOBBLE: Final = 0.05
"""Standard deviation of rates between any two periods, in logits, nothing having happened."""
_DRIFTING: Final = 0.1
"""The same of shares."""
_LEVELS: Final = 1.0
"""Standard deviation of values' levels about the mean, in logits: keeps a value with few rows finite."""
_BOTH: Final = 0.1
"""How often a segment grows while rates fall for another reason: its growth is then nobody's evidence."""
_ROUNDS: Final = 8
_VALUES: Final = 30
"""Of a dimension, the most frequent: who has a thousand customers learns of the thirty largest."""

Answer = tuple["CauseKind", str, str]
"""Kind, dimension and value."""


class CauseKind(StrEnum):
    """What can be said of a fall."""

    NONE = "none"
    GLOBAL_DROP = "global_drop"
    RATE_DROP = "rate_drop"
    MIX_GROWTH = "mix_growth"


@dataclass(frozen=True, slots=True)
class Cell:
    """Rows that agree in every dimension, in one of the two periods."""

    after: bool
    values: Mapping[str, str]
    n: int
    successes: int


@dataclass(frozen=True, slots=True)
class Split:
    """The change of the rate over one dimension, in points of 1: ``mix`` of values that became more or less
    frequent, ``rate`` of values that became better or worse. They add up to the change (Kitagawa 1955)."""

    dim: str
    mix: float
    rate: float


@dataclass(frozen=True, slots=True)
class Cause:
    """The likeliest answer; ``dim`` and ``value`` are empty where no single one explains it. ``probability``
    is that of this answer among all that were weighed."""

    kind: CauseKind
    dim: str
    value: str
    probability: float
    splits: tuple[Split, ...] = ()


def explain(cells: Sequence[Cell]) -> Cause:
    """Of a rate that fell between two periods. For one that rose, hand in the failures as successes.

    Raises ValueError where a period has no rows.
    """
    rows = [cell for cell in cells if cell.n > 0]
    if {cell.after for cell in rows} != {False, True}:
        raise ValueError("Both periods need rows.")
    weighed = _weighed(rows)
    kind, dim, value = max(weighed, key=lambda answer: weighed[answer])
    probability = math.exp(weighed[kind, dim, value] - float(logsumexp(list(weighed.values()))))
    return Cause(kind, dim, value, probability, tuple(split(rows, dim) for dim in _values(rows)))


def split(cells: Iterable[Cell], dim: str) -> Split:
    """The change over one dimension, parted between shares and rates at the periods' means."""
    n: Counter[tuple[bool, str]] = Counter()
    hits: Counter[tuple[bool, str]] = Counter()
    for cell in cells:
        n[cell.after, cell.values[dim]] += cell.n
        hits[cell.after, cell.values[dim]] += cell.successes
    total = {when: sum(rows for (after, _), rows in n.items() if after is when) for when in (False, True)}
    mix = rate = 0.0
    for value in {value for _, value in n}:
        was, now = n[False, value] / total[False], n[True, value] / total[True]
        rates = [hits[when, value] / n[when, value] for when in (False, True) if n[when, value]]
        mix += (now - was) * (rates[0] + rates[-1]) / 2  # of a period without rows: as in the other
        rate += (rates[-1] - rates[0]) * (was + now) / 2
    return Split(dim, mix, rate)


def _weighed(rows: Sequence[Cell]) -> dict[Answer, float]:
    """Log evidence of every answer, with how likely it was beforehand."""
    values = _values(rows)
    model = _RateModel(rows, values)
    everywhere = np.ones(len(rows), bool)
    quiet = model.evidence(everywhere, _WOBBLE, fell=False)
    fallen = model.evidence(everywhere, _FALL, fell=True)
    rates: dict[Answer, float] = {(CauseKind.GLOBAL_DROP, "", ""): fallen}
    mixes: dict[Answer, float] = {}
    for dim, among in values.items():
        prior = -math.log(len(values) * len(among))
        for value in among:
            inside = np.array([row.values[dim] == value for row in rows])
            rates[CauseKind.RATE_DROP, dim, value] = prior + model.evidence(inside, _LOCAL_FALL, fell=True)
            if model.below(inside):
                mixes[CauseKind.MIX_GROWTH, dim, value] = prior + model.growth(inside)
    beside = float(logsumexp([math.log(1 - _BOTH), *(math.log(_BOTH) + grew for grew in mixes.values())]))
    weighed: dict[Answer, float] = {(CauseKind.NONE, "", ""): quiet}
    weighed |= {answer: evidence + beside for answer, evidence in rates.items()}
    weighed |= {answer: evidence + quiet for answer, evidence in mixes.items()}
    return weighed


def _values(rows: Sequence[Cell]) -> dict[str, list[str]]:
    """The most frequent values of each dimension that has at least two, which alone can tell one from the
    rest."""
    found = {}
    for dim in rows[0].values:
        counts: Counter[str] = Counter()
        for row in rows:
            counts[row.values[dim]] += row.n
        if len(counts) > 1:
            found[dim] = sorted(value for value, _ in counts.most_common(_VALUES))
    return found


class _RateModel:
    """Logistic rates: an effect of every value, and one fall of chosen rows after the change."""

    def __init__(self, rows: Sequence[Cell], values: Mapping[str, Sequence[str]]) -> None:
        self._n = np.array([row.n for row in rows], float)
        self._hits = np.array([row.successes for row in rows], float)
        self._after = np.array([row.after for row in rows])
        columns = [
            [row.values[dim] == value for row in rows] for dim, among in values.items() for value in among
        ]
        levels = [np.ones(len(rows)), *(np.array(column, float) for column in columns)]
        self._levels: Floats = np.column_stack(levels)

    def evidence(self, inside: NDArray[np.bool_], width: float, *, fell: bool) -> float:
        """Log marginal likelihood, but for what all answers share, of a change of these rows by some
        ``width``; either way, or only down if they ``fell``."""
        design = np.column_stack([self._levels, inside & self._after])
        likelihood, found, error = self._fitted(design.astype(float), width)
        fit = likelihood + math.log(error / width)
        return fit + math.log(2) + float(log_ndtr(-found / error)) if fell else fit

    def _fitted(self, design: Floats, width: float) -> tuple[float, float, float]:
        """Penalised log likelihood at its maximum, the last effect and its standard error (Newton)."""
        precision = np.full(design.shape[1], _LEVELS**-2)
        precision[0], precision[-1] = 1e-4, width**-2
        effects = np.zeros(design.shape[1])
        effects[0] = math.log((self._hits.sum() + 0.5) / (self._n.sum() - self._hits.sum() + 0.5))
        for _ in range(_ROUNDS):
            rates = expit(design @ effects)
            curvature = design.T @ (design * (self._n * rates * (1 - rates))[:, None]) + np.diag(precision)
            effects += np.linalg.solve(
                curvature, design.T @ (self._hits - self._n * rates) - precision * effects
            )
        logits = design @ effects
        likelihood = float(self._hits @ logits - self._n @ np.logaddexp(0.0, logits))
        error = math.sqrt(np.linalg.inv(curvature)[-1, -1])
        return likelihood - 0.5 * float(precision @ effects**2), float(effects[-1]), error

    def below(self, inside: NDArray[np.bool_]) -> bool:
        """Whether these rows' rate is below the others', so that more of them pull the whole down."""
        hits, n = self._hits @ inside, self._n @ inside
        return bool(hits * (self._n.sum() - n) < (self._hits.sum() - hits) * n)

    def growth(self, inside: NDArray[np.bool_]) -> float:
        """How many times likelier (log) these rows' shares are if they grew than if they wobbled."""
        periods = [~self._after, self._after]
        held = np.array([self._n @ (inside & when) for when in periods]) + 0.5
        rest = np.array([self._n @ (~inside & when) for when in periods]) + 0.5
        grew = math.log(held[1] / rest[1]) - math.log(held[0] / rest[0])
        error = math.sqrt((1 / held + 1 / rest).sum())
        still, wide = math.hypot(error, _DRIFTING), math.hypot(error, _GROWTH)
        ratio = math.log(still / wide) + 0.5 * ((grew / still) ** 2 - (grew / wide) ** 2)
        return ratio + math.log(2) + float(log_ndtr(grew * _GROWTH / (error * wide)))
