"""Sentences to clauses: expected readings written by hand."""

import pytest

from bot.domain.drafting.clauses import Clause, read_clause


@pytest.mark.parametrize(
    ("sentence", "form", "text"),
    [
        ("Where is my new card?", "know", "where my new card is"),
        ("When will I get my refund?", "know", "when I will get my refund"),
        ("Why was my card payment declined?", "know", "why my card payment was declined"),
        ("Why did my transfer fail?", "know", "why my transfer failed"),
        ("How long does a refund take?", "know", "how long a refund takes"),
        ("How do I reset my password?", "know", "how to reset my password"),
        ("What do I need to do to close my account?", "know", "how to close my account"),
        ("Where can I change my PIN?", "know", "where to change my PIN"),
        ("What should I do if my phone is stolen?", "know", "what to do if my phone is stolen"),
        ("Can I pay by invoice?", "know", "whether I can pay by invoice"),
        ("Is there a fee for express delivery?", "know", "whether there is a fee for express delivery"),
        ("Does the app work offline?", "know", "whether the app works offline"),
        ("Could you tell me what my balance is?", "know", "what my balance is"),
        ("what's on my shopping list", "know", "what is on my shopping list"),
        ("Please cancel my order 4711-22.", "do", "cancel my order"),
        ("I need help cancelling purchase 370795561790", "do", "cancel my purchase"),
        ("i'd like to change my seat", "do", "change my seat"),
        ("can you set a timer for 10 minutes", "do", "set a timer"),
        ("i need boarding pass", "get", "get a boarding pass"),
        ("My card isn't working.", "state", "my card is not working"),
    ],
)
def test_a_sentence_reads_well_after_i_want(sentence: str, form: str, text: str) -> None:
    clause = read_clause(sentence)
    assert clause is not None
    assert (clause.form, clause.text) == (form, text)


@pytest.mark.parametrize("sentence", ["", "hello", "ok thanks", "facts", "xxxx xxxx 4536", "?!"])
def test_what_no_rule_fits_is_left_alone(sentence: str) -> None:
    assert read_clause(sentence) is None


def test_what_varies_from_ticket_to_ticket_is_dropped() -> None:
    assert read_clause("send 100 dollars to my savings account") == Clause(
        "do", "send money to my savings account"
    )
