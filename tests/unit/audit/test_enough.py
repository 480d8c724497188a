"""Intervals and sample sizes against published tables and scipy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from bot.domain.audit.enough import chance_of_evidence, judge, margin, smallest_need, tickets_needed
from bot.domain.audit.model import Share, wilson


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_published(count: int, n: int, low: float, high: float) -> None:
    assert wilson(count, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 5_000), st.data())
def test_wilson_holds_the_share(n: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    low, high = wilson(count, n)
    assert 0 <= low <= count / n + 1e-12
    assert count / n - 1e-12 <= high <= 1


@given(st.integers(0, 3_000), st.floats(0.0001, 0.9999))
def test_chance_of_evidence_is_the_binomial_tail(n: int, share: float) -> None:
    assert chance_of_evidence(n, share) == pytest.approx(float(binom.sf(2, n, share)), abs=1e-9)


@pytest.mark.parametrize("share", [0.9, 0.5, 0.1, 0.02, 0.001])
def test_tickets_needed_is_the_least(share: float) -> None:
    needed = tickets_needed(share)
    assert binom.sf(2, needed, share) >= 0.95
    assert needed == 3 or binom.sf(2, needed - 1, share) < 0.95


@given(st.integers(3, 100_000))
def test_smallest_need_is_just_enough(n: int) -> None:
    share = smallest_need(n)
    assert binom.sf(2, n, share) == pytest.approx(0.95, abs=1e-3)


def test_two_percent_needs_313() -> None:
    # Poisson: 6.2958 / .02 = 315; the binomial tail is reached a little sooner
    assert 310 <= judge(1_000, 1_000).needed <= 315
    assert judge(1_000, 1_000).enough
    assert not judge(1_000, 200).enough


def test_wanted_tickets_decide() -> None:
    assert judge(600, 500, wanted=500).enough
    short = judge(600, 499, wanted=500)
    assert not short.enough
    assert "too few for the 500 asked for" in short.sentence


@pytest.mark.parametrize("distinct", [0, 1, 2])
def test_under_three_nothing_is_enough(distinct: int) -> None:
    verdict = judge(10, distinct, wanted=1)
    assert not verdict.enough
    assert verdict.smallest_need is None
    assert "too few for any story" in verdict.sentence


def test_margin_is_the_widest() -> None:
    assert margin(100) == pytest.approx(max((wilson(k, 100)[1] - wilson(k, 100)[0]) / 2 for k in range(101)))


def test_a_census_has_no_interval_and_nothing_no_share() -> None:
    assert Share.of(3, 4) == Share(count=3, n=4, share=0.75)
    assert Share.of(0, 0, sampled=True).share is None
    assert Share.of(81, 263, sampled=True).low == pytest.approx(0.2553, abs=5e-5)
