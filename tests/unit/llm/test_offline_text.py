"""The model without a key: it says lines of its prompt, a choice, or the fallback, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.llm.text import TextAccess, TextRequest, open_text_provider

TOLD = """You answer customers of a meal box service.
- Boxes lock on Wednesday at midnight; then a week can no longer be skipped.
- A refund reaches the account within five working days.
- A refund of a gift card goes back to the gift card.
- To change an address, open Settings, then Deliveries.
If you do not know, say: I will ask a colleague."""


async def said(asked: str, kind: str = "brief", told: str = TOLD) -> str:
    messages = ({"role": "system", "content": told}, {"role": "user", "content": asked})
    reply = await open_text_provider(f"offline:{kind}", {}, TextAccess()).complete(TextRequest("", messages))
    assert reply.cost == 0.0
    return str(reply.value)


async def test_it_says_the_line_that_speaks_of_the_question() -> None:
    assert (
        await said("How do I change my address?") == "To change an address, open Settings, then Deliveries."
    )
    assert (await said("can a week be skipped")).startswith("Boxes lock on Wednesday")


async def test_the_full_one_says_more_where_more_lines_fit() -> None:
    brief, full = await said("Where is my refund?"), await said("Where is my refund?", "full")
    assert brief in full
    assert "gift card" in full


async def test_what_no_line_speaks_of_gets_the_fallback() -> None:
    assert await said("What is the capital of France?") == "I will ask a colleague."
    assert await said("Hello?", told="Be kind.") == "I do not know."


async def test_of_choices_it_names_one() -> None:
    told = "Answer with one of: refund, delivery, login.\nlogin: password, account\nrefund: money back"
    assert await said("I forgot my password", told=told) == "login"
    assert await said("I want my money back", told=told) == "refund"


@given(st.text(), st.text())
async def test_it_invents_nothing(told: str, asked: str) -> None:
    answer = await said(asked, "full", told)
    assert answer == "I do not know." or all(word in told for word in answer.split())


def test_there_are_two_kinds() -> None:
    with pytest.raises(SettingsError, match="no kind 'huge'"):
        open_text_provider("offline:huge", {}, TextAccess())
