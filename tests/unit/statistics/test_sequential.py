"""E-values and confidence sequences: exact where there is a formula, valid by enumeration."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from bot.domain.statistics.sequential import bet, confidence_sequence, mcnemar_e


@pytest.mark.parametrize(("wins", "losses"), [(0, 0), (1, 0), (6, 0), (10, 4), (200, 150)])
def test_mcnemar_e_is_the_beta_mixture(wins: int, losses: int) -> None:
    log = special.betaln(wins + 1, losses + 1) + (wins + losses) * math.log(2)
    assert mcnemar_e(wins, losses) == pytest.approx(math.exp(log))


def test_an_e_value_is_one_on_average_without_a_difference() -> None:
    """What makes it an e-value: over all outcomes of 12 fair coins its mean is exactly 1."""
    mean = sum(math.comb(12, b) / 2**12 * mcnemar_e(b, 12 - b) for b in range(13))
    assert mean == pytest.approx(1)


def test_looking_after_every_pair_errs_at_most_alpha() -> None:
    """All paths of 300 fair discordant pairs, by dynamic programming: e >= 20 is reached in at most 5 %."""
    alive, stopped = {0: 1.0}, 0.0
    for n in range(1, 301):
        following: dict[int, float] = {}
        for wins, chance in alive.items():
            for now in (wins, wins + 1):
                if mcnemar_e(now, n - now) >= 20:
                    stopped += chance / 2
                else:
                    following[now] = following.get(now, 0.0) + chance / 2
        alive = following
    assert 0.005 < stopped <= 0.05


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 30), st.integers(0, 50))
def test_betting_on_wins_and_losses_is_mcnemars_e(wins: int, losses: int, ties: int) -> None:
    values = np.repeat([1.0, -1.0, 0.0], [wins, losses, ties])
    assert bet(values) == pytest.approx(mcnemar_e(wins, losses), rel=1e-6)


@settings(deadline=None)
@given(st.lists(st.floats(-1, 1), min_size=1, max_size=30), st.sampled_from([0.05, 0.01]))
def test_the_sequence_excludes_just_what_the_bets_refute(values: list[float], alpha: float) -> None:
    seen = np.array(values)
    found = confidence_sequence(seen, alpha)
    assert -1 <= found.low <= seen.mean() <= found.high <= 1
    assert (bet(seen) >= 1 / alpha) == (not found.low < 0 < found.high) or min(
        abs(found.low), abs(found.high)
    ) < 1e-5


def test_a_sequence_at_its_limits() -> None:
    nothing = confidence_sequence(np.array([]))
    assert (nothing.low, nothing.high) == (-1, 1)
    ties = confidence_sequence(np.zeros(500))
    assert -0.03 < ties.low < 0 < ties.high < 0.03
    won = confidence_sequence(np.ones(30))
    assert won.high == 1
    assert won.low > 0.5


def test_a_wide_lead_is_no_infinity() -> None:
    assert math.isfinite(mcnemar_e(5_000, 0))
    assert math.isfinite(bet(np.ones(5_000)))


def test_the_sequence_narrows_with_the_sample() -> None:
    values = np.random.default_rng(3).choice([1.0, -1.0, 0.0, 0.5], 400)
    widths = [found.high - found.low for found in (confidence_sequence(values[:n]) for n in (20, 100, 400))]
    assert widths == sorted(widths, reverse=True)
