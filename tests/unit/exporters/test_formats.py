"""What each format holds: nothing lost, counts kept, the same bytes each time."""

import csv
import io
import json
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.stories import Citation, Finding, Story
from bot.domain.telling import article, without_lead
from bot.errors import InputError
from bot.exporters import EXPORTERS
from bot.exporters import json as json_format
from bot.exporters.csv import COLUMNS
from bot.exporters.markdown import render_story
from tests.unit.checks.samples import STORY, story
from tests.unit.exporters.hostile import STRINGS, story_of

OTHER = story(id="ST-15", title="Refunds that nobody explains", cannot_do=None)


@pytest.mark.parametrize("kind", EXPORTERS)
def test_an_export_is_utf_8_and_the_same_each_time(kind: str) -> None:
    first, again = EXPORTERS[kind].export([STORY, OTHER]), EXPORTERS[kind].export([STORY, OTHER])
    assert first == again
    assert not first.data.startswith(b"\xef\xbb\xbf")
    for title in (STORY.title, OTHER.title):
        assert title in first.data.decode("utf-8")


@pytest.mark.parametrize("kind", EXPORTERS)
def test_no_stories_make_a_valid_empty_file(kind: str) -> None:
    EXPORTERS[kind].export([]).data.decode()


def test_json_reads_back_as_the_same_stories() -> None:
    stories = (
        STORY,
        OTHER,
        story(findings=(Finding(code="a.b", field="title", severity="error", message="x"),)),
    )
    assert json_format.read(json_format.export(stories).data) == stories


@given(st.text(min_size=1, max_size=200))
def test_json_keeps_every_character(text: str) -> None:
    said = story(citations=(Citation(ticket_id="T", quote=text),), theme_name=text)
    assert json_format.read(json_format.export([said]).data) == (said,)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no", "not JSON"),
        (b"[]", "no export"),
        (b'{"schema": "other"}', "no export"),
        (b'{"schema": "plumbline.stories/1", "stories": [{"id": 1}]}', "Story 1"),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        json_format.read(data)


def test_json_names_its_schema_and_every_field() -> None:
    document = json.loads(json_format.export([STORY]).data)
    assert document["schema"] == "plumbline.stories/1"
    assert list(document["stories"][0]) == list(Story.model_fields)


@pytest.mark.parametrize("text", ["plain", *STRINGS])
def test_csv_reads_back_with_its_counts(text: str) -> None:
    said = story_of(text)
    rows = list(csv.DictReader(io.StringIO(EXPORTERS["csv"].export([STORY, said]).data.decode(), newline="")))
    assert [list(row) for row in rows] == [list(COLUMNS)] * 2
    for row, value in zip(rows, (STORY, said), strict=True):
        assert int(row["tickets"]) == value.tickets
        for column, count in (("examples", 3), ("accept_when", 3), ("citations", 4), ("edge_cases", 2)):
            assert len(row[column].split("\n")) == count
        assert (int(row["example_count"]), int(row["criterion_count"])) == (3, 3)
    assert rows[0]["i_want"] == STORY.want


def test_jira_gets_columns_its_importer_knows() -> None:
    long = story(title="x" * 300)
    text = EXPORTERS["jira-csv"].export([STORY, long]).data.decode()
    header, first, second = list(csv.reader(io.StringIO(text, newline="")))
    assert {"Summary", "Issue Type", "Description", "Labels"} <= set(header)
    row = dict(zip(header, first, strict=True))
    assert (row["Issue Type"], row["Summary"], row["External ID"]) == ("Story", STORY.title, "ST-14")
    assert row["Acceptance Criteria"].count("* ") == len(STORY.criteria)
    assert all(" " not in value for name, value in zip(header, first, strict=True) if name == "Labels")
    assert len(second[header.index("Summary")]) == 255


@pytest.mark.parametrize("text", ["word", *STRINGS])
def test_issues_part_into_title_labels_and_body(text: str) -> None:
    page = EXPORTERS["github"].export([STORY, story_of(text)]).data.decode()
    pieces = re.split(r"(?m)^<!-- issue \d+ of \d+ -->\n", page)[1:]
    assert len(pieces) == 2
    for piece in pieces:
        _, front, body = piece.split("---\n", 2)
        meta = yaml.safe_load(front)
        assert set(meta) == {"title", "labels"}
        assert len(meta["labels"]) == 3
        assert body.count("- [ ] ") == 3
    assert yaml.safe_load(pieces[0].split("---\n", 2)[1])["title"] == STORY.title


def test_markdown_shows_everything_a_reader_needs() -> None:
    found = Finding(code="wording.vague", field="want", severity="warning", message="“fast”: give a number")
    page = EXPORTERS["markdown"].export([story(findings=(found,), merge_with=("ST-3",))]).data.decode()
    wanted = [
        STORY.title,
        "58 tickets · 51 people",
        "**As a** customer who ordered",
        "drafted without a model",
    ]
    wanted += [e.expected for e in STORY.examples] + ["no order on file", "must not fail", "from evidence"]
    wanted += [
        "200 tickets answer C",
        "limited generation",
        "lost or stolen cards",
        "two cards ordered",
        "UK 40",
    ]
    wanted += ["medium: 58 tickets", "(b77-25)", "“fast”: give a number", "ST-3"]
    for part in wanted:
        assert part in page, part


def test_a_terminal_shows_no_markup() -> None:
    page = render_story(STORY)
    assert "**" not in page
    assert "##" not in page
    assert page.startswith(STORY.title)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("customer", "As a"),
        ("admin of a team", "As an"),
        ("user", "As a"),
        ("unhappy buyer", "As an"),
        ("European traveller", "As a"),
        ("one-time buyer", "As a"),
        ("a buyer", "As"),
        ("someone who pays abroad", "As"),
    ],
)
def test_the_article_fits_the_role(role: str, words: str) -> None:
    assert article(role) == words


def test_a_template_word_is_not_said_twice() -> None:
    assert without_lead("Given a ticket", "given") == "a ticket"
    assert without_lead("giveN: a ticket", "given") == "a ticket"
    assert without_lead("givens are few", "given") == "givens are few"
