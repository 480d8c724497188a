"""Signatures and band keys against sets of shingles compared by hand."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.audit.minhash import BANDS, PERMUTATIONS, ROWS, SHINGLE, band_keys, signatures

PAIRS = [
    ("my new card has not arrived yet", "my new card has still not arrived yet"),
    ("please cancel order 12345 today", "please cancel order 99887 right now"),
    ("how do i reset my password", "how can i reset a password"),
    ("the app crashes when i open the camera", "invoice for march is missing vat"),
    ("größe passt nicht, bitte umtauschen", "größe passt nicht, bitte zurücknehmen"),
]


def shingles(text: str) -> set[bytes]:
    padded = text.encode() + b" " * (SHINGLE - 1)
    return {padded[start : start + SHINGLE] for start in range(len(text.encode()))}


def jaccard(one: str, other: str) -> float:
    first, second = shingles(one), shingles(other)
    return len(first & second) / len(first | second)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_equal_entries_estimate_jaccard(one: str, other: str) -> None:
    signature = signatures([one, other])
    estimate = float((signature[:, 0] == signature[:, 1]).mean())
    # four standard errors of a share of 128
    assert estimate == pytest.approx(jaccard(one, other), abs=4 * 0.5 / PERMUTATIONS**0.5)


def test_the_estimate_has_no_bias() -> None:
    rng = np.random.default_rng(3)
    words = [f"w{number:03d}" for number in range(300)]
    errors = []
    for _ in range(150):
        common = [words[index] for index in rng.choice(300, 12, replace=False)]
        one, other = (" ".join([*common, *(words[i] for i in rng.choice(300, 4))]) for _ in range(2))
        signature = signatures([one, other])
        errors.append(float((signature[:, 0] == signature[:, 1]).mean()) - jaccard(one, other))
    assert abs(float(np.mean(errors))) < 0.015


def test_a_shared_key_is_as_likely_as_the_textbook_says() -> None:
    # 1 - (1 - s^4)^32 at Jaccard .5 is .873: sets of 20 words, 40 / 3 of them shared on average
    rng = np.random.default_rng(4)
    chances, shared = [], []
    for _ in range(300):
        letters = [chr(0x4E00 + int(index)) for index in rng.choice(5000, 60, replace=False)]
        one, other = "".join(letters[:40]), "".join(letters[:27] + letters[40:53])
        chances.append(1 - (1 - jaccard(one, other) ** ROWS) ** BANDS)
        keys = band_keys([one, other])
        shared.append(bool((keys[0] == keys[1]).any()))
    assert np.mean(shared) == pytest.approx(np.mean(chances), abs=0.08)


@given(st.lists(st.text(max_size=40), max_size=12), st.integers(0, 12))
def test_keys_do_not_depend_on_the_batch(texts: list[str], cut: int) -> None:
    together = band_keys(texts)
    assert together.shape == (len(texts), BANDS)
    apart = np.concatenate([band_keys(texts[:cut]), band_keys(texts[cut:])])
    assert (together == apart).all()


@given(st.text(max_size=60))
def test_equal_texts_share_every_key(text: str) -> None:
    keys = band_keys([text, "something else", text])
    assert (keys[0] == keys[2]).all()


def test_keys_are_the_same_in_another_process() -> None:
    texts = [text for pair in PAIRS for text in pair]
    script = (
        "import sys; from bot.domain.audit.minhash import band_keys;"
        "sys.stdout.write(band_keys(sys.stdin.read().split('\\n')).tobytes().hex())"
    )
    done = subprocess.run(  # noqa: S603  our own interpreter and script
        [sys.executable, "-c", script],
        input="\n".join(texts),
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "77", "PYTHONIOENCODING": "utf-8"},
    )
    assert done.stdout == band_keys(texts).tobytes().hex()
