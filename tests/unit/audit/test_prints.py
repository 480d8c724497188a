"""Fingerprints: what counts as the same, as words, as readable, as abuse."""

import base64
import pickle
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.audit.prints import READ, TicketPrint, fingerprint


def one(text: str) -> TicketPrint:
    return fingerprint([text])[0]


@given(st.lists(st.text(max_size=80), max_size=8))
@example([""])
@example(["\ud800 lone surrogate"])
@example(["\x00", "😀", "ﬁ", "İstanbul", "a" * 5_000])
def test_any_text_has_a_print_that_travels(texts: list[str]) -> None:
    prints = fingerprint(texts)
    assert len(prints) == len(texts)
    assert pickle.loads(pickle.dumps(prints)) == prints  # noqa: S301  made a moment ago
    assert prints == [one(text) for text in texts]
    assert all(len(print_.words) <= READ for print_ in prints)


def test_case_and_spacing_do_not_matter() -> None:
    assert one("My card\n is  LOST").exact == one(" my card is lost ").exact
    assert one("my card is lost").exact != one("my cards is lost").exact


def test_word_order_and_punctuation_do_not_matter_to_near_duplicates() -> None:
    assert one("Help! My card's lost.").keys == one("my cards lost help").keys


def test_without_near_duplicates_no_keys() -> None:
    assert fingerprint(["my card"], near_duplicates=False)[0].keys == b""


@pytest.mark.parametrize("text", ["", "   ", "???", "12345", "😀👍", "[EMAIL_1]", "[ORDER_ID_2] - [PHONE_1]"])
def test_wordless(text: str) -> None:
    assert not one(text).has_words


@pytest.mark.parametrize("text", ["a", "hi", "登录", "помогите", "لا", "[EMAIL_1] help", "see [1]x"])
def test_with_words(text: str) -> None:
    assert one(text).has_words


@pytest.mark.parametrize(
    "text",
    [
        "PK\x03\x04\x14\x00\x06\x00 word/document",
        "Ø³ÙØ±Ã©Ã¨Ã¼ Ã©tÃ©",
        "���� ��",
        base64.b64encode(random.Random(1).randbytes(300)).decode(),
    ],
)
def test_unreadable(text: str) -> None:
    assert not one(text).readable


@pytest.mark.parametrize(
    "text",
    [
        "my café order is late",
        "我无法登录我的账户，请帮我重置密码，谢谢。" * 6,
        "line one\nline two\ttabbed\r\nline three",
        "NÃO consigo entrar",
        "see https://example.org/" + "a" * 80 + " please, it does not open",
        "https://example.org/" + "a" * 80,
        "one odd � character in a sentence that is otherwise quite all right",
    ],
)
def test_readable(text: str) -> None:
    assert one(text).readable


@pytest.mark.parametrize(
    "text",
    [
        "this is fucking useless",
        "You idiots lost my parcel!",
        "what the f*ck",
        "f**k this",
        "sh*t app",
        "you, sir, are an Asshole.",
        "I'm going to kill you",
        "i hope you die",
    ],
)
def test_abusive(text: str) -> None:
    assert one(text).abusive


@pytest.mark.parametrize(
    "text",
    [
        "I live in Scunthorpe",
        "the cockpit view is assembled wrongly in class Essex",
        "Mr Dickinson from Penistone, Sussex",
        "grape shiitake and mishit balls, hancock assess bassist",
        "would it kill you to answer",
        "I will shoot you an email",
        "the damn app is crap, this is bloody stupid and I am pissed off",
        "flame retardant sofa",
        "price is $49 * 2 @ 10 #4 and **bold**",
        "press F! to pay",
        "salad tosser, soap scum",
    ],
)
def test_not_abusive(text: str) -> None:
    assert not one(text).abusive
