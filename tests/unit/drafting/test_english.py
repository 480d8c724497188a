"""Word forms, on words chosen by hand."""

import pytest

from bot.domain.drafting.english import (
    article,
    base,
    expand,
    gerund,
    listed,
    names_cased,
    past,
    plural,
    they,
    third,
)


@pytest.mark.parametrize(
    ("verb", "third_person", "simple_past", "ing"),
    [
        ("fail", "fails", "failed", "failing"),
        ("try", "tries", "tried", "trying"),
        ("cancel", "cancels", "cancelled", "cancelling"),
        ("make", "makes", "made", "making"),
        ("go", "goes", "went", "going"),
        ("ship", "ships", "shipped", "shipping"),
        ("pay", "pays", "paid", "paying"),
    ],
)
def test_verb_forms(verb: str, third_person: str, simple_past: str, ing: str) -> None:
    assert (third(verb), past(verb), gerund(verb)) == (third_person, simple_past, ing)
    assert {base(third_person), base(simple_past), base(ing)} == {verb}


def test_persons_shift_with_their_verbs() -> None:
    assert (
        they("why I was charged when I am on my holiday")
        == "why they were charged when they are on their holiday"
    )


def test_lists_articles_plurals() -> None:
    assert listed(["a", "b", "c"], "or") == "a, b or c"
    assert [article(noun) for noun in ("hour", "user", "order", "card")] == ["an", "a", "an", "a"]
    assert [plural(noun) for noun in ("copy", "day", "box", "ticket")] == [
        "copies",
        "days",
        "boxes",
        "tickets",
    ]


def test_chat_spellings_and_names() -> None:
    assert expand("i cant log in, whats wrong") == "I cannot log in, what is wrong"
    assert names_cased("an atm that takes apple pay in japan") == "an ATM that takes Apple Pay in Japan"
