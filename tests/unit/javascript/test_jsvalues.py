"""Values as JavaScript sees them: fixed examples, and whatever QuickJS and, where it is there, Node say."""

import json
import math
import shutil
import struct
import subprocess
from random import Random
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.jsvalues import UNDEFINED, equal, join, same, stringify, to_number, to_text, truthy
from bot.errors import InputError
from bot.javascript import run

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
# QuickJS prints a few doubles with more digits than are needed; Node is asked about all of them below.
SHORT_FLOATS = st.floats().map(lambda number: float(f"{number:.12g}"))
WHOLE = st.integers(-(2**53), 2**53)
SCALARS = st.none() | st.booleans() | WHOLE | SHORT_FLOATS | TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
NUMBERS = {
    "0": -0.0, "-1": -1, "5": 5.0, "0.1": 0.1, "0.30000000000000004": 0.1 + 0.2, "1e+21": 1e21, "1e-7": 1e-7,
    "0.000001": 1e-6, "100000000000000000000": 1e20, "123456789012345680000": 123456789012345678901,
    "9007199254740992": 2**53 + 1, "1.7976931348623157e+308": 1.7976931348623157e308, "5e-324": 5e-324,
    "-1.5e-9": -1.5e-9, "NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "12345678": 12345678,
}  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_printed_as_javascript_prints_it(text: str) -> None:
    assert to_text(NUMBERS[text]) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"), (False, "false"), (None, "null"), (UNDEFINED, "undefined"), ("a", "a"), ([], ""),
        ([1, [2, [3]], None, UNDEFINED, "x"], "1,2,3,,,x"), ({"a": 1}, "[object Object]"),
        ([{}], "[object Object]"),
    ],
    ids=str,
)  # fmt: skip
def test_text_of_values(value: Any, text: str) -> None:
    assert to_text(value) == text


@pytest.mark.parametrize(
    ("value", "indent", "written"),
    [
        ({"b": 1, "10": 2, "9": [1.0, -0.0, math.nan]}, None, '{"9":[1,0,null],"10":2,"b":1}'),
        ([1, {"a": []}, {}], 2, '[\n  1,\n  {\n    "a": []\n  },\n  {}\n]'),
        ({"a": UNDEFINED, "b": [UNDEFINED]}, None, '{"b":[null]}'),
        ("\u2028\x7f\x00é😀\ud83d\"\\/", None, '"\u2028\x7f\\u0000é😀\\ud83d\\"\\\\/"'),
        (1e21, "--", "1e+21"),
    ],
    ids=["order", "indented", "undefined", "text", "number"],
)  # fmt: skip
def test_json(value: Any, indent: int | str | None, written: str) -> None:
    assert stringify(value, indent) == written


def test_undefined_is_no_json() -> None:
    assert stringify(UNDEFINED) is None


@pytest.mark.parametrize(
    ("value", "number"),
    [("", 0), (" \n12 ", 12), ("0x1f", 31), ("-0x1f", None), ("1_000", None), ("1e3", 1000), (".5", 0.5),
     ("Infinity", math.inf), ("inf", None), (None, 0), (UNDEFINED, None), (True, 1), ([], 0), ([7], 7),
     ([1, 2], None), ({}, None), ("٣", None)],
    ids=repr,
)  # fmt: skip
def test_numbers_of_values(value: Any, number: float | None) -> None:
    found = to_number(value)
    assert math.isnan(found) if number is None else found == number


def test_equality() -> None:
    shared: list[Any] = []
    assert equal("1", 1)
    assert equal(None, UNDEFINED)
    assert equal([1], "1")
    assert equal(shared, shared)
    assert not equal([], [])
    assert not equal(None, 0)
    assert not equal(math.nan, math.nan)
    assert same(1, 1.0)
    assert not same(1, True)
    assert not same(None, UNDEFINED)


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(InputError, match="set"):
        to_text({1, 2})


def test_a_value_that_grows_without_end_is_refused() -> None:
    grown: Any = "x"
    for _ in range(60):
        grown = [grown, grown]
    for call in (to_text, stringify):
        with pytest.raises(InputError):
            call(grown, limit=10_000)


@given(VALUES)
@example({"2": "b", "1": "a", "x": [None, [[]]]})
@example([1e21, 1e-7, 1e300, -0.0])
def test_every_value_is_what_it_is_to_quickjs(value: Any) -> None:
    code = "[String(value), Number(value), Boolean(value), JSON.stringify(value, null, 2)]"
    text, number, true, written = run(code, {"value": value})
    assert to_text(value) == text
    assert to_number(value) == number or math.isnan(number)
    assert math.isnan(to_number(value)) == math.isnan(number)
    assert truthy(value) is true
    assert stringify(value, 2) == written


@given(st.lists(VALUES, max_size=5), TEXTS)
def test_joining_is_what_it_is_to_quickjs(items: list[Any], separator: str) -> None:
    assert join(items, separator) == run("items.join(separator)", {"items": items, "separator": separator})


@given(SCALARS | st.lists(SCALARS, max_size=2), SCALARS | st.lists(SCALARS, max_size=2))
def test_equality_is_what_it_is_to_quickjs(one: Any, other: Any) -> None:
    assert [equal(one, other), same(one, other)] == run("[a == b, a === b]", {"a": one, "b": other})


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not here")
def test_numbers_are_printed_as_node_prints_them() -> None:
    random = Random(11)
    numbers = [struct.unpack("d", random.randbytes(8))[0] for _ in range(3000)]
    numbers += [random.uniform(-1, 1) * 10 ** random.randint(-9, 24) for _ in range(3000)]
    finite = [number for number in numbers if math.isfinite(number)]
    code = "process.stdout.write(JSON.stringify(JSON.parse(require('fs').readFileSync(0)).map(String)))"
    command = [str(shutil.which("node")), "-e", code]
    done = subprocess.run(command, input=json.dumps(finite), capture_output=True, text=True, check=True)  # noqa: S603  node, as found on the path
    assert [to_text(number) for number in finite] == json.loads(done.stdout)
