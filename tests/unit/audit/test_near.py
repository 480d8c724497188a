"""Near duplicates against all pairs compared."""

import random

import numpy as np
import pytest
from rapidfuzz import fuzz

from bot.domain.audit import near
from bot.domain.audit.minhash import band_keys
from bot.domain.audit.near import ALIKE, near_duplicates

OPENINGS = ["please help, ", "hello, ", "", "hi team, ", "urgent: "]
PROBLEMS = ["my card has not arrived", "the invoice shows a wrong amount", "i cannot log in to my account"]
DETAILS = ["since monday", "after the update", "on my phone", "in the web shop", "for the third time"]


def generated(count: int) -> list[str]:
    rng = random.Random(11)
    texts = {
        rng.choice(OPENINGS)
        + rng.choice(PROBLEMS)
        + " "
        + rng.choice(DETAILS)
        + " order "
        + str(rng.randrange(9999))
        for _ in range(count)
    }
    noise = {" ".join(str(rng.randrange(10**8)) for _ in range(6)) for _ in range(count)}
    return [
        " ".join(sorted(text.replace(",", "").replace(":", "").split())) for text in sorted(texts | noise)
    ]


def search(texts: list[str]) -> near.NearDuplicates:
    return near_duplicates(band_keys(texts), texts, np.arange(len(texts)))


def test_recall_and_precision_against_all_pairs() -> None:
    texts = generated(250)
    truth = {
        later
        for later in range(len(texts))
        if any(fuzz.ratio(texts[later], texts[earlier]) >= ALIKE for earlier in range(later))
    }
    found = set(np.flatnonzero(search(texts).earlier >= 0).tolist())
    assert len(truth) > 100
    assert len(found & truth) / len(truth) >= 0.97
    assert found <= truth


def test_the_earlier_text_is_earlier_and_alike() -> None:
    texts = generated(100)
    result = search(texts)
    pairs = result.pairs(1_000)
    assert len(pairs) == result.count > 0
    for earlier, later in pairs:
        assert earlier < later
        assert fuzz.ratio(texts[earlier], texts[later]) >= ALIKE


def test_only_the_texts_asked_for_are_compared() -> None:
    texts = ["my card is lost please help", "my card is lost please help!", "my card is lost please help?"]
    result = near_duplicates(band_keys(texts), texts, np.array([0, 2]))
    assert result.earlier.tolist() == [-1, -1, 0]


def test_nothing_and_one() -> None:
    assert search([]).count == 0
    assert search(["alone"]).count == 0


def test_a_search_that_hits_its_budget_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "COMPARISONS_PER_TICKET", 0)
    assert search(generated(50)).capped
