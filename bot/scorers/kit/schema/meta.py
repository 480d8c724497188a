"""What a schema of draft 7 may look like, itself a schema, and the keywords that Ajv knows."""

from typing import Any

ID = "http://json-schema.org/draft-07/schema"

_SCHEMA = {"$ref": "#"}
_SCHEMAS = {"type": "array", "minItems": 1, "items": _SCHEMA}
_BY_NAME = {"type": "object", "additionalProperties": _SCHEMA}
_COUNT = {"type": "integer", "minimum": 0}
_NUMBER = {"type": "number"}
_TEXT = {"type": "string"}
_FLAG = {"type": "boolean"}
_NAMES = {"type": "array", "items": _TEXT, "uniqueItems": True}
_TYPE = {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]}

META: dict[str, Any] = {
    "type": ["object", "boolean"],
    "properties": {
        "$id": {"type": "string", "format": "uri-reference"},
        "$schema": {"type": "string", "format": "uri"},
        "$ref": {"type": "string", "format": "uri-reference"},
        **dict.fromkeys(("$comment", "title", "description", "contentMediaType", "contentEncoding"), _TEXT),
        "format": _TEXT,
        **dict.fromkeys(("readOnly", "uniqueItems"), _FLAG),
        "examples": {"type": "array"},
        "multipleOf": {"type": "number", "exclusiveMinimum": 0},
        **dict.fromkeys(("maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"), _NUMBER),
        **dict.fromkeys(("maxLength", "minLength", "maxItems", "minItems"), _COUNT),
        **dict.fromkeys(("maxProperties", "minProperties"), _COUNT),
        "pattern": {"type": "string", "format": "regex"},
        "items": {"anyOf": [_SCHEMA, _SCHEMAS]},
        **dict.fromkeys(("additionalItems", "contains", "additionalProperties", "propertyNames"), _SCHEMA),
        **dict.fromkeys(("if", "then", "else", "not"), _SCHEMA),
        **dict.fromkeys(("allOf", "anyOf", "oneOf"), _SCHEMAS),
        "required": _NAMES,
        **dict.fromkeys(("definitions", "properties"), _BY_NAME),
        "patternProperties": {**_BY_NAME, "propertyNames": {"format": "regex"}},
        "dependencies": {"type": "object", "additionalProperties": {"anyOf": [_SCHEMA, _NAMES]}},
        "enum": {"type": "array", "minItems": 1, "uniqueItems": True},
        "type": {"anyOf": [_TYPE, {"type": "array", "items": _TYPE, "minItems": 1, "uniqueItems": True}]},
    },
}

KEYWORDS = frozenset(META["properties"]) | {
    *("$defs", "$vocabulary", "const", "contentSchema", "default", "deprecated", "nullable", "writeOnly"),
    *("formatMaximum", "formatMinimum", "formatExclusiveMaximum", "formatExclusiveMinimum"),
}
