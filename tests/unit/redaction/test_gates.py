"""Cheap looks before costly patterns say no only where the pattern finds nothing."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.redaction.emails import _RUN_ON, _RUN_ON_GATE, find_emails
from bot.domain.redaction.numbers import _WORDS, find_numbers

SPOKEN = st.lists(
    st.sampled_from(["one", "Two", "oh", "NINE", "double", "seven", "phone", "and", "3"]), max_size=14
)
RUN_ON = st.lists(
    st.sampled_from(
        ["anna", "gmail", "G", "mail", "dot", "com", "Outlook", " ", "yahoo", "icloud", "é", "protonMAIL"]
    ),
    max_size=8,
)


@settings(deadline=None)
@given(SPOKEN, st.sampled_from([" ", "-", ", ", " \u0131"]))
@example(["one"] * 7, " ")
def test_spoken_numbers(words: list[str], between: str) -> None:
    text = between.join(words)
    found = {(span.start, span.end) for span in find_numbers(text)}
    assert {match.span() for match in _WORDS.finditer(text)} <= found


@settings(deadline=None)
@given(RUN_ON)
@example(["anna", "gmail", "com"])
def test_addresses_that_lost_their_signs(parts: list[str]) -> None:
    text = "".join(parts)
    if _RUN_ON_GATE.search(text) and _RUN_ON.search(text):
        ends = {span.end for span in find_emails(text)}
        assert {match.end() for match in _RUN_ON.finditer(text)} <= ends
