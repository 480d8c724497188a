"""The shipped model: the right file, unit vectors, meaning, and no dependence on order."""

import hashlib
import re
from importlib import resources

import numpy as np
import pytest

from bot.embeddings.minilm import MiniLM
from bot.ports import Embedder


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM(threads=1)


def test_the_shipped_file_is_the_one_its_provenance_names() -> None:
    folder = resources.files("bot.embeddings") / "minilm_l6_v2"
    named = re.search(r"model\.int8\.onnx sha256 ([0-9a-f]{64})", (folder / "PROVENANCE.md").read_text())

    assert named
    assert hashlib.sha256((folder / "model.int8.onnx").read_bytes()).hexdigest() == named[1]


def test_it_is_an_embedder_of_unit_rows(model: MiniLM) -> None:
    embedder: Embedder = model
    vectors = embedder.embed(["Where is my card?", "", "日本語のテキスト", "a" * 20_000])

    assert vectors.shape == (4, MiniLM.dim)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    assert embedder.embed([]).shape == (0, MiniLM.dim)


def test_nearer_in_meaning_is_nearer(model: MiniLM) -> None:
    asked, same, other = model.embed(
        [
            "My card has not arrived yet",
            "I am still waiting for my card to come",
            "What is the exchange rate?",
        ]
    )

    assert asked @ same > 0.6 > 0.4 > asked @ other


def test_equal_texts_have_equal_vectors_and_order_does_not_matter(model: MiniLM) -> None:
    texts = ["refund please", "where is it", "refund please", "a longer text about a parcel that was lost"]

    forward = model.embed(texts)
    backward = model.embed(texts[::-1])[::-1]

    np.testing.assert_array_equal(forward[0], forward[2])
    np.testing.assert_array_equal(forward, backward)


def test_a_long_text_is_read_beyond_the_first_window(model: MiniLM) -> None:
    opening = "I have been a customer of yours for a great many years and was always content. " * 8
    plain, with_need = model.embed([opening, opening + "Now my credit card was stolen at the airport. " * 8])
    need = model.embed(["My credit card was stolen"])[0]

    assert with_need @ need > plain @ need + 0.2


def test_it_says_how_far_it_is(model: MiniLM) -> None:
    heard: list[tuple[int, int]] = []
    model.embed([f"text number {i}" for i in range(600)], lambda done, total: heard.append((done, total)))

    assert heard[-1] == (600, 600)
    assert heard == sorted(heard)
    assert len(heard) > 1
