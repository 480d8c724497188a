"""Tables of tests: the parser, the special columns, the words of an __expected cell."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.promptfoo.assertions import from_words, split_list
from bot.promptfoo.csv_tests import test_of_row as row_to_test
from bot.promptfoo.csv_text import read_csv

_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=8)


@given(st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=5))
def test_what_pythons_writer_writes_is_read_back(rows: list[tuple[str, str]]) -> None:
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([("a", "b"), *rows])
    assert read_csv(written.getvalue(), "t.csv") == [{"a": one, "b": other} for one, other in rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("q,r\na,b", [{"q": "a", "r": "b"}]),
        ("q,r\na,", [{"q": "a", "r": ""}]),
        ("\ufeffq\r\na\r\n", [{"q": "a"}]),
        ("q\na\n\nb\n", [{"q": "a"}, {"q": ""}, {"q": "b"}]),  # an empty line is a row of one empty cell
        ('q,r\n"a\r\nb",c\n', [{"q": "a\r\nb", "r": "c"}]),
        ('q,r\np"q"r,"s"\n', [{"q": 'p"q"r', "r": "s"}]),  # quotes within: the second, relaxed try
        ('q,r\n"x"y,z\n', [{"q": '"x"y', "r": "z"}]),
        ("q,q\na,b\n", [{"q": "b"}]),
        ("q\ra\rb\r", [{"q": "a"}, {"q": "b"}]),
        ("", []),
    ],
)
def test_odd_tables_are_read_as_promptfoos_parser_reads_them(text: str, rows: list[dict[str, str]]) -> None:
    assert read_csv(text, "t.csv") == rows


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("q,r\na,b,c\n", "row 1 has 3 cells"),
        ("q,r\na,b\n\n", "row 2 has 1 cells"),
        ('q\n"a\n', "never closed"),
    ],
)
def test_broken_tables_are_refused_with_the_row(text: str, said: str) -> None:
    with pytest.raises(InputError, match=f"t.csv.*{said}"):
        read_csv(text, "t.csv")


@pytest.mark.parametrize(
    ("cell", "assertion"),
    [
        ("Paris", {"type": "equals", "value": "Paris"}),
        ("contains: x", {"type": "contains", "value": "x"}),
        ("not-contains:x", {"type": "not-contains", "value": "x"}),
        ('contains-any: a, "b, c"', {"type": "contains-any", "value": ["a", "b, c"]}),
        ("is-json", {"type": "is-json", "value": None}),
        ("contains-json: {}", {"type": "contains-json", "value": " {}"}),
        ("similar(0.7): x", {"type": "similar", "value": "x", "threshold": 0.7}),
        ("similar: x", {"type": "similar", "value": "x", "threshold": 0.8}),
        ("levenshtein: x", {"type": "levenshtein", "value": "x", "threshold": 0.75}),
        ("contains(0.5): x", {"type": "contains", "value": "x"}),
        ("fn: output > 1", {"type": "javascript", "value": "output > 1"}),
        ("eval:x", {"type": "javascript", "value": "x"}),
        ("javascript:\nreturn 1", {"type": "javascript", "value": "return 1"}),
        ("grade: is kind", {"type": "llm-rubric", "value": " is kind"}),
        ("python: x", {"type": "python", "value": "x"}),
        ("file://a.js", {"type": "javascript", "value": "file://a.js"}),
        ("file://a.py:check", {"type": "python", "value": "a.py:check"}),
        ("contains-foo: x", {"type": "equals", "value": "contains-foo: x"}),
        ("not-grade: x", {"type": "equals", "value": "not-grade: x"}),
    ],
)
def test_a_cell_says_which_assertion(cell: str, assertion: dict[str, object]) -> None:
    assert from_words(cell) == assertion


def test_lists_in_a_cell_keep_what_quotes_keep() -> None:
    assert split_list(' a ,, "b, ""c""" ,"d\\"e",') == ["a", 'b, "c"', 'd"e']
    for broken in ('"a', '"a" b'):
        with pytest.raises(InputError):
            split_list(broken)


def test_special_columns_set_what_they_say() -> None:
    test = row_to_test(
        {
            " q ": "hi",
            "__expected": "contains:h",
            "__expected2": "",
            "__expected3": "equals:hi",
            "__prefix": "> ",
            "__suffix": "",
            "__description": "greets",
            "__metric": "m",
            "__threshold": "0.5",
            "__providerOutput": "canned",
            "__metadata:cat": "a",
            "__metadata:tags[]": r"x, y\,z",
            "__config:__expected2:threshold": "2",
        },
        "t.csv row 1",
    )
    assert test == {
        "vars": {"q": "hi"},
        "assert": [
            {"type": "contains", "value": "h", "metric": "m"},
            {"type": "equals", "value": "hi", "metric": "m", "threshold": 2.0},
        ],
        "options": {"prefix": "> ", "suffix": ""},
        "metadata": {"cat": "a", "tags": ["x", "y,z"], "threshold": 2.0},
        "description": "greets",
        "threshold": 0.5,
        "providerOutput": "canned",
    }


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("__config:__expected0:threshold", "1"),
        ("__config:__expected:weight", "1"),
        ("__config:other:threshold", "1"),
        ("__config:__expected:threshold", ""),
    ],
)
def test_a_config_column_that_sets_nothing_is_refused(column: str, cell: str) -> None:
    with pytest.raises(InputError, match=r"t\.csv row 4.*__config"):
        row_to_test({"q": "a", "__expected": "a", column: cell}, "t.csv row 4")
