"""The door for foreign text: escaping, defanging, clipping."""

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.views.text import Markup, channel_link, clip, dead, escape, joined, length, markup, mention

PIECES = st.text(alphabet=st.sampled_from("ab <>&*_~`:\n\u200b\u202e😀é\u0301𝒳;@#"), max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!channel>", "&lt;!channel&gt;"),
        ("&lt;", "&amp;lt;"),
        ("a & b", "a &amp; b"),
        ("*b* ~s~ `c`", "∗b∗ ∼s∼ ˋcˋ"),
        ("_i_ but order_id and [EMAIL_1]", "ˍiˍ but order_id and [EMAIL_1]"),
        ("> quote\n  > again", "› quote\n› again"),
        (":tada: at 12:30:45", "꞉tada: at 12:30:45"),
        ("a\u200bb\u202ec\x00d", "abcd"),
        ("https://evil.example/x", "hxxps://evil[.]example/x"),
        ("ftp://evil.example", "ftp[:]//evil[.]example"),
        ("mailto:a@bb.example", "mailto[:]a@bb[.]example"),
        ("tickets.csv and 3.5", "tickets.csv and 3.5"),
        ("", ""),
    ],
)
def test_escape(text: str, expected: str) -> None:
    assert escape(text) == expected


@settings(deadline=None)
@given(PIECES)
def test_escaped_text_holds_no_sign_of_markup(text: str) -> None:
    safe = escape(text)
    assert not set(safe) & set("<>*~`\u200b\u202e")
    assert html.unescape(safe).count("&") == dead(text).count("&")


@settings(deadline=None)
@given(PIECES)
def test_dead_text_stays_as_it_is(text: str) -> None:
    assert dead(dead(text)) == dead(text)


def test_what_is_harmless_is_not_touched() -> None:
    said = "It's been 3 weeks (order [ORDER_ID_1]): 40 % gone, “why?” — ¿qué?  Straße 5,00 €"
    assert escape(said) == said.replace("  ", " ")


def test_letters_carry_three_marks_at_most() -> None:
    assert dead("Z" + "\u0351" * 40) == "Z" + "\u0351" * 3


@settings(deadline=None)
@given(PIECES.map(escape), st.integers(1, 40))
@example(Markup("x" * 2999 + "&lt;"), 3000)
@example(Markup("x" * 2996 + "&lt;"), 3000)
@example(Markup("x" * 3000), 3000)
@example(Markup("x" * 3001), 3000)
@example(Markup("😀" * 1501), 3000)
def test_clipped_text_fits_and_cuts_nothing_in_half(text: Markup, limit: int) -> None:
    cut = clip(text, limit)
    assert isinstance(cut, Markup)
    assert len(cut.encode("utf-16-le")) // 2 <= limit
    if cut != text:
        assert cut.endswith("…")
        assert text.startswith(cut[:-1])
        assert not re.search(r"&(?!(?:amp|lt|gt);)", cut)


def test_clipping_ends_at_a_word() -> None:
    assert clip("where is my parcel today", 19) == "where is my parcel…"
    assert clip("where is my parcel today", 22) == "where is my parcel…"
    assert clip("Cancel subscription", 15) == "Cancel subscri…"
    assert clip("x" * 30, 10) == "x" * 9 + "…"


@settings(deadline=None)
@given(PIECES)
def test_length_is_in_utf16_units(text: str) -> None:
    assert length(text) == len(text.encode("utf-16-le")) // 2


def test_markup_escapes_every_value_but_markup() -> None:
    assert markup("*{}* {}", "<a>", markup("_{}_", "b")) == "*&lt;a&gt;* _b_"
    assert markup("{}", "{}") == "{}"
    with pytest.raises(ValueError, match="zip"):
        markup("{} {}", "one")


def test_joined_leaves_out_what_is_empty() -> None:
    assert joined([markup("a"), Markup(), markup("b")]) == "a · b"


@pytest.mark.parametrize("name", ["U0ADA", "W12345"])
def test_people_are_mentioned_by_id_only(name: str) -> None:
    assert mention(name) == f"<@{name}>"


@pytest.mark.parametrize("name", ["ada", "U1|x", "<@U0ADA>", "U0ADA> <!channel", "u0ada", ""])
def test_a_name_is_no_mention(name: str) -> None:
    assert "<" not in mention(name)
    assert "<" not in channel_link(name)
