"""The scan: chance is as it says, and what was planted is found."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.domain.drift.scan import Crowd, nearest, scan

Vectors = NDArray[np.float64]


def unit(rng: np.random.Generator, n: int) -> Vectors:
    drawn: Vectors = rng.standard_normal((n, 8))
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn


def scanned(vectors: Vectors, new: NDArray[np.bool_]) -> Crowd | None:
    rows = np.flatnonzero(new)
    near = nearest((vectors[rows] @ vectors.T).astype(np.float32), rows)
    return scan(near, rows, new)


def beta(a: float, b: float) -> float:
    return math.exp(math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b))


def test_a_planted_topic_is_found_with_its_members() -> None:
    rng = np.random.default_rng(1)
    vectors = unit(rng, 260)
    vectors[250:] = vectors[250] + 0.01 * rng.standard_normal((10, 8))
    vectors[250:] /= np.linalg.norm(vectors[250:], axis=1, keepdims=True)
    new = np.arange(260) >= 220
    crowd = scanned(vectors, new)
    assert crowd is not None
    assert crowd.p < 1e-3
    assert crowd.known == 0
    assert set(crowd.members) <= set(range(250, 260))


def test_p_is_the_beta_binomial_tail_times_the_places() -> None:
    """One place by hand: 20 texts on a line, the four new ones together, 8 nearest hold the other three."""
    points = np.array([[math.cos(a), math.sin(a)] for a in np.linspace(0, 1, 20)])
    new = np.arange(20) >= 16
    crowd = scanned(points, new)
    assert crowd is not None
    share = 3 / 19
    precision = 1 / (0.2**2 * share * (1 - share)) - 1
    a, b = share * precision, (1 - share) * precision
    tail = sum(math.comb(8, k) * beta(k + a, 8 - k + b) / beta(a, b) for k in range(3, 9))
    assert crowd.p == pytest.approx(tail * 4)
    assert (len(crowd.members), crowd.known) == (4, 5)


def test_without_a_change_p_is_small_no_more_often_than_it_says() -> None:
    rng = np.random.default_rng(2)
    new = np.arange(150) >= 120
    small = sum(found.p <= 0.1 for _ in range(200) if (found := scanned(unit(rng, 150), new)))
    assert small <= 200 * 0.1 + 2 * math.sqrt(200 * 0.1 * 0.9)


def test_too_few_texts_say_nothing() -> None:
    rng = np.random.default_rng(3)
    assert scanned(unit(rng, 12), np.arange(12) >= 8) is None
    assert scanned(unit(rng, 60), np.arange(60) >= 59) is None


def test_texts_that_come_every_week_make_no_crowd() -> None:
    """Thirty sentences, each there once a week: all ties, and the newest are not preferred."""
    places = np.tile(np.eye(30), (4, 1))
    crowd = scanned(places, np.arange(120) >= 90)
    assert crowd is not None
    assert crowd.p == 1.0
