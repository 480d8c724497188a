"""JSON and JSON Lines: strict, streamed, bounded in depth and size."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ImportRefused
from bot.importers import Limits
from bot.importers.reading.contract import Reading
from bot.importers.reading.jsonstream import JsonStream
from tests.unit.importers.reading import opened, refusal


class Drip(io.StringIO):
    """A stream that hands out a few characters at a time, whatever is asked."""

    def __init__(self, text: str, step: int) -> None:
        super().__init__(text)
        self._step = step

    def read(self, size: int | None = -1) -> str:
        return super().read(self._step)


def streamed(text: str, step: int = 7) -> list[Any]:
    return [element.value for element in JsonStream(Drip(text, step), Reading("x.json")).elements()]


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(values, max_size=6), st.integers(1, 40), st.sampled_from([None, 2]))
def test_a_list_streams_as_the_standard_library_reads_it(
    wanted: list[Any], step: int, indent: int | None
) -> None:
    assert streamed(json.dumps(wanted, indent=indent), step) == wanted


@given(
    st.lists(values, max_size=5),
    st.dictionaries(st.text("abc", max_size=3), values, max_size=3),
    st.integers(1, 30),
)
def test_a_wrapped_list_streams_too(wanted: list[Any], around: dict[str, Any], step: int) -> None:
    text = json.dumps({**around, "tickets": wanted, "zz": around})
    assert streamed(text, step) == wanted


@given(st.text('[]{}",:0123eE+-.tfn \\u"a', max_size=24), st.integers(1, 9))
@settings(max_examples=400)
def test_what_is_refused_is_what_the_standard_library_refuses(text: str, step: int) -> None:
    outcome = attempt_stream(text, step)
    assert isinstance(outcome, ImportRefused) or is_json(text)
    if isinstance(outcome, ImportRefused):
        assert outcome.code == ("bad_structure" if is_json(text) else "bad_json")


def is_json(text: str) -> bool:
    try:
        json.loads(text, parse_constant=lambda name: json.loads("{" + name))
    except ValueError:
        return False
    return True


def attempt_stream(text: str, step: int) -> list[Any] | ImportRefused:
    try:
        return streamed(text, step)
    except ImportRefused as refused:
        return refused


def test_objects_become_tickets() -> None:
    log = opened('[{"id": 1, "message": "x", "tags": ["a", "b"]}, {"id": 2, "message": "y"}]', "x.json")
    assert (log.kind, log.texts, [t.ticket_id for t in log.tickets]) == ("json", ["x", "y"], ["1", "2"])


def test_lines_become_tickets_and_a_bad_one_is_put_aside() -> None:
    lines = [json.dumps({"message": f"m{i}\u2028z"}, ensure_ascii=False) for i in range(20)]
    log = opened("\n".join((*lines[:5], '{"message": tru', *lines[5:])), "x.jsonl")
    assert len(log.texts) == 20
    assert [(p.row, p.code) for p in log.problems] == [(6, "bad_json")]


def test_json_under_a_wrong_name() -> None:
    assert opened('[{"message": "x"}]', "x.csv").kind == "json"
    assert opened('{"message": "x"}\n{"message": "y"}\n', "standard input").kind == "jsonl"
    assert opened('{"message": "x"}\n{"message": "y"}\n', "x.json").kind == "jsonl"


def test_nested_values_are_flattened() -> None:
    assert opened('[{"id": 1, "message": {"text": "x", "meta": {"a": [1, 2]}}}]', "x.json").texts == ["x"]


def test_a_lone_surrogate_becomes_encodable() -> None:
    for name, data in (("x.json", '[{"message":"a\\ud800b"}]'), ("x.jsonl", '{"message":"a\\ud800b"}')):
        (text,) = opened(data, name).texts
        assert text == "a\ufffdb"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("[]", "no_rows"), ("null", "bad_structure"), ("42", "bad_structure"), ('["a"]', "bad_structure"),
        ('{"a": 1}', "bad_structure"), ("[1, null]", "bad_structure"), ('[{"a": 1}]', "bad_structure"),
        ('[{"a": 1}, {"a": 2}]', "no_text_column"), ('[{"message": "x"},]', "bad_json"),
        ('[{"message": "x"}', "bad_json"), ("[{'message': 'x'}]", "bad_json"),
        ('[{"message": NaN}]', "bad_json"),
        ('[{"message": "x"}] x', "bad_json"), ("", "empty_file"), (" ", "bad_json"),
        ("[" * 100_000, "too_deep"),
        ('[{"message":' + "[" * 100_000, "too_deep"), ('{"tickets": []}', "no_rows"),
        ('[{"message": "a\u0001"}]', "bad_json"),
    ],
)  # fmt: skip
def test_json_that_is_refused(data: str, code: str) -> None:
    assert refusal(data, "x.json").code == code


def test_lines_that_are_no_objects() -> None:
    assert refusal('["a"]\n["b"]\n', "x.jsonl").code == "no_text_column"
    assert refusal("{'a': 1}\n{'b': 2}\n", "x.jsonl").code == "bad_json"
    assert refusal('{"message":' + "[" * 100_000, "x.jsonl").code == "too_deep"


def test_a_number_of_thousands_of_digits_is_no_crash() -> None:
    digits = "9" * 5000
    assert opened(f'[{{"id": {digits}, "message": "x"}}]', "x.json").tickets[0].ticket_id == digits


def test_bad_json_says_where() -> None:
    assert "character 19" in refusal('[{"message": "x"},]', "x.json").message


def test_an_error_far_down_is_found_while_reading() -> None:
    rows = ",".join(json.dumps({"message": f"m{i}"}) for i in range(5000))
    assert refusal(f"[{rows},oops]", "x.json").code == "bad_json"


def test_sizes_are_bounded() -> None:
    limits = Limits(field_bytes=100, record_bytes=100_000)
    log = opened(json.dumps([{"message": "x" * 101}, {"message": "y"}]), "x.json", limits=limits)
    assert [(p.row, p.code) for p in log.problems] == [(1, "field_too_long")]
    assert refusal(json.dumps([{"message": "x" * 500_000}]), "x.json", limits=limits).code == "field_too_long"


def test_cp1252_json_of_a_careless_exporter() -> None:
    assert opened('[{"message": "Größe fällt aus"}]'.encode("cp1252"), "x.json").texts == ["Größe fällt aus"]
