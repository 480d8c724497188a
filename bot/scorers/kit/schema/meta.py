"""What a schema of draft 7 may look like, itself a schema (formats apart, as in Ajv), and its keywords."""

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
        **dict.fromkeys(("$id", "$schema", "$ref", "$comment"), _TEXT),
        **dict.fromkeys(("title", "description", "contentMediaType", "contentEncoding"), _TEXT),
        "format": _TEXT,
        **dict.fromkeys(("readOnly", "uniqueItems"), _FLAG),
        "examples": {"type": "array"},
        "multipleOf": {"type": "number", "exclusiveMinimum": 0},
        **dict.fromkeys(("maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"), _NUMBER),
        **dict.fromkeys(("maxLength", "minLength", "maxItems", "minItems"), _COUNT),
        **dict.fromkeys(("maxProperties", "minProperties"), _COUNT),
        "pattern": _TEXT,
        "items": {"anyOf": [_SCHEMA, _SCHEMAS]},
        **dict.fromkeys(("additionalItems", "contains", "additionalProperties", "propertyNames"), _SCHEMA),
        **dict.fromkeys(("if", "then", "else", "not"), _SCHEMA),
        **dict.fromkeys(("allOf", "anyOf", "oneOf"), _SCHEMAS),
        "required": _NAMES,
        **dict.fromkeys(("definitions", "properties", "patternProperties"), _BY_NAME),
        "dependencies": {"type": "object", "additionalProperties": {"anyOf": [_SCHEMA, _NAMES]}},
        "enum": {"type": "array", "minItems": 1, "uniqueItems": True},
        "type": {"anyOf": [_TYPE, {"type": "array", "items": _TYPE, "minItems": 1, "uniqueItems": True}]},
    },
}

# Keywords that check nothing: a schema of these alone fits everything.
SILENT = frozenset(
    ("$schema", "$id", "$defs", "$vocabulary", "definitions", "title", "description", "default", "deprecated")
) | {*("readOnly", "writeOnly", "examples", "contentMediaType", "contentEncoding", "contentSchema")}

KEYWORDS = frozenset(META["properties"]) | {
    *(
        "id",
        "$defs",
        "$vocabulary",
        "const",
        "contentSchema",
        "default",
        "deprecated",
        "nullable",
        "writeOnly",
    ),
    *("formatMaximum", "formatMinimum", "formatExclusiveMaximum", "formatExclusiveMinimum"),
}


def fits_all(schema: Any) -> bool:
    """Whether a schema plainly lets everything pass."""
    return schema if isinstance(schema, bool) else SILENT.issuperset(schema)
