"""Whatever a ticket says, an export keeps its structure and nothing in it is live."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.domain.inert import cell, clean, markdown, uncell, wiki
from bot.domain.stories import Story
from bot.exporters import EXPORTERS
from bot.exporters.markdown import render_story
from tests.paths import SHARED_DATA, needs_shared_data
from tests.unit.exporters.hostile import LIVE, STRINGS, story_of

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shape(source: str) -> list[str]:
    """The kinds of everything in a Markdown document but the words."""
    tokens = [token for top in PARSER.parse(source) for token in [top, *(top.children or [])]]
    kinds = [f"{token.type}{token.tag}" for token in tokens if token.type not in {"text", "text_special"}]
    return [kind for kind in kinds if not kind.startswith("softbreak")]


def exported(kind: str, story: Story) -> str:
    return EXPORTERS[kind].export([story, story]).data.decode()


def dev_rows() -> Iterator[str]:
    for name in ("slack_markup_dev.jsonl", "dev.jsonl"):
        path = SHARED_DATA / "injection" / name
        if path.is_file():
            yield from (json.loads(line)["text"] for line in path.read_text("utf-8").splitlines())


def check_markdown(kind: str, text: str) -> None:
    page = exported(kind, story_of(text))
    assert LIVE.search(re.sub(r"(?m)^<!-- issue \d of 2 -->$", "", page)) is None
    if clean(text):  # empty text leaves emphasis marks empty, which is no attack
        assert shape(_bodies(page)) == harmless_shape(kind)


@cache
def harmless_shape(kind: str) -> list[str]:
    return shape(_bodies(exported(kind, story_of("word"))))


def _bodies(page: str) -> str:
    return re.sub(r"(?m)^---\ntitle: .*\nlabels: .*\n---$", "", page)


@pytest.mark.parametrize("text", STRINGS)
@pytest.mark.parametrize("kind", ["markdown", "github"])
def test_hostile_text_does_not_change_a_markdown_document(kind: str, text: str) -> None:
    check_markdown(kind, text)


@needs_shared_data
@pytest.mark.parametrize("kind", ["markdown", "github"])
def test_known_attacks_do_not_change_a_markdown_document(kind: str) -> None:
    rows = list(dev_rows())
    assert len(rows) > 200
    for text in rows:
        check_markdown(kind, text)


MARKUP = (
    st.text(alphabet=st.sampled_from("ab <>&;#@!*_`~|[](){}\\/:=+-.$'\"\n\r\t1x\u200b\u202eé漢")) | st.text()
)


@given(MARKUP)
@settings(max_examples=150, deadline=None)
@example("[EMAIL_1](http://evil.example)")
@example("_a_b_ __ c_")
@example("&#35; &commat;")
def test_any_text_keeps_its_words_in_markdown_and_adds_no_markup(text: str) -> None:
    source = f"- said “{markdown(text)}” here\n- **{markdown(f'x {text}')}** next"
    inline = [token for token in PARSER.parse(source) if token.type == "inline"]
    assert shape(source) == shape("- said “x” here\n- **x** next")
    shown = "".join(child.content for child in inline[0].children or [])
    assert _letters(shown) == _letters(f"said “{clean(text)}” here")


def _letters(text: str) -> str:
    """What a reader sees, defanging taken back."""
    seen = text.replace("\u200b", "").replace("hxxp", "http").replace("fxp", "ftp").replace("[:]", ":")
    return unicodedata.normalize("NFC", seen.replace("[.]", ".")).lower()


@pytest.mark.parametrize(
    "text", ["Hi, it's 5 o'clock - AT&T isn't working!", "[EMAIL_1] paid $5 on the 3rd (again)"]
)
def test_plain_prose_and_placeholders_stay_readable_in_the_source(text: str) -> None:
    assert markdown(text) == text


@pytest.mark.parametrize("text", STRINGS)
@pytest.mark.parametrize("kind", ["csv", "jira-csv"])
def test_no_cell_is_a_formula(kind: str, text: str) -> None:
    for row in csv.reader(io.StringIO(exported(kind, story_of(text)), newline="")):
        for value in row:
            start = unicodedata.normalize("NFKC", value).lstrip()[:1]
            assert start not in tuple("=+-@|%"), value
            assert value[:1] not in {"\t", "\r", "\n"}


@needs_shared_data
def test_known_attacks_are_no_formulas() -> None:
    for text in dev_rows():
        test_no_cell_is_a_formula("csv", text)
        test_no_cell_is_a_formula("jira-csv", text)


@given(MARKUP)
@example("'=1")
@example("''=1")
@example("'''@x")
@example("' =1")
def test_a_guarded_cell_gives_its_text_back(text: str) -> None:
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = {"Cc", "Cf", "Cs", "Cn"}
    invisible = [char for char in kept if unicodedata.category(char) in odd and char not in "\n\t"]
    assume(not invisible)  # those are left out for good
    assert uncell(cell(kept)) == kept


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{code}x{code}", r"\{code\}x\{code\}"),
        ("!a.png! [go|u] [~admin]", r"\!a.png\! \[go\|u\] \[\~admin\]"),
        ("h1. big", r"h1\. big"),
        ("a\\\\b", "a&#92;&#92;b"),
        ("well-known e-mail", "well-known e-mail"),
        ("-struck- _i_ *b*", r"\-struck\- \_i\_ \*b\*"),
    ],
)
def test_jira_markup_is_escaped(text: str, shown: str) -> None:
    assert wiki(text) == shown


@pytest.mark.parametrize("text", STRINGS)
def test_a_terminal_gets_no_control_characters(text: str) -> None:
    page = render_story(story_of(text))
    assert not any(unicodedata.category(char) in {"Cc", "Cf"} and char != "\n" for char in page)
    assert "http://" not in page
    assert "https://" not in page
