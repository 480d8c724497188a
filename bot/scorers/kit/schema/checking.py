"""Values against a schema of draft 7, keyword by keyword, up to the first problem."""

from collections.abc import Callable, Iterable
from typing import Any

from bot.errors import Unsupported
from bot.scorers.kit.patterns import found
from bot.scorers.kit.schema.formats import FORMATS
from bot.scorers.kit.schema.meta import fits_all
from bot.scorers.kit.schema.values import INHERITED, TYPES, equal, has_twins, is_multiple, is_number

Problem = str | None


class Checker:
    """``resolve`` finds the schema behind a "$ref"."""

    def __init__(self, schema: Any, resolve: Callable[[str], Any]) -> None:
        self._schema = schema
        self._resolve = resolve

    def first_problem(self, value: Any) -> Problem:
        return self._check(self._schema, value)

    def _check(self, schema: Any, value: Any) -> Problem:
        if isinstance(schema, bool):
            return None if schema else "nothing is allowed here"
        for check in (_type, self._referred, _values, self._combined, self._conditional):
            if problem := check(schema, value):
                return problem
        if isinstance(value, str):
            return _text(schema, value)
        if is_number(value):
            return _number(schema, value)
        if isinstance(value, list):
            return _list_size(schema, value) or self._items(schema, value)
        if isinstance(value, dict):
            return _object_size(schema, value) or self._properties(schema, value)
        return None

    def _referred(self, schema: dict[str, Any], value: Any) -> Problem:
        return self._check(self._resolve(schema["$ref"]), value) if "$ref" in schema else None

    def _fits(self, schema: Any, value: Any) -> bool:
        return self._check(schema, value) is None

    def _first(self, pairs: Iterable[tuple[Any, Any]]) -> Problem:
        return next((problem for schema, value in pairs if (problem := self._check(schema, value))), None)

    def _combined(self, schema: dict[str, Any], value: Any) -> Problem:
        if "not" in schema and self._fits(schema["not"], value):
            return "must not be what is excluded"
        any_of = schema.get("anyOf", (True,))
        if not (any(map(fits_all, any_of)) or any(self._fits(each, value) for each in any_of)):
            return "must fit one of several schemas"
        if "oneOf" in schema and sum(self._fits(each, value) for each in schema["oneOf"]) != 1:
            return "must fit exactly one of several schemas"
        return self._first((each, value) for each in schema.get("allOf", ()))

    def _conditional(self, schema: dict[str, Any], value: Any) -> Problem:
        if "if" not in schema:
            return None
        branch = "then" if self._fits(schema["if"], value) else "else"
        return self._check(schema.get(branch, True), value)

    def _items(self, schema: dict[str, Any], value: list[Any]) -> Problem:
        items = schema.get("items", True)
        if isinstance(items, list):
            rest = schema.get("additionalItems", True)
            padded = [*items, *[rest] * (len(value) - len(items))]
            problem = self._first(zip(padded, value, strict=False))
        else:
            problem = self._first((items, each) for each in value)
        if problem:
            return problem
        if "contains" in schema and not any(self._fits(schema["contains"], each) for each in value):
            return "must contain an item that is asked for"
        return None

    def _properties(self, schema: dict[str, Any], value: dict[str, Any]) -> Problem:
        named, by_pattern = schema.get("properties", {}), schema.get("patternProperties", {})
        _not_inherited(named, value)
        pairs = [(named[key], value[key]) for key in named if key in value]
        for key in value:
            matching = [each for pattern, each in by_pattern.items() if found(pattern, key, unicode=True)]
            pairs += [(each, value[key]) for each in matching]
            if key not in named and not matching:
                pairs.append((schema.get("additionalProperties", True), value[key]))
        pairs += [(schema["propertyNames"], key) for key in value] if "propertyNames" in schema else []
        return self._first(pairs) or self._dependencies(schema, value)

    def _dependencies(self, schema: dict[str, Any], value: dict[str, Any]) -> Problem:
        for key, needed in schema.get("dependencies", {}).items():
            if key not in value:
                continue
            if isinstance(needed, list):
                if missing := [name for name in needed if name not in value]:
                    return f'must have "{missing[0]}" where it has "{key}"'
            elif problem := self._check(needed, value):
                return problem
        return None


def _type(schema: dict[str, Any], value: Any) -> Problem:
    types = schema.get("type")
    if types is None:
        return None
    names = [types] if isinstance(types, str) else list(types)
    if schema.get("nullable"):
        names.append("null")
    return None if any(TYPES[name](value) for name in names) else f"must be {' or '.join(names)}"


def _values(schema: dict[str, Any], value: Any) -> Problem:
    if "const" in schema and not equal(schema["const"], value):
        return "must be the one value that is asked for"
    if "enum" in schema and not any(equal(each, value) for each in schema["enum"]):
        return "must be one of the values that are asked for"
    return None


def _text(schema: dict[str, Any], value: str) -> Problem:
    problem = _within(len(value), schema, "minLength", "maxLength", "characters")
    if problem:
        return problem
    if "pattern" in schema and not found(schema["pattern"], value, unicode=True):
        return f"must match {schema['pattern']}"
    return _format(schema, value, "string")


def _number(schema: dict[str, Any], value: float) -> Problem:
    if "maximum" in schema and value > schema["maximum"]:
        return f"must be <= {schema['maximum']}"
    if "minimum" in schema and value < schema["minimum"]:
        return f"must be >= {schema['minimum']}"
    if "exclusiveMaximum" in schema and value >= schema["exclusiveMaximum"]:
        return f"must be < {schema['exclusiveMaximum']}"
    if "exclusiveMinimum" in schema and value <= schema["exclusiveMinimum"]:
        return f"must be > {schema['exclusiveMinimum']}"
    if "multipleOf" in schema and not is_multiple(value, schema["multipleOf"]):
        return f"must be a multiple of {schema['multipleOf']}"
    return _format(schema, value, "number")


def _format(schema: dict[str, Any], value: Any, kind: str) -> Problem:
    if "format" not in schema:
        return None
    known = FORMATS[schema["format"]]
    return None if known.kind != kind or known.fits(value) else f"must be a {schema['format']}"


def _within(count: int, schema: dict[str, Any], low: str, high: str, what: str) -> Problem:
    if high in schema and count > schema[high]:
        return f"must have at most {schema[high]} {what}"
    if low in schema and count < schema[low]:
        return f"must have at least {schema[low]} {what}"
    return None


def _list_size(schema: dict[str, Any], value: list[Any]) -> Problem:
    if problem := _within(len(value), schema, "minItems", "maxItems", "items"):
        return problem
    return "must have no item twice" if schema.get("uniqueItems") and has_twins(value) else None


def _object_size(schema: dict[str, Any], value: dict[str, Any]) -> Problem:
    if problem := _within(len(value), schema, "minProperties", "maxProperties", "properties"):
        return problem
    required = schema.get("required", ())
    _not_inherited(required, value)
    missing = [name for name in required if name not in value]
    return f'must have "{missing[0]}"' if missing else None


def _not_inherited(names: Iterable[str], value: dict[str, Any]) -> None:
    if odd := INHERITED.intersection(names) - value.keys():
        raise Unsupported(f'A JSON schema that asks for "{min(odd)}" is not supported.')
