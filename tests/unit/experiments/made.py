"""Experiments made by hand for the tests: scores in, cells out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.experiments.cells import Case, Cell, CellKey

BASE, NEW = "reply@3", "reply@4"


def cell(arm: str, case: str, score: float | None, repeat: int = 0, **rest: Any) -> Cell:
    """A cell with a score; None is a failed call."""
    made = Cell(
        CellKey(arm, case, repeat),
        score=score,
        passed=None if score is None else score >= 0.5,
        error="" if score is not None else "timed out",
    )
    return replace(made, **rest)


def arms(scores: Mapping[str, Sequence[float | None]], **rest: Any) -> list[Cell]:
    """One cell for each score, cases c0, c1, …"""
    return [
        cell(arm, f"c{i}", score, **rest) for arm, values in scores.items() for i, score in enumerate(values)
    ]


Scores = dict[str, list[float | None]]


def pairs(wins: int, losses: int, passes: int, fails: int = 0) -> Scores:
    """Scores of two arms: so many cases won and lost by the candidate, the rest the same in both."""
    base = [0.0] * wins + [1.0] * losses + [1.0] * passes + [0.0] * fails
    new = [1.0] * wins + [0.0] * losses + [1.0] * passes + [0.0] * fails
    return {BASE: list(base), NEW: list(new)}


def with_costs(cells: Sequence[Cell], costs: Mapping[str, float]) -> list[Cell]:
    """Each cell at its arm's price, a little different from case to case."""
    return [replace(one, cost=costs[one.key.arm] * (1 + 0.2 * (int(one.key.case[1:]) % 3))) for one in cells]


def in_slices(count: int, column: str, values: Sequence[str]) -> list[Case]:
    return [Case(f"c{i}", slices={column: values[i % len(values)]}) for i in range(count)]
