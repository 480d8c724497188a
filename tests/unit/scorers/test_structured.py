"""JSON and its schemas, XML, HTML and SQL: what counts as such."""

from typing import Any

import pytest

from bot.errors import InputError, Unsupported
from tests.unit.scorers.say import passes

PERSON = {
    "type": "object",
    "properties": {"name": {"type": "string", "minLength": 1}, "age": {"type": "integer", "minimum": 0}},
    "required": ["name"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("schema", "output", "expected"),
    [
        (None, "[1, 2]", True),
        (None, "NaN", False),
        (None, "{'a': 1}", False),
        (None, "[1,]", False),
        (PERSON, '{"name": "Ann", "age": 3.0}', True),
        (PERSON, '{"name": "Ann", "age": 3.5}', False),
        (PERSON, '{"name": ""}', False),
        (PERSON, '{"name": "A", "x": 1}', False),
        ("type: object\nrequired: [name]", '{"name": 1}', True),
        ({"type": "number", "multipleOf": 0.1}, "0.3", False),  # 0.3 / 0.1 is no whole double
        ({"enum": [1, "a"]}, "true", False),
        ({"const": [0]}, "[-0]", True),
        ({"uniqueItems": True}, "[1, true, 1.0]", False),
        ({"type": "string", "nullable": True}, "null", True),
        ({"oneOf": [{"type": "number"}, {"minimum": 5}]}, "7", False),
        ({"if": {"minimum": 5}, "then": {"maximum": 6}}, "7", False),
        ({"items": [{"type": "string"}], "additionalItems": False}, '["a", 1]', False),
        ({"contains": {"const": 1}}, "[]", False),
        ({"patternProperties": {"^x": {"type": "number"}}}, '{"xa": "1"}', False),
        ({"propertyNames": {"maxLength": 1}}, '{"ab": 1}', False),
        ({"dependencies": {"a": ["b"]}}, '{"a": 1}', False),
        ({"definitions": {"n": {"type": "number"}}, "items": {"$ref": "#/definitions/n"}}, '["a"]', False),
        ({"properties": {"child": {"$ref": "#"}}, "maxProperties": 1}, '{"child": {"a": 1, "b": 2}}', False),
        ({"type": "string", "pattern": "^.$"}, '"👩"', True),  # patterns have the u flag
    ],
)
def test_json_with_a_schema(schema: Any, output: str, expected: bool) -> None:
    assert passes("is-json", schema, output) is expected
    assert passes("json-schema", schema, output) is expected
    assert passes("not-is-json", schema, output) is not expected


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "nonsense"},
        {"unknown": 1},
        {"format": "nope"},
        {"then": {}},
        {"additionalItems": False},
        {"$ref": "#/nowhere"},
        {"$schema": "https://json-schema.org/draft/2020-12/schema"},
        {"pattern": "("},
        {"properties": {"a": {}}, "patternProperties": {"a": {"type": "string"}}},
        {"nullable": True},
        {"minLength": -1},
        [],
        "- not: [closed",
    ],
)
def test_a_schema_that_strict_ajv_refuses_is_an_error(schema: Any) -> None:
    with pytest.raises(InputError):
        passes("is-json", schema, "1")
    assert not passes("is-json", schema, "no JSON")  # the schema is not looked at


@pytest.mark.parametrize(
    ("format_", "good", "bad"),
    [
        ("date", "2024-02-29", "2023-02-29"),
        ("time", "23:59:60Z", "10:00:00"),
        ("date-time", "2024-01-01T00:00:00+01:00", "2024-01-01"),
        ("email", "a.b@c.de", "a..b@c.de"),
        ("uri", "urn:isbn:1", "/relative"),
        ("ipv4", "1.2.3.4", "01.2.3.4"),
        ("ipv6", "::ffff:1.2.3.4", "1::2::3"),
        ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567"),
        ("regex", "a+", "("),
        ("duration", "P1DT2H", "P1DT"),
        ("hostname", "a-b.c", "-a"),
    ],
)
def test_formats(format_: str, good: str, bad: str) -> None:
    schema = {"type": "string", "format": format_}
    assert passes("is-json", schema, f'"{good}"')
    assert not passes("is-json", schema, f'"{bad}"')


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ('Sure: {"name": "Ann"} there.', True),
        ("{name: Ann}", True),
        ("{'name': 'Ann', // who\n}", True),
        ('{"name": "Ann"', True),  # the missing brace is added
        ("{other: 1} {name: x}", True),
        ("{name: [1}", False),
        ('["name"]', False),
        ("no braces", False),
        ("{", False),
        ("{{{{", False),
    ],
)
def test_json_within_a_text(output: str, expected: bool) -> None:
    assert passes("contains-json", {"required": ["name"]}, output) is expected
    assert passes("not-contains-json", {"required": ["name"]}, output) is not expected


def test_text_with_very_many_braces_is_given_up_in_time() -> None:
    with pytest.raises(Unsupported, match="too many braces"):
        passes("contains-json", None, "{a " * 50_000)


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("<r><a>1</a></r>", True),
        ("<?xml version='1.0'?>\n<!DOCTYPE r><r><a/></r>", True),
        ("<r><b>1</b></r>", False),
        ("<r><a></r></a>", False),
        ("<r><a x=1/></r>", False),
        ("<r><a>&nbsp;</a></r>", False),
        ("<r><a x='1' x='2'/></r>", False),
        ("<r><p:a/></r>", False),
        ("<r><a/></r><r/>", False),
        ("text <r><a/></r>", False),
    ],
)
def test_xml_documents(output: str, expected: bool) -> None:
    assert passes("is-xml", "r.a", output) is expected
    assert passes("not-is-xml", ["r.a"], output) is not expected


def test_xml_within_a_text() -> None:
    assert passes("contains-xml", {"requiredElements": ["r.a.1", "r.@_x"]}, "So: <r x='1'><a/><a/></r>.")
    assert not passes("contains-xml", "r.b", "So: <r><a/></r>.")
    assert not passes("contains-xml", None, "1 < 2 and 3 > 2")


@pytest.mark.parametrize(
    ("output", "whole", "within"),
    [
        ("<p>Hi</p>", True, True),
        ("<!DOCTYPE html><html><body>Hi</body></html>", True, True),
        ("Here: <p>Hi</p>", False, True),
        ("Here: <html><body><p>Hi</p></body></html>", False, True),
        ("<my-tag></my-tag>", True, True),
        ("<foo>x</foo>", False, True),
        ("<!-- only -->", False, False),
        ("1 < 2", False, False),
        ("&lt;b&gt;", False, False),
        ("", False, False),
    ],
)
def test_html(output: str, whole: bool, within: bool) -> None:
    assert passes("is-html", output=output) is whole
    assert passes("contains-html", output=output) is within


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("SELECT id, name FROM users WHERE age > 30;", True),
        ("INSERT INTO users (a, b) VALUES (1, 'x')", True),
        ("INSERT INTO users (a, b) VALUES (1)", False),
        ("SELECT id name FROM users", False),
        ("SELECT * FROM", False),
        ("The answer is 4", False),
        ("", False),
    ],
)
def test_sql(output: str, expected: bool) -> None:
    assert passes("is-sql", None, output) is expected
    assert passes("not-contains-sql", None, f"```sql\n{output}\n```") is not expected


def test_sql_may_touch_allowed_tables_only() -> None:
    allowed = {"databaseType": "PostgreSQL", "allowedTables": ["select::null::(users|orders)"]}
    assert passes("is-sql", allowed, "SELECT * FROM users u JOIN Orders o ON u.id = o.uid")
    assert not passes("is-sql", allowed, "DELETE FROM users")


@pytest.mark.parametrize(
    ("output", "database"),
    [
        ("SELECT a FROM (SELECT 1) x", "MySQL"),
        ("SELECT 1", "Oracle"),
        ("WITH x AS (SELECT 1) SELECT 1", "MySQL"),
    ],
)
def test_sql_in_doubt_is_refused(output: str, database: str) -> None:
    with pytest.raises(Unsupported):
        passes("is-sql", {"databaseType": database}, output)
