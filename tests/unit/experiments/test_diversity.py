"""Diversity of an arm's outputs, against values worked out by hand and a plain recount."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.experiments.diversity import distinct, self_bleu

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("texts", "length", "expected"),
    [
        (["a b c"], 1, 1.0),
        (["a a a a"], 1, 1 / 4),
        (["a b", "A  b", "b c"], 1, 3 / 6),
        (["a b", "a b", "b c"], 2, 2 / 3),
        (["a b a b a"], 2, 2 / 4),
        (["a", "b"], 2, None),
        ([], 1, None),
        (["", "  "], 1, None),
    ],
)
def test_distinct_runs(texts: list[str], length: int, expected: float | None) -> None:
    assert distinct(texts, length) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("texts", [[], ["a b c"], ["a b", "", " "]])
def test_one_text_is_like_no_other(texts: list[str]) -> None:
    assert self_bleu(texts) is None


def test_outputs_that_are_all_the_same_score_one() -> None:
    assert self_bleu(["it is so and no other way"] * 3) == pytest.approx(1.0)


def test_worked_out_by_hand() -> None:
    """Five and four words, "a b c d" in common."""
    longer = (4 / 5 * 3 / 4 * 2 / 3 * 1 / 2) ** 0.25
    shorter = math.exp(1 - 5 / 4)  # all of it is in the other, which is longer
    assert self_bleu(["a b c d e", "a b c d"]) == pytest.approx((longer + shorter) / 2)


def test_nothing_in_common_is_next_to_nothing() -> None:
    one = (0.1 / 4 * 0.1 / 3 * 0.1 / 2 * 0.1 / 1) ** 0.25
    assert self_bleu(["a b c d", "e f g h"]) == pytest.approx(one)


def plainly(texts: list[str]) -> float:
    """Every text against every other, as the paper says it."""
    told = [text.split() for text in texts if text.split()]
    scores = []
    for index, own in enumerate(told):
        others = told[:index] + told[index + 1 :]
        logs = []
        for length in range(1, min(4, len(own)) + 1):
            runs = [tuple(own[i : i + length]) for i in range(len(own) - length + 1)]
            found = 0
            for run, count in Counter(runs).items():
                most = max(
                    sum(tuple(other[i : i + length]) == run for i in range(len(other) - length + 1))
                    for other in others
                )
                found += min(count, most)
            logs.append(math.log((found or 0.1) / len(runs)))
        nearest = min((abs(len(other) - len(own)), len(other)) for other in others)[1]
        short = 1.0 if len(own) >= nearest else math.exp(1 - nearest / len(own))
        scores.append(short * math.exp(sum(logs) / len(logs)))
    return sum(scores) / len(scores)


@given(st.lists(WORDS, min_size=2, max_size=6))
def test_it_is_what_comparing_all_with_all_gives(texts: list[str]) -> None:
    if sum(bool(text) for text in texts) >= 2:
        assert self_bleu(texts) == pytest.approx(plainly(texts))
