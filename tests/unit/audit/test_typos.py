"""Misspellings are counted; names, jargon, British spelling and addresses are not."""

import pytest

from bot.domain.audit import typos
from bot.domain.audit.typos import typo_rate


def misspelt(*texts: str) -> set[str]:
    found = typo_rate(texts)
    return set(found.examples) if found else set()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("i did not recieve my order", "recieve"),
        ("please help me with tocancel it", "tocancel"),
        ("my acount is locked", "acount"),
        ("the delivrey is late", "delivrey"),
    ],
)
def test_misspelt(text: str, wrong: str) -> None:
    assert misspelt(text) == {wrong}


@pytest.mark.parametrize(
    "text",
    [
        "I did not receive my order, didn't you send it?",
        "I met Suresh from Infotech and Citi there",
        "the colour of my cheque and the organisation's centre was cancelled",
        "write to jhon@exmaple.com or see https://exmaple.com/recieve",
        "[PERSON_1] and [ORDER_ID_3] are mine",
        "two logins failed",
        "ik tks u r gr8 b4",
        "my passcode and signup",
        "my recieveeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee is late",
    ],
)
def test_not_misspelt(text: str) -> None:
    assert misspelt(text) == set()


def test_a_logs_own_word_is_no_typo() -> None:
    assert misspelt(*["please sync my qards app"] * 5) == set()
    assert misspelt("please sync my qards app", *["the cards are good"] * 3) == {"qards"}


def test_a_frequent_typo_beside_its_correction_is_one() -> None:
    texts = ["i did not recieve it"] * 4 + ["did you receive it"] * 6
    assert misspelt(*texts) == {"recieve"}


def test_rates_by_words_and_by_tickets() -> None:
    rate = typo_rate(["i did not recieve it", "it is here", "wher is teh acount"])
    assert rate is not None
    assert (rate.words.count, rate.words.n) == (3, 12)  # teh has three letters: too short to judge
    assert (rate.tickets.count, rate.tickets.n) == (2, 3)
    assert rate.words.low is None


def test_a_sample_has_an_interval() -> None:
    rate = typo_rate(["i did not recieve it"], sampled=True)
    assert rate is not None
    assert rate.words.low is not None


def test_reading_stops_when_enough_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typos, "ENOUGH_WORDS", 10)
    rate = typo_rate(["one two three four"] * 100)
    assert rate is not None
    assert rate.words.n == 12
    assert rate.words.low is not None


def test_nothing_to_read() -> None:
    assert typo_rate([]) is None
    assert typo_rate(["", "123"]) is None


def test_endless_runs_are_read_in_linear_time() -> None:
    # quadratic reading of 300,000 characters would take minutes
    assert misspelt("my order " + "a" * 300_000 + " is late " + "[A" * 100_000 + " a." * 1_000) == set()
