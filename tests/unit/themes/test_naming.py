"""Names: phrases people wrote, different for each theme, and no stems, stop words or placeholders."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.clustering.naming import name_groups
from bot.domain.clustering.quotes import choose_quote
from bot.domain.clustering.words import STOPWORDS, sentences, stem
from bot.domain.tickets import Ticket

GROUPS = [
    ["How do I activate my card?", "I want to activate the card", "activate card", "Can I activate my card"],
    ["Why was I charged an extra fee?", "There is an extra fee", "An extra fee on my bill", "extra fee"],
    ["I forgot my PIN", "please reset PIN", "Can you reset my PIN", "reset the PIN, I forgot it"],
]  # fmt: skip


def test_names_are_what_people_wrote_without_determiners() -> None:
    assert [names.name for names in name_groups(GROUPS)] == ["Activate card", "Extra fee", "Reset PIN"]


def test_phrasal_verbs_stay_whole() -> None:
    topping = ["My top up failed", "Why did the top up fail", "top-up failed again", "The top up has failed"]

    assert name_groups([topping, *GROUPS])[0].name == "Top up failed"


def test_two_groups_of_one_wording_have_different_names() -> None:
    names = [found.name.casefold() for found in name_groups([GROUPS[0], GROUPS[0], GROUPS[0], GROUPS[1]])]

    assert len(set(names)) == 4


def test_given_names_stand_and_are_not_taken_by_others() -> None:
    names = name_groups(GROUPS, given=["", "Activate card", ""])

    assert names[1].name == "Activate card"
    assert names[0].name != "Activate card"
    assert names[1].phrases


@pytest.mark.parametrize("texts", [[], [""], ["!!!"], ["[EMAIL_1]"], ["the of and"]])
def test_where_nothing_is_said_the_name_says_so(texts: list[str]) -> None:
    assert name_groups([texts])[0].name == "Other requests"


def test_a_sentence_sent_over_and_over_names_no_theme_that_others_write_to_in_their_own_words() -> None:
    form = ["The blue gadget that your shop sold me is out of order again"] * 30
    own = ["my gadget is broken", "broken gadget, sad", "is a broken gadget repaired?", "gadget broken"]

    names = name_groups([[*form, *own * 2], *GROUPS])

    assert len(names[0].name.split()) <= 3
    assert "gadget" in names[0].name.casefold()


def test_a_theme_of_one_sentence_is_named_by_it() -> None:
    assert name_groups([["pleese cancle my subscripton"] * 4, *GROUPS])[0].name != "Other requests"


def test_placeholders_and_numbers_are_in_no_name() -> None:
    texts = [f"invoice from [PERSON_1] number {n} XXXX please" for n in range(1000, 1010)]

    (found,) = name_groups([texts])

    assert found.name == "Invoice"
    assert not any(re.search(r"\[|\d|PERSON|XX", phrase) for phrase in found.phrases)


VOCABULARY = "card refund PIN login the my of to is not how [EMAIL_1] 42 don't café Überweisung"
WORDS = st.sampled_from(VOCABULARY.split(" "))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.lists(WORDS, max_size=9).map(" ".join), max_size=6), min_size=1, max_size=5))
def test_whatever_is_written_names_differ_and_neither_dangle_nor_leak(groups: list[list[str]]) -> None:
    found = name_groups(groups)

    assert len({names.name.casefold() for names in found}) == len(groups)
    for names in found:
        for phrase in names.phrases:
            assert phrase.split()[-1].casefold() not in STOPWORDS
            assert "[" not in phrase
            assert "42" not in phrase


def test_sentences_stop_at_marks_lines_and_placeholders() -> None:
    text = "I ordered it. No 3.5 yet\nmy name is [PERSON_1] thanks (really)"

    assert sentences(text) == ["I ordered it", "No 3.5 yet", "my name is", "thanks", "really"]


@pytest.mark.parametrize(
    "forms",
    [
        ("card", "cards", "card's", "Card"),
        ("transfer", "transferring", "transferred"),
        ("currency", "currencies"),
        ("activate", "activated", "activating"),
        ("top up", "top-up", "Top-Ups"),
    ],
)
def test_stems_join_forms(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_the_quote_is_a_central_short_ticket_word_for_word() -> None:
    log = [
        Ticket("a", "hi"),
        Ticket("b", "My card has not arrived"),
        Ticket("c", "card " * 80),
        Ticket("d", "card arrived"),
    ]

    assert choose_quote(log, ["card not arrived"]) == ("My card has not arrived", "b")


def test_of_a_conversation_the_telling_line_is_quoted() -> None:
    log = [
        Ticket("a", "hi\nmy name is [PERSON_1]\nI want to change my seat assignment\nok thanks\nbye bye then")
    ]

    assert choose_quote(log, ["seat assignment"]).text == "I want to change my seat assignment"


@given(st.lists(st.text(max_size=400), max_size=5))
def test_quotes_are_verbatim(texts: list[str]) -> None:
    log = [Ticket(str(i), text) for i, text in enumerate(texts)]

    quote = choose_quote(log, ["card"])

    assert quote.text in {ticket.ticket_id: ticket.text for ticket in log}.get(quote.ticket_id, "")
