"""What is exported reads back as the same set, whatever the texts hold."""

import io
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain.datasets import case_from_json, case_to_json
from bot.domain.datasets.answers import without_default_check
from bot.domain.datasets.columns import Columns
from bot.domain.datasets.tables import WRITERS, guarded, unguarded
from bot.domain.experiments.cells import Case
from bot.domain.scoring import Assertion
from bot.services.datasets.files import read_file

texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\r\n\x85"), max_size=40)
telling = st.sampled_from(
    [
        "=1+1",
        "'=x",
        "contains: a",
        "1e3",
        "0o17",
        "NULL",
        "null",
        "true",
        "2026-01-02",
        "a;b;c;d",
        "\r\n",
        "-",
        "''@",
    ]
)
words = texts | telling
filled = words.filter(lambda text: text.strip() != "" and not text.startswith("file://"))
names = st.sampled_from(["input", "id", "Note", "x y", "expected", "slice_a", "a;b", "vars", "été", "assert"])
scalars = filled | st.integers(-(2**50), 2**50) | st.booleans() | st.floats(-1e6, 1e6)
values = (
    filled
    | scalars
    | st.lists(scalars, max_size=3)
    | st.dictionaries(st.sampled_from("ab"), scalars, max_size=2)
)
checks = st.builds(
    Assertion,
    type=st.sampled_from(["equals", "contains", "not-icontains", "llm-rubric"]),
    value=words.filter(lambda text: not text.startswith("file://")),
    threshold=st.none() | st.floats(0, 1),
    weight=st.sampled_from([1.0, 0.0, 2.5]),
    metric=st.sampled_from(["", "tone"]),
)
cases = st.builds(
    Case,
    id=st.uuids().map(str),
    vars=st.dictionaries(names, values, min_size=1, max_size=3).map(lambda found: {"input": "x", **found}),
    assertions=st.lists(checks, max_size=2).map(tuple),
    threshold=st.none() | st.floats(-2, 2),
    description=words,
    slices=st.dictionaries(st.sampled_from(["lang", "kind of", "-", "ID"]), filled, max_size=2),
    cluster=st.sampled_from(["", "thread 7", "=9"]),
    synthetic=st.booleans(),
    origin=st.sampled_from(["", "ticket T-1"]),
    options=st.dictionaries(st.sampled_from(["prefix", "suffix"]), words, max_size=1),
    expected=words,
)


def _read(text: str, filename: str) -> list[Case]:
    found = read_file(io.BytesIO(text.encode()), filename=filename, columns=Columns())
    assert found.problems == []
    return [without_default_check(raw.case) if raw.default_check else raw.case for raw in found.cases]


@pytest.mark.parametrize("form", ["csv", "jsonl", "promptfoo"])
@given(st.lists(cases, min_size=1, max_size=4))
@example(
    [Case("1", {"input": "a"}, expected="contains: a"), Case("2", {"input": "b"}, expected="contains: a")]
)
@example([Case("1", {"input": "=cmd()"}, expected="{{ secret }}", description="@x")])
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_export_and_import_give_the_same_set(form: str, given_cases: Sequence[Case]) -> None:
    filename = {"csv": "set.csv", "jsonl": "set.jsonl", "promptfoo": "set.yaml"}[form]
    assert _read(WRITERS[form](given_cases), filename) == list(given_cases)


@given(cases)
def test_json_keeps_every_field(case: Case) -> None:
    assert case_from_json(case_to_json(case)) == case


@given(words)
def test_a_guarded_cell_is_no_formula_and_comes_back(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
