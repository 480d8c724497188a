"""Which slices deserve a word beside the verdict, and which do not."""

from collections.abc import Sequence

from bot.domain.experiments.cells import Case, Cell
from bot.domain.experiments.notable import Notable, notable_slices
from bot.domain.experiments.result import conclude
from tests.unit.experiments.made import BASE, NEW, arms, cell


def table(*groups: tuple[str, int, int, int]) -> tuple[list[Cell], list[Case]]:
    """(slice, both pass, only the base, only the candidate) for each slice."""
    rows = [
        (name, base, new)
        for name, both, old, fresh in groups
        for base, new in [(1.0, 1.0)] * both + [(1.0, 0.0)] * old + [(0.0, 1.0)] * fresh
    ]
    cells = arms({BASE: [row[1] for row in rows], NEW: [row[2] for row in rows]})
    return cells, [Case(f"c{i}", slices={"about": row[0]}) for i, row in enumerate(rows)]


def told(made: tuple[Sequence[Cell], Sequence[Case]], *, early: bool = False) -> tuple[Notable, ...]:
    cells, cases = made
    return notable_slices(conclude(cells, cases=cases, baseline=BASE, stopped_early=early))


def test_the_slice_that_lost_most_and_the_one_that_gained_most() -> None:
    made = table(
        ("plant care", 5, 9, 0), ("parcels", 8, 0, 12), ("returns", 12, 0, 8), ("greetings", 20, 1, 1)
    )
    assert told(made) == (
        Notable(worse=True, text="plant care, 14 of 14 → 5 of 14"),
        Notable(worse=False, text="parcels, 8 of 20 → 20 of 20"),
    )


def test_what_chance_explains_is_not_named() -> None:
    """8 of 9 -> 2 of 9 is too few; 3 losses of 20 is p = .125; both say nothing."""
    assert told(table(("plant care", 2, 6, 1), ("parcels", 17, 3, 0))) == ()


def test_one_of_many_slices_has_to_survive_the_correction() -> None:
    """6 losses, none won: mid-p .016, proven alone; among twenty such slices it is not."""
    alone = ("odd", 14, 6, 0)
    assert [each.worse for each in told(table(alone))] == [True]
    assert told(table(alone, *((f"even {i}", 18, 1, 1) for i in range(19)))) == ()


def test_after_an_early_look_no_slice_is_named() -> None:
    assert told(table(("plant care", 5, 9, 0)), early=True) == ()


def test_repeats_are_told_as_rates_and_several_candidates_by_name() -> None:
    cells, cases = table(("plant care", 6, 10, 0))
    again = [cell(one.key.arm, one.key.case, one.score, 1) for one in cells]
    third = [cell("reply@5", one.key.case, 1.0, k) for k in (0, 1) for one in cells if one.key.arm == BASE]
    assert told(([*cells, *again, *third], cases)) == (
        Notable(worse=True, text="plant care, 100 % → 37.5 %, n = 16", candidate=NEW),
    )
