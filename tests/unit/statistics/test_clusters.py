"""Rows that cluster: the interval widens as far as rows of one user are alike, and covers what it says."""

import math
import statistics

import numpy as np
import pytest

from bot.domain.statistics.clusters import ClusterSums, clustered_mean, clustered_share, effective_number
from bot.domain.statistics.intervals import wilson


def sums_of(clusters: list[list[float]]) -> ClusterSums:
    found = ClusterSums()
    for rows in clusters:
        x, n = math.fsum(rows), len(rows)
        found += ClusterSums(1, x, n, x * x, x * n, n * n)
    return found


def test_rows_of_nobody_known_are_as_good_as_independent() -> None:
    single = sums_of([[1.0]] * 60 + [[0.0]] * 40)
    assert effective_number(single) == pytest.approx(99 * (1.959964 / 1.984217) ** 2, rel=1e-5)
    plain, found = wilson(60, 100), clustered_share(single)
    assert [found.low, found.high] == [
        pytest.approx(plain.low, abs=0.003),
        pytest.approx(plain.high, abs=0.003),
    ]


def test_ten_rows_of_one_mind_count_about_as_one() -> None:
    alike = sums_of([[1.0] * 10] * 30 + [[0.0] * 10] * 20)
    assert 44 < effective_number(alike) < 50  # 500 rows of 50 users
    assert sums_of([[1.0] * 10] * 30).clusters == effective_number(sums_of([[1.0] * 10] * 30)) == 30


def test_the_mean_of_equal_clusters_is_the_t_interval_of_their_means() -> None:
    """scipy and the textbook agree: with clusters of one size it is Student's on the clusters' means."""
    clusters = [[2.0, 4.0], [1.0, 1.0], [5.0, 9.0], [3.0, 2.0]]
    means = [statistics.fmean(rows) for rows in clusters]
    half = 3.182446 * statistics.stdev(means) / 2  # t of 3 degrees
    found = clustered_mean(sums_of(clusters))
    assert found is not None
    middle = statistics.fmean(means)
    assert [found.low, found.high] == [
        pytest.approx(middle - half, rel=1e-6),
        pytest.approx(middle + half, rel=1e-6),
    ]
    assert clustered_mean(sums_of([[1.0, 2.0]])) is None


def test_it_covers_where_the_plain_interval_does_not() -> None:
    """40 users of a mind of their own (Beta(2, 1)), 5 to 15 rows each, 600 times: Wilson on rows covers the
    true two thirds in under 85 %, on the effective number in 93 % or more."""
    random = np.random.default_rng(5)
    naive = clustered = 0
    for _ in range(600):
        sizes = random.integers(5, 16, 40)
        hits = random.binomial(sizes, random.beta(2, 1, 40))
        sums = ClusterSums(
            40, float(hits.sum()), int(sizes.sum()), float((hits**2).sum()), float((hits * sizes).sum()),
            float((sizes**2).sum()),
        )  # fmt: skip
        plain, found = wilson(sums.x, sums.n), clustered_share(sums)
        naive += plain.low <= 2 / 3 <= plain.high
        clustered += found.low <= 2 / 3 <= found.high
    assert naive < 510
    assert clustered >= 558
