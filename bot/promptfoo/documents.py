"""YAML and JSON read as js-yaml and JSON.parse do: YAML 1.2 words, text keys, JavaScript's numbers."""

import json
import re
from functools import cache
from typing import Any

from bot.domain.jsvalues import is_index, stringify, to_double
from bot.errors import InputError

_TEXT = "tag:yaml.org,2002:"
_DATE = (
    r"\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?"
    r"(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?"
)
_SCALARS: tuple[tuple[str, str, str], ...] = (
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+0123456789.",
    ),
    (
        "timestamp",
        _DATE,
        "0123456789",
    ),
    ("merge", r"<<", "<"),
)


def load_yaml(text: str, where: str, *, iso_dates: bool = False) -> Any:
    """The one document of a text, None for an empty one. A date is text with ``iso_dates``, else an empty
    object, which is what promptfoo makes of it. Raises InputError that names ``where`` and the line."""
    import yaml

    loader = _loader()(text.removeprefix("\ufeff"))
    loader.iso_dates = iso_dates
    try:
        return loader.get_single_data()
    except yaml.YAMLError as error:
        raise InputError(f"{where} is not valid YAML{_line(error)}: {_problem(error)}.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} is not valid YAML: a value in it cannot be read.") from error
    finally:
        loader.dispose()


def load_json(text: str, where: str) -> Any:
    """Raises InputError that names ``where`` and the line."""
    try:
        return json.loads(
            text,
            object_pairs_hook=lambda pairs: in_js_order(dict(pairs)),
            parse_int=lambda digits: js_number(int(digits) if len(digits) < 4000 else float(digits)),
            parse_float=lambda digits: js_number(float(digits)),
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as error:
        raise InputError(f"{where} is not valid JSON at line {error.lineno}: {error.msg}.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} is not valid JSON.") from error


def js_number(number: float) -> int | float:
    """A number as JavaScript keeps it: whole floats are whole numbers, past 2^53 digits are lost."""
    if abs(number) > 2**53:
        return to_double(number)
    return int(number) if number == number // 1 else number


def in_js_order(mapping: dict[str, Any]) -> dict[str, Any]:
    """An object's keys as JavaScript lists them: whole numbers first, ascending."""
    if not any(is_index(key) for key in mapping):
        return mapping
    indexes = sorted((key for key in mapping if is_index(key)), key=int)
    return {key: mapping[key] for key in (*indexes, *(key for key in mapping if not is_index(key)))}


def to_json(value: Any) -> str:
    """As JSON.stringify writes it."""
    return stringify(value) or "null"


def _no_constant(word: str) -> Any:
    raise ValueError(word)


def _line(error: Any) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" at line {mark.line + 1}" if mark else ""


def _problem(error: Any) -> str:
    told = [getattr(error, name, None) for name in ("context", "problem")]
    return " ".join(" ".join(part for part in told if part).split()) or "it is broken"


@cache
def _loader() -> Any:
    """The loader's class; made once, as yaml is imported only where it is needed."""
    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    known = {_TEXT + "str", _TEXT + "seq"}
    constructors = {key: construct for key, construct in base.yaml_constructors.items() if key in known}
    attributes = {"yaml_implicit_resolvers": {}, "yaml_constructors": constructors, "iso_dates": False}
    made: Any = type("Loader", (base,), attributes)
    for kind, pattern, first in _SCALARS:
        starts = ["" if sign == "\0" else sign for sign in first]
        made.add_implicit_resolver(_TEXT + kind, re.compile(rf"(?:{pattern})\Z"), starts)
    for kind, construct in _CONSTRUCTORS.items():
        made.add_constructor(_TEXT + kind, construct)
    made.add_constructor(None, _unknown)
    return made


def _mapping(loader: Any, node: Any) -> Any:
    """An object; filled after it is made known, so that it may hold itself."""
    made: dict[str, Any] = {}
    yield made
    _refuse_doubles(loader, node)
    loader.flatten_mapping(node)
    pairs = {_key(loader, key): loader.construct_object(value, deep=True) for key, value in node.value}
    made.update(in_js_order(pairs))


def _refuse_doubles(loader: Any, node: Any) -> None:
    from yaml.constructor import ConstructorError

    seen = set()
    for key, _ in node.value:
        if key.tag == _TEXT + "merge":
            continue
        name = _key(loader, key)
        if name in seen:
            raise ConstructorError(None, None, f"the key {name!r} stands twice", key.start_mark)
        seen.add(name)


def _key(loader: Any, node: Any) -> str:
    from yaml.constructor import ConstructorError
    from yaml.nodes import ScalarNode

    if not isinstance(node, ScalarNode):
        raise ConstructorError(None, None, "a key must be one word or text", node.start_mark)
    value = loader.construct_object(node)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _null(loader: Any, node: Any) -> None:
    return None


def _bool(loader: Any, node: Any) -> bool:
    return bool(node.value.lower() == "true")


def _int(loader: Any, node: Any) -> int | float:
    base = {"0o": 8, "0x": 16}.get(node.value[:2], 10)
    return js_number(int(node.value if base == 10 else node.value[2:], base))


def _float(loader: Any, node: Any) -> float:
    return js_number(float(node.value.lower().replace(".inf", "inf").replace(".nan", "nan")))


def _timestamp(loader: Any, node: Any) -> Any:
    if not loader.iso_dates:
        return {}
    import datetime as dt

    from yaml.constructor import SafeConstructor

    moment = SafeConstructor.construct_yaml_timestamp(loader, node)
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day, tzinfo=dt.UTC)
    moment = moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def _unknown(loader: Any, node: Any) -> Any:
    from yaml.constructor import ConstructorError

    raise ConstructorError(None, None, f"the tag {node.tag!r} is not known", node.start_mark)


_CONSTRUCTORS: dict[str, Any] = {
    "null": _null,
    "bool": _bool,
    "int": _int,
    "float": _float,
    "timestamp": _timestamp,
    "map": _mapping,
}
