"""Groups: right where they are plain, the same in any order, and nobody lost in small logs."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.clustering import build_themes, group_tickets, grouping
from bot.domain.clustering.graph import nearest
from bot.domain.clustering.grouping import measure
from bot.domain.clustering.partition import _cosine_to_others, group_sums, separation
from bot.domain.tickets import Ticket
from bot.errors import InputError
from tests.unit.themes.blobs import agreement, blobs, partition, tickets


@pytest.mark.parametrize("sizes", [[40] * 6, [200, 80, 40, 20, 10], [15] * 30, [60, 60]])
def test_plain_groups_are_found_whatever_their_number_and_size(sizes: list[int]) -> None:
    vectors, truth = blobs(sizes)

    found = group_tickets(tickets(truth), vectors)

    assert agreement(found.labels, truth) > 0.9


@pytest.mark.parametrize("n", [0, 1, 2, 3, 10, 29, 30, 50])
def test_small_logs_keep_every_ticket(n: int) -> None:
    vectors, _ = blobs([1] * min(n, 40) + [1] * max(0, n - 40), dim=64)
    log = tickets(np.arange(n))

    found = group_tickets(log, vectors)
    themes = build_themes(log, vectors, found)

    assert (found.labels >= 0).all()
    assert sorted(ticket_id for theme in themes for ticket_id in theme.ticket_ids) == [
        t.ticket_id for t in log
    ]
    assert all(theme.emerging for theme in themes if theme.tickets < 3)


def test_three_tickets_about_one_thing_are_one_theme_and_a_stranger_stays_alone() -> None:
    vectors, truth = blobs([3, 1], spread=0.02)

    assert group_tickets(tickets(truth), vectors).labels.tolist() == [0, 0, 0, 1]


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([[9, 5, 2], [30, 25, 20, 10]]))
def test_the_order_of_tickets_changes_nothing(random: Random, sizes: list[int]) -> None:
    vectors, truth = blobs(sizes, spread=0.12)
    log = tickets(truth)
    shuffled = list(range(len(log)))
    random.shuffle(shuffled)

    before = build_themes(log, vectors, group_tickets(log, vectors))
    moved, moved_vectors = [log[i] for i in shuffled], vectors[shuffled]
    after = build_themes(moved, moved_vectors, group_tickets(moved, moved_vectors))

    assert partition(after) == partition(before)
    assert [(t.id, t.name, t.quote) for t in after] == [(t.id, t.name, t.quote) for t in before]


def test_repeated_texts_stay_together_and_do_not_crowd_out_the_rest() -> None:
    vectors, truth = blobs([40, 40, 40])
    log = tickets(truth)
    repeated = [replace(log[0], ticket_id=f"again-{i}", text=f"  {log[0].text.upper()} ") for i in range(500)]

    found = group_tickets([*log, *repeated], np.vstack([vectors, np.repeat(vectors[:1], 500, axis=0)]))

    assert len(set(found.labels[120:].tolist()) | {int(found.labels[0])}) == 1
    assert agreement(found.labels[:120], truth) > 0.9


def test_texts_without_words_are_in_no_group() -> None:
    vectors, truth = blobs([20, 20])
    log = tickets(truth)
    for row, text in (
        (0, ""),
        (5, "  \n"),
        (7, "[EMAIL_1] [PHONE_2]"),
        (9, "12345 !!!"),
        (11, "XXXX XX/XX/XXXX"),
    ):
        log[row] = replace(log[row], text=text)

    labels = group_tickets(log, vectors).labels

    assert np.flatnonzero(labels < 0).tolist() == [0, 5, 7, 9, 11]


def test_fewer_merges_what_lies_nearest() -> None:
    """Eight needs, two by two in one direction."""
    apart, truth = blobs([30] * 8, spread=0.05, dim=60)
    pairs, _ = blobs([60] * 4, spread=0, dim=60, seed=1)
    vectors = apart + 0.7 * pairs
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    log = tickets(truth)

    normal, fewer = (group_tickets(log, vectors, granularity=g) for g in ("normal", "fewer"))

    assert agreement(normal.labels, truth) == 1
    assert agreement(fewer.labels, truth // 2) == 1


def test_more_finds_needs_that_normal_takes_together() -> None:
    rng = np.random.default_rng(3)
    vectors = blobs([400], spread=0.5, dim=12)[0] + rng.normal(scale=0.05, size=(400, 12)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    log = tickets(np.zeros(400, np.intp))

    groups = [group_tickets(log, vectors, granularity=g).groups for g in ("fewer", 1.0, "normal", "more")]

    assert groups[0] < groups[1] == groups[2] < groups[3]


@pytest.mark.parametrize("granularity", ["coarse", "", 0.0, -1.0, float("nan"), float("inf")])
def test_an_unknown_granularity_is_refused_in_words(granularity: str | float) -> None:
    with pytest.raises(InputError, match="is no granularity"):
        group_tickets([Ticket("a", "text")], np.ones((1, 2), np.float32), granularity=granularity)


def test_seeds_make_themes_of_their_name_and_leave_the_rest() -> None:
    vectors, truth = blobs([40, 40, 40])
    centres = np.stack([vectors[truth == group].mean(axis=0) for group in (1, 2)])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    log = tickets(truth)

    found = group_tickets(log, vectors, seeds=("refund problems", "logging in"), seed_vectors=centres)
    themes = build_themes(log, vectors, found)

    by_name = {theme.name: set(theme.ticket_ids) for theme in themes}
    assert by_name["refund problems"] == {log[row].ticket_id for row in np.flatnonzero(truth == 1)}
    assert by_name["logging in"] == {log[row].ticket_id for row in np.flatnonzero(truth == 2)}


def test_a_seed_that_nobody_wrote_about_makes_no_theme() -> None:
    vectors, truth = blobs([30, 30, 1])
    log = tickets(truth)[:60]

    found = group_tickets(log, vectors[:60], seeds=("space travel",), seed_vectors=vectors[60:])

    assert not found.names
    assert (found.labels >= 0).all()


def test_beyond_the_limit_the_rest_join_the_nearest_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "MOST_CLUSTERED", 120)
    vectors, truth = blobs([100, 100, 100])
    log = tickets(truth)

    found = group_tickets(log, vectors)

    assert (found.labels >= 0).all()
    assert agreement(found.labels, truth) > 0.9


def test_measures_are_cosines_to_centroids() -> None:
    vectors, truth = blobs([5, 5, 5], spread=0.2)
    truth = truth.copy()
    truth[3] = -1

    found = measure(vectors, truth)

    centroids = np.stack([vectors[truth == group].mean(axis=0) for group in range(3)])
    centroids /= np.linalg.norm(centroids, axis=1, keepdims=True)
    cosines = vectors @ centroids.T
    for row, group in enumerate(truth):
        if group < 0:
            assert found.centrality[row] == found.margin[row] == 0
            continue
        assert found.centrality[row] == pytest.approx(cosines[row, group], abs=1e-5)
        others = np.delete(cosines[row], group).max()
        assert found.margin[row] == pytest.approx(cosines[row, group] - others, abs=1e-5)


@given(st.integers(2, 700), st.integers(1, 8), st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_neighbours_are_exact(n: int, k: int, seed: int) -> None:
    k = min(k, n - 1)
    vectors, _ = blobs([n], spread=1, dim=8, seed=seed)

    found = nearest(vectors, k)

    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2)
    np.testing.assert_allclose(found.similarity, -np.sort(-cosines, axis=1)[:, :k], atol=1e-5)
    assert all(row not in near for row, near in enumerate(found.rows.tolist()))


def test_separation_prefers_the_true_groups_to_merged_and_split_ones() -> None:
    vectors, truth = blobs([30] * 6, spread=0.1)
    merged, split = truth // 2, truth * 2 + np.arange(len(truth)) % 2
    kin = nearest(vectors, 2).rows

    scores = [separation(vectors, labels, kin) for labels in (truth, merged, split)]

    assert scores[0] == max(scores)
    assert separation(vectors, np.zeros_like(truth), kin) == float("-inf")


def test_near_copies_do_not_make_groups_of_their_own() -> None:
    """Every text of a loose need three times over, with slips: 4 needs, not 80 wordings."""
    vectors, truth = blobs([20] * 4, spread=0.12)
    rng = np.random.default_rng(2)
    copies = np.repeat(vectors, 3, axis=0) + rng.normal(scale=0.01, size=(240, 48)).astype(np.float32)
    copies /= np.linalg.norm(copies, axis=1, keepdims=True)
    thrice = np.repeat(truth, 3)

    assert agreement(group_tickets(tickets(thrice), copies).labels, thrice) > 0.9


@given(st.integers(0, 50), st.integers(0, 3))
@settings(max_examples=20, deadline=None)
def test_the_centroid_without_a_ticket_and_its_kin_is_exact(seed: int, few: int) -> None:
    vectors, _ = blobs([12], spread=1, dim=6, seed=seed)
    labels = np.random.default_rng(seed).integers(0, 4, 12)
    kin = nearest(vectors, 3).rows[:, :few]

    found = _cosine_to_others(vectors, labels, group_sums(vectors, labels), kin)

    for row in range(12):
        rest = [i for i in range(12) if labels[i] == labels[row] and i != row and i not in kin[row]]
        mean = vectors[rest].mean(axis=0) if rest else np.zeros(6)
        expected = float(vectors[row] @ mean / np.linalg.norm(mean)) if rest else 0.0
        assert found[row] == pytest.approx(expected, abs=1e-4)
