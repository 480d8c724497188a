"""is-json, json-schema and contains-json: JSON, whole or within the text, that may have to fit a schema."""

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bot.domain.jsvalues import truthy
from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import parse_json, text_of
from bot.scorers.scorer import PASSED, Scorer, base_type, negated, require, yes_or_no
from bot.scorers.tools import Tools

if TYPE_CHECKING:
    from bot.scorers.kit.schema import Schema


def is_json(assertion: Assertion, output: Output, _: Tools) -> Score:
    """The whole output is JSON, and fits the schema if there is one; a schema matters for JSON alone."""
    try:
        value = parse_json(text_of(output.value))
    except ValueError:
        return yes_or_no(False, assertion, "be JSON")
    if not truthy(assertion.value):
        return yes_or_no(True, assertion, "be JSON")
    problem = _schema(assertion).problem(value)
    return _judged([problem], assertion)


def contains_json(assertion: Assertion, output: Output, _: Tools) -> Score:
    """Some object or list within the text, also one that a person typed, and one that fits the schema."""
    from bot.scorers.kit.objects import json_objects

    values = json_objects(text_of(output.value))
    if not values or not truthy(assertion.value):
        return yes_or_no(bool(values), assertion, "contain JSON")
    schema = _schema(assertion)
    return _judged([schema.problem(value) for value in values], assertion)


def _judged(problems: list[str | None], assertion: Assertion) -> Score:
    fits, inverse = None in problems, negated(assertion)
    if fits is not inverse:
        return Score(True, 1.0, PASSED)
    return Score(
        False, 0.0, "The JSON fits the schema" if fits else f"The JSON does not fit: it {problems[-1]}"
    )


def _schema(assertion: Assertion) -> "Schema":
    source = assertion.value
    require(isinstance(source, str | dict | list), f'"{base_type(assertion)}" needs a schema as its value')
    if isinstance(source, str):
        from bot.scorers.kit.schema import SchemaInvalid
        from bot.scorers.kit.yaml import YamlInvalid, load_yaml

        try:
            source = load_yaml(source)
        except YamlInvalid as problem:
            raise SchemaInvalid(f"The schema is neither JSON nor YAML: {problem}") from None
    return _prepared(json.dumps(source))


@lru_cache(maxsize=256)
def _prepared(source: str) -> "Schema":
    from bot.scorers.kit.schema import Schema

    value: Any = json.loads(source)
    return Schema(value)


SCORERS = (
    Scorer(types=("is-json", "json-schema"), grade=is_json),
    Scorer(types=("contains-json",), grade=contains_json),
)
