"""A schema checked as Ajv compiles it in strict mode, then ready to check values."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from bot.errors import InputError, Unsupported
from bot.scorers.kit.patterns import BadPattern, compiles, found
from bot.scorers.kit.schema import meta
from bot.scorers.kit.schema.checking import Checker
from bot.scorers.kit.schema.formats import FORMATS

_ONE = ("not", "contains", "propertyNames", "additionalProperties", "additionalItems")
_BY_NAME = ("properties", "patternProperties")


class SchemaInvalid(InputError):
    """No schema of draft 7, or one that Ajv's strict mode refuses."""

    code = "bad_schema"


class Schema:
    """A schema of JSON values. Raises SchemaInvalid, and Unsupported for what is not done here."""

    def __init__(self, source: Any) -> None:
        _must(isinstance(source, dict | list | bool), "a JSON schema is an object or a boolean")
        self._root = source
        self._seen: set[int] = set()
        try:
            self._declared()
            wrong = Checker(_META, _resolve_meta).first_problem(source)
            _must(wrong is None, f"not a JSON schema: {wrong}")
            self._compile(source)
        except RecursionError:
            raise SchemaInvalid("This JSON schema is nested too deeply.") from None
        self._checker = Checker(source, self._resolved)

    def problem(self, value: Any) -> str | None:
        """What is wrong with a value, None where it fits. Raises SchemaInvalid where it runs in circles."""
        try:
            return self._checker.first_problem(value)
        except RecursionError:
            raise SchemaInvalid("This JSON schema refers to itself without end.") from None

    def _declared(self) -> None:
        dialect = self._root.get("$schema") if isinstance(self._root, dict) else None
        if dialect is None:
            return
        _must(isinstance(dialect, str), '"$schema" is no text')
        known = dialect.removesuffix("/").removesuffix("#") in ("", meta.ID, "http://json-schema.org/schema")
        _must(known, f"only draft 7 of JSON schema is known, not {dialect}")

    def _compile(self, schema: Any) -> None:
        """Each subschema once, those behind references too."""
        if not isinstance(schema, dict) or id(schema) in self._seen:
            return
        self._seen.add(id(schema))
        for keyword in schema:
            _must(keyword in meta.KEYWORDS, f'unknown keyword "{keyword}"')
        self._strict(schema)
        _types(schema)
        _formats(schema)
        _patterns(schema)
        if "$ref" in schema:
            self._compile(self._resolved(schema["$ref"]))
        for each in _subschemas(schema):
            self._compile(each)

    def _strict(self, schema: dict[str, Any]) -> None:
        _must("id" not in schema, '"id" is not known, "$id" is')
        if "if" in schema:
            _must("then" in schema or "else" in schema, '"if" without "then" and "else" is ignored')
        else:
            _must("then" not in schema and "else" not in schema, '"then" or "else" without "if" is ignored')
        if "additionalItems" in schema:
            _must(
                isinstance(schema.get("items"), list), '"additionalItems" without a list of items is ignored'
            )
        if schema is not self._root and ("$id" in schema or "$anchor" in schema):
            raise Unsupported('A JSON schema with "$id" or "$anchor" inside is not supported.')

    def _resolved(self, reference: str) -> Any:
        base, _, pointer = reference.partition("#")
        own = self._root.get("$id", "") if isinstance(self._root, dict) else ""
        if base == meta.ID and pointer in ("", "/"):
            return _META
        _must(base in ("", own.partition("#")[0]), f'"$ref" {reference} leads nowhere')
        return _walk(self._root, pointer, reference)


def _walk(root: Any, pointer: str, reference: str) -> Any:
    if pointer in ("", "/"):
        return root
    _must(pointer.startswith("/"), f'"$ref" {reference} leads nowhere')
    at = root
    for part in pointer[1:].split("/"):
        name = unquote(part).replace("~1", "/").replace("~0", "~")
        if isinstance(at, list) and name.isdecimal() and int(name) < len(at):
            at = at[int(name)]
            continue
        _must(isinstance(at, dict) and name in at, f'"$ref" {reference} leads nowhere')
        at = at[name]
    _must(isinstance(at, dict | bool), f'"$ref" {reference} leads to no schema')
    return at


def _must(condition: object, message: str) -> None:
    if not condition:
        raise SchemaInvalid(f"The JSON schema cannot be used: {message}.")


def _types(schema: dict[str, Any]) -> None:
    nullable, types = schema.get("nullable"), schema.get("type", [])
    if "nullable" not in schema:
        return
    _must(isinstance(nullable, bool), '"nullable" is no boolean')
    _must(types, '"nullable" cannot be used without "type"')
    _must(nullable or "null" not in types, 'type "null" contradicts "nullable": false')


def _formats(schema: dict[str, Any]) -> None:
    if "format" in schema:
        _must(schema["format"] in FORMATS, f'unknown format "{schema["format"]}"')
    if any(keyword.startswith("format") and keyword != "format" for keyword in schema):
        raise Unsupported("Limits of formats in a JSON schema are not supported.")


def _patterns(schema: dict[str, Any]) -> None:
    patterns = [schema["pattern"]] if "pattern" in schema else []
    by_pattern = schema.get("patternProperties", {})
    if not all(map(_fits_all, by_pattern.values())):
        patterns += by_pattern
    for pattern in patterns:
        try:
            compiles(pattern, unicode=True)
        except BadPattern as problem:
            raise SchemaInvalid(f"The JSON schema cannot be used: pattern {pattern}: {problem}.") from None
        for name in schema.get("properties", {}) if pattern in by_pattern else ():
            _must(not found(pattern, name), f'property "{name}" matches pattern {pattern}')


def _fits_all(schema: Any) -> bool:
    """Raises SchemaInvalid for a keyword that nobody knows."""
    for keyword in () if isinstance(schema, bool) else schema:
        _must(keyword in meta.KEYWORDS, f'unknown keyword "{keyword}"')
    return meta.fits_all(schema)


def _subschemas(schema: dict[str, Any]) -> Iterator[Any]:
    """Those that Ajv compiles: not what stands beside an alternative that fits everything."""
    yield from schema.get("allOf", ())
    yield from schema.get("oneOf", ())
    if not any(map(_fits_all, schema.get("anyOf", ()))):
        yield from schema.get("anyOf", ())
    if not all(map(_fits_all, (schema.get("then", True), schema.get("else", True)))):
        yield from (schema.get("if"), schema.get("then"), schema.get("else"))
    for keyword in _ONE:
        yield schema.get(keyword)
    for keyword in _BY_NAME:
        yield from schema.get(keyword, {}).values()
    items = schema.get("items")
    yield from items if isinstance(items, list) else (items,)
    yield from schema.get("dependencies", {}).values()


_META = meta.META


def _resolve_meta(_: str) -> Any:
    return _META
