"""Blocks at Slack's limits: one character and one block before, at and behind each of them."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.sandbox.blocks import check_message, check_view
from handlers.views import forms
from handlers.views.kit import (
    CHARACTERS,
    Block,
    Markup,
    Message,
    View,
    actions,
    bullets,
    button,
    characters,
    clip,
    context,
    divider,
    escape,
    feedback,
    fit,
    header,
    home_view,
    joined,
    line,
    link_button,
    markup,
    message,
    modal,
    option,
    overflow,
    plain,
    plain_text,
    plain_text_of,
    quote,
    rich_text,
    section,
    words,
)  # fmt: skip

CONFIRM = ("title", "text", "confirm", "deny")


def more(n: int) -> Markup:
    return markup("{} more", n)


def refused(shown: Message) -> list[Any]:
    return list(check_message({"text": shown.text, "blocks": list(shown.blocks)}))


@pytest.mark.parametrize("size", [1, 75, 76, 150, 151, 299, 300, 2000, 2001, 2999, 3000, 3001, 12_001])
@pytest.mark.parametrize("sign", ["x", "&", "😀"])
def test_every_block_takes_a_text_of_any_size(size: int, sign: str) -> None:
    text = sign * size
    blocks: list[Block] = [
        header(text), section(escape(text)), section(fields=[escape(text)] * 12), plain(text),
        context(text, escape(text)), divider(), rich_text(line(text), bullets(line(text)), quote(text)),
        actions(button(text, "a", text, "primary", dict.fromkeys(CONFIRM, text))),
        actions(link_button(text, "b", "https://plumbline.example/report")),
        actions(overflow("o", [option(text, str(n), text) for n in range(9)])), feedback("story:ST-1"),
    ]  # fmt: skip
    for block in blocks:
        assert refused(message(block)) == [], block["type"]
        assert refused(Message("x", (block,))) == [] or characters(block) > CHARACTERS, block["type"]


def test_a_section_of_3000_is_whole_and_of_3001_ends_in_dots() -> None:
    whole, cut = section(escape("x" * 3000)), section(escape("x" * 3001))
    assert whole["text"]["text"] == "x" * 3000
    assert cut["text"]["text"] == "x" * 2999 + "…"


@pytest.mark.parametrize(("count", "shown", "left"), [(49, 49, 0), (50, 50, 0), (51, 49, 2), (400, 49, 351)])
def test_a_message_has_fifty_blocks_at_most_and_says_how_many_it_left_out(
    count: int, shown: int, left: int
) -> None:
    blocks = fit([divider()] * count, more)
    assert sum(block == divider() for block in blocks) == shown
    assert len(blocks) <= 50
    assert (blocks[-1] == context(markup("{} more", left))) is bool(left)


def test_a_view_has_a_hundred() -> None:
    view = home_view(*[divider()] * 101)
    assert len(view["blocks"]) == 100
    assert check_view(dict(view)) == []


def test_head_and_tail_stay() -> None:
    blocks = fit([[divider(), plain("x")]] * 60, more, head=[header("h")], tail=[plain("t")])
    assert (blocks[0], blocks[-1]) == (header("h"), plain("t"))
    assert len(blocks) == 49  # twenty-three pairs do not fit beside "more": twenty-three whole ones
    assert blocks[-2] == context(more(37))


@pytest.mark.parametrize("surplus", [-1, 0, 1])
def test_twelve_thousand_characters_in_all(surplus: int) -> None:
    blocks = [section(escape("x" * 3000))] * 3 + [section(escape("x" * (3000 + min(surplus, 0))))]
    blocks += [plain("x")] if surplus > 0 else []
    shown = fit(blocks, more)
    assert characters(list(shown)) <= CHARACTERS
    assert (len(shown) == len(blocks)) is (surplus <= 0)


GROUPS = st.lists(st.lists(st.integers(1, 3500), min_size=1, max_size=4), max_size=70)


@settings(deadline=None)
@given(GROUPS, st.integers(0, 5))
@example([[1]] * 50, 0)
@example([[1]] * 51, 0)
@example([[3000]] * 4, 0)
@example([[3000]] * 4 + [[1]], 0)
def test_fit_is_honest(groups: list[list[int]], ends: int) -> None:
    """What is shown and what is said to be left out are all there was, and Slack takes it."""
    made = [[plain("x" * size) for size in group] for group in groups]
    head = [header("head")] * ends
    blocks = fit(made, more, head=head, tail=[divider()])
    assert len(blocks) <= 50
    assert characters(list(blocks)) <= CHARACTERS
    left = 0
    if len(blocks) > ends + 1 and blocks[-2]["type"] == "context":
        left = int(blocks[-2]["elements"][0]["text"].split()[0])
    shown = list(blocks[ends : len(blocks) - 1 - bool(left)])
    assert shown == [block for group in made[: len(made) - left] for block in group]
    assert refused(Message("x", blocks)) == []


def test_a_message_always_has_words_for_where_blocks_cannot_be_shown() -> None:
    assert message(divider()).text == "…"
    told = message(
        header("A & B"), section(markup("*{}*", "<c>")), rich_text(line("d", words("e*", bold=True)))
    )
    assert told.text == "A &amp; B\n*&lt;c&gt;*\nde∗"
    assert plain_text_of(told) == Message(told.text)
    assert refused(plain_text_of(told)) == []


def test_the_twin_of_much_text_stays_under_what_an_update_takes() -> None:
    told = message(*[plain("word " * 500)] * 4)
    assert len(told.text) <= 4000
    assert told.text.endswith("…")


def test_the_twin_holds_lists_quotes_and_fields() -> None:
    blocks = [
        rich_text(bullets(line("one"), line("two"), ordered=True), bullets(line("three")), quote("four")),
        context("five", markup("six")),
        section(fields=[markup("seven"), markup("eight")]),
    ]
    assert message(*blocks).text == "1. one\n2. two\n• three\nfour\nfive · six\nseven\neight"


Make = Callable[[str], Block]
INPUTS: tuple[Make, ...] = (
    lambda text: forms.text_input("a", text, initial=text, placeholder=text, hint=text),
    lambda text: forms.text_input("a", text, initial=text, most=300, multiline=True, optional=True),
    lambda text: forms.choice("a", text, [option(text, str(n)) for n in range(120)], initial="3", hint=text),
    lambda text: forms.choices("a", text, [option(text, str(n)) for n in range(120)], initial=["1", "119"]),
    lambda text: forms.checks("a", text, [option(text, str(n), text) for n in range(12)]),
    lambda text: forms.channel_select("a", text, hint=text),
    lambda text: forms.file_input("a", text, hint=text),
)


@pytest.mark.parametrize("number", range(len(INPUTS)))
@pytest.mark.parametrize("text", ["", "x", "x" * 3001, "😀" * 1501, "a\n\nb"])
def test_inputs_are_valid_whatever_they_hold(number: int, text: str) -> None:
    view: View = modal(text, INPUTS[number](text), submit=text or "Go", callback_id="c", private={"a": "b"})
    assert check_view(dict(view)) == []


def test_plain_text_is_one_line_and_reads_no_emoji_codes() -> None:
    assert plain_text("a\n b :tada:", 75) == {"type": "plain_text", "text": "a b :tada:", "emoji": False}


def test_markup_survives_clipping_and_joining_as_markup() -> None:
    assert isinstance(clip(joined([markup("a"), markup("b")]), 2), Markup)
