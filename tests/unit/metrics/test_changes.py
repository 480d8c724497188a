"""What is told as moved: computed by hand, and held against simulated weeks that wobble."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.experiments.results import Interval
from bot.domain.metrics.catalogue import METRICS, Metric
from bot.domain.metrics.changes import Judged, between_weeks, change, changes
from bot.domain.metrics.derived import Figure
from bot.domain.statistics.intervals import wilson

THUMBS, OVERRIDDEN = METRICS["positive_rate"], METRICS["override_rate"]


def share(successes: int, n: int, metric: Metric = THUMBS) -> Figure:
    return Figure(metric, successes / n if n else None, wilson(successes, n) if n else None, n)


def quiet(value: float, width: float = 0.02, n: int = 500) -> Figure:
    return Figure(THUMBS, value, Interval(value - width, value + width), n)


def test_a_clear_fall_is_worse_and_of_overrides_better() -> None:
    weeks = [share(850 + step, 1000) for step in (3, -4, 2, -1)]
    (found,) = changes([share(700, 1000)], [share(3400, 4000)], [[week] for week in weeks])
    assert found.judged is Judged.WORSE
    assert found.difference == pytest.approx(-0.15)
    assert found.interval is not None
    assert found.interval.high < 0
    weeks = [share(850 + step, 1000, OVERRIDDEN) for step in (3, -4, 2, -1)]
    (found,) = changes(
        [share(700, 1000, OVERRIDDEN)], [share(3400, 4000, OVERRIDDEN)], [[week] for week in weeks]
    )
    assert found.judged is Judged.BETTER


def test_the_same_fall_is_noise_where_weeks_wobble_as_much() -> None:
    weeks = [[share(each, 1000)] for each in (700, 950, 720, 930, 760, 940)]
    (found,) = changes([share(700, 1000)], [share(5000, 6000)], weeks)
    assert found.judged is Judged.NOISE
    assert found.wobble > 0.08


@pytest.mark.parametrize(("now", "before"), [((3, 5), (80, 100)), ((80, 100), (4, 6)), ((0, 0), (80, 100))])
def test_too_few_are_not_judged(now: tuple[int, int], before: tuple[int, int]) -> None:
    (found,) = changes([share(*now)], [share(*before)], [])
    assert found.judged is Judged.TOO_FEW
    assert found.interval is None


def test_without_wobble_it_is_newcombes_interval() -> None:
    """Newcombe (1998), table II: 56/70 against 48/80 gives .0524 to .3339. With four weeks alike there is no
    wobble to add."""
    weeks = [share(480, 800) for _ in range(4)]
    found = change(share(56, 70), share(48, 80), weeks)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((0.0524, 0.3339), abs=2e-4)


def test_the_wobble_is_what_the_numbers_do_not_explain() -> None:
    """All of one width: DerSimonian and Laird's is then the sample variance less the variance within."""
    values = [0.70, 0.80, 0.75, 0.85, 0.65]
    within = (0.02 / 1.959964) ** 2
    expected = math.sqrt(float(np.var(values, ddof=1)) - within)
    assert between_weeks([quiet(value) for value in values]) == pytest.approx(expected, rel=1e-4)
    assert between_weeks([quiet(0.8)] * 9) == 0
    assert between_weeks([]) == 0


@pytest.mark.parametrize(("wobble", "n"), [(0.0, 200), (0.03, 300), (0.05, 1000)])
def test_quiet_weeks_rarely_move(wobble: float, n: int) -> None:
    """Weeks of one level that wobble: of 400 histories at most 7 in a hundred are told as moved (95 % of
    them .05 would stay under .074)."""
    draw = np.random.default_rng(7)
    moved = 0
    for _ in range(400):
        levels = np.clip(0.8 + wobble * draw.standard_normal(9), 0.01, 0.99)
        counts = draw.binomial(n, levels)
        weeks = [share(int(count), n) for count in counts]
        pooled = share(int(counts[4:8].sum()), 4 * n)
        moved += changes([weeks[8]], [pooled], [[week] for week in weeks[:8]])[0].moved
    assert moved / 400 <= 0.074


@given(
    st.tuples(st.integers(0, 500), st.integers(0, 500)),
    st.tuples(st.integers(0, 500), st.integers(0, 500)),
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=8),
)
def test_the_interval_holds_the_difference_whatever_comes(
    now: tuple[int, int], before: tuple[int, int], weeks: list[tuple[int, int]]
) -> None:
    def figure(pair: tuple[int, int]) -> Figure:
        return share(pair[0], pair[0] + pair[1])

    (found,) = changes([figure(now)], [figure(before)], [[figure(week)] for week in weeks])
    if found.interval is None:
        assert found.judged is Judged.TOO_FEW
    else:
        assert found.difference is not None
        assert found.interval.low <= found.difference <= found.interval.high
        assert found.moved == (found.judged in (Judged.BETTER, Judged.WORSE))
