"""What is typed behind `set`: names, files, columns, and where cases come from."""

import pytest

from bot.errors import InputError
from handlers.sets.words import ImportWanted, Into, names_no_file, parse_import, parse_into, set_name


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ImportWanted()),
        ("refunds", ImportWanted("refunds")),
        ("questions.csv", ImportWanted("", "questions.csv")),
        ("refunds from questions.csv", ImportWanted("refunds", "questions.csv")),
        ("questions.csv into refunds", ImportWanted("refunds", "questions.csv")),
        ('from "my file.csv" slice plan,region', ImportWanted("", "my file.csv", ("plan", "region"))),
        ("refunds from q.csv by plan by plan", ImportWanted("refunds", "q.csv", ("plan", "plan"))),
    ],
)
def test_an_import_is_read(text: str, wanted: ImportWanted) -> None:
    assert parse_import(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("tickets", Into("tickets")),
        ("tickets into starters top 7", Into("tickets", "starters", top=7)),
        ("TH-3 of tickets into refunds", Into("TH-3", "refunds", "tickets")),
        ("the story ST-14 into refunds", Into("ST-14", "refunds")),
    ],
)
def test_where_cases_come_from_and_go_is_read(text: str, wanted: Into) -> None:
    assert parse_into(text, "set theme TH-3 into refunds") == wanted


@pytest.mark.parametrize("text", ["a b into c", "a top none", "a top 0", "a top 101"])
def test_a_word_that_means_nothing_is_named(text: str) -> None:
    with pytest.raises(InputError):
        parse_into(text, "set theme TH-3 into refunds")
    with pytest.raises(InputError, match="understand"):
        parse_import("one two")


def test_a_file_is_told_from_a_name() -> None:
    assert names_no_file("refunds")
    assert not names_no_file("refunds from questions.csv")


@pytest.mark.parametrize(
    ("word", "name"), [("Questions May.csv", "questions-may"), ("tickets", "tickets"), ("_x_", "x")]
)
def test_a_name_is_made_of_a_files(word: str, name: str) -> None:
    assert set_name(word) == name
    with pytest.raises(InputError):
        set_name("…")
