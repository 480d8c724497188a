"""YAML and JSON as JavaScript's parsers read them."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.promptfoo.documents import load_json, load_yaml


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"), ("on", "on"), ("No", "No"), ("true", True), ("False", False), ("~", None),
        ("null", None), ("", None), ("012", 12), ("0o17", 15), ("0x1F", 31), ("-0x1F", "-0x1F"),
        ("0b11", "0b11"), ("+12", 12), ("1_000", "1_000"), ("12:30", "12:30"), ("1e3", 1000), ("1.0", 1),
        ("1.50", 1.5), (".5", 0.5), ("5.", 5), ("1e-7", 1e-7), (".inf", math.inf), ("-.inf", -math.inf),
        ("9007199254740993", 9007199254740992.0), ("2024-01-01", {}), ("'2024-01-01'", "2024-01-01"),
        ("=", "="), ("<", "<"),
    ],
)  # fmt: skip
def test_plain_words_are_read_as_yaml_1_2_has_them(written: str, value: object) -> None:
    read = load_yaml(f"key: {written}\n", "x.yaml")["key"]
    assert read == value
    assert type(read) is type(value)


def test_a_date_in_a_file_of_vars_is_its_moment() -> None:
    assert load_yaml("a: 2024-01-02", "x", iso_dates=True) == {"a": "2024-01-02T00:00:00.000Z"}
    assert load_yaml("a: 2024-01-02 03:04:05.6 +01:00", "x", iso_dates=True) == {
        "a": "2024-01-02T02:04:05.600Z"
    }


def test_keys_are_text_and_whole_numbers_come_first() -> None:
    assert list(load_yaml("10: a\nb: c\n2: d\ntrue: e\n1.5: f\n", "x")) == ["2", "10", "b", "true", "1.5"]
    assert list(load_json('{"b": 1, "2": 2, "01": 3, "1": 4}', "x")) == ["1", "2", "b", "01"]


def test_anchors_and_merges_are_followed() -> None:
    read = load_yaml("base: &b {x: 1, y: 2}\nuse: {<<: *b, y: 3}\nboth: {<<: [*b, {z: 4}]}\n", "x")
    assert read["use"] == {"x": 1, "y": 3}
    assert read["both"] == {"x": 1, "y": 2, "z": 4}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2\n", "line 2: the key 'a' stands twice"),
        ("a: [1\nb: 2\n", "line"),
        ("a: !!python/object:os.system x\n", "is not known"),
        ("--- a\n--- b\n", "expected a single document"),
        ("? [a, b]\n: c\n", "a key must be one word"),
    ],
)
def test_broken_yaml_is_refused_with_its_name_and_place(text: str, said: str) -> None:
    with pytest.raises(InputError, match=r"tests\.yaml") as refused:
        load_yaml(text, "tests.yaml")
    assert said in refused.value.message


@pytest.mark.parametrize("text", ["{", "[1,]", "NaN", "{'a': 1}", "\ufeff{}", "", "[" * 100_000])
def test_broken_json_is_refused_with_its_name(text: str) -> None:
    with pytest.raises(InputError, match=r"t\.json"):
        load_json(text, "t.json")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_json_is_read_whole(value: object) -> None:
    assert load_json(json.dumps(value), "x") == value
