"""Differences by words: complete both ways, and no more marked than changed."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.prompts import Segment, diff_words

TEXTS = st.lists(
    st.sampled_from(["never", "refund", "the", " ", "  ", "\n", ".", "{{ a }}", "é", "don't", "e-mail"]),
    max_size=30,
).map("".join)


def side(segments: tuple[Segment, ...], kind: str) -> str:
    return "".join(segment.text for segment in segments if segment.kind in ("same", kind))


@given(TEXTS, TEXTS)
@example("", "")
@example("a\n", "a")
@example("a b c", "x y z")
def test_both_texts_can_be_read_from_the_segments(before: str, after: str) -> None:
    segments = diff_words(before, after)
    assert side(segments, "removed") == before
    assert side(segments, "added") == after
    assert all(segment.text for segment in segments)
    for one, other in pairwise(segments):
        assert one.kind != other.kind
        assert (one.kind, other.kind) != ("added", "removed")


@given(TEXTS)
def test_what_is_equal_is_not_marked(text: str) -> None:
    assert diff_words(text, text) == ((Segment("same", text),) if text else ())


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Never refund.", "Never promise refunds.", "Never [refund|promise refunds]."),
        ("Answer politely.", "Answer very politely.", "Answer[| very] politely."),
        ("Send e-mails today", "Send letters today", "Send [e-mails|letters] today"),
        ("Be kind and short", "Be brief but kind", "Be [|brief but ]kind[ and short|]"),
        ("one\ntwo\nthree", "one\nthree", "one\n[two\n|]three"),
        ("Tone: {{ tone }}", "Plan: {{ plan }}", "[Tone|Plan]: {{ [tone|plan] }}"),
    ],
)
def test_changed_words_are_marked(before: str, after: str, shown: str) -> None:
    drawn = ""
    removed: str | None = None
    for kind, text in (*diff_words(before, after), Segment("same", "")):
        if kind == "removed":
            removed = text
            continue
        if kind == "added":
            drawn += f"[{removed or ''}|{text}]"
        else:
            drawn += (f"[{removed}|]" if removed else "") + text
        removed = None
    assert drawn == shown


def test_the_longest_texts_take_no_longer_than_a_person_waits() -> None:
    before = "word other " * 3_600
    after = "other thing " * 3_300
    began = time.monotonic()
    segments = diff_words(before, after)
    assert time.monotonic() - began < 5
    assert side(segments, "removed") == before
