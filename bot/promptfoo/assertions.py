"""Assertions as a config writes them, objects and the short words of a CSV cell."""

import re
from typing import Any

from bot.domain.scoring import Assertion
from bot.errors import InputError
from bot.promptfoo.reading import FILE, Source, is_script
from bot.promptfoo.words import LISTS, TYPES, WITH_THRESHOLD

_ANY_TYPE = "|".join(sorted(map(re.escape, TYPES), key=len, reverse=True))
_WORD = re.compile(rf"(not-)?({_ANY_TYPE})(?:\((\d+(?:\.\d+)?)\))?(?::(.*))?", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_OWN_KEYS = frozenset({"type", "value", "threshold", "weight", "metric", "transform", "provider", "assert"})
_NUMBERS, _TEXTS = ("threshold", "weight"), ("metric",)


def read_assertions(given: Any, where: str, source: Source) -> tuple[Assertion, ...]:
    """A list as written. Raises InputError where promptfoo refuses it."""
    if given is None:
        return ()
    if not isinstance(given, list):
        raise InputError(f"{where} must be a list of assertions.", hint="Put a `-` before each `type:`.")
    return tuple(_assertion(entry, f"{where}[{index}]", source) for index, entry in enumerate(given))


def from_words(cell: str) -> dict[str, Any]:
    """What a cell of an ``__expected`` column means: ``contains: x``, ``similar(0.8): x``, or equality."""
    for prefix, kind in _PREFIXES:
        if cell.startswith(prefix):
            rest = cell[len(prefix) :]
            return {"type": kind, "value": rest if kind == "llm-rubric" else rest.strip()}
    if cell.startswith(FILE) and is_script(cell):
        kind = "python" if ".py" in cell else "javascript"
        return {"type": kind, "value": cell.removeprefix(FILE) if kind == "python" else cell}
    found = _WORD.fullmatch(cell)
    if found is None:
        return {"type": "equals", "value": cell}
    inverse, kind, threshold, value = found.groups()
    named = f"not-{kind}" if inverse else kind
    if kind in LISTS:
        return {"type": named, "value": split_list(value) if value else value}
    if kind in {"contains-json", "is-json"}:
        return {"type": named, "value": value}
    value = value.strip() if value is not None else None
    if kind in WITH_THRESHOLD:
        default = 0.8 if kind == "similar" else 0.75
        number = finite_number(threshold)
        return {"type": named, "value": value, "threshold": default if number is None else number}
    return {"type": named, "value": value}


_PREFIXES = (
    ("javascript:", "javascript"),
    ("fn:", "javascript"),
    ("eval:", "javascript"),
    ("grade:", "llm-rubric"),
    ("llm-rubric:", "llm-rubric"),
    ("python:", "python"),
)


def finite_number(text: str | None) -> float | None:
    """A whole numeric cell, None for an empty or other one."""
    stripped = (text or "").strip()
    if not _NUMBER.fullmatch(stripped):
        return None
    number = float(stripped)
    return None if number in (float("inf"), float("-inf")) else number


def split_list(text: str) -> list[str]:
    """Values between commas; quotes keep commas and blanks. Raises InputError for a broken quote."""
    values: list[str] = []
    at = 0
    while True:
        at += len(text[at:]) - len(re.sub(r"^[\s,]+", "", text[at:]))
        if at >= len(text):
            return values
        if text[at] != '"':
            end = text.find(",", at)
            end = len(text) if end < 0 else end
            values.append(text[at:end].strip())
            at = end
            continue
        value, at = _quoted(text, at + 1)
        values.append(value)
        at += len(text[at:]) - len(text[at:].lstrip())
        if at < len(text) and text[at] != ",":
            raise InputError(f"Text follows a quoted value in {text!r}.", hint="Put a comma after it.")


def _quoted(text: str, at: int) -> tuple[str, int]:
    pieces: list[str] = []
    while at < len(text):
        pair = text[at : at + 2]
        if pair in ('\\"', "\\\\", '""'):
            pieces.append(pair[1])
            at += 2
        elif text[at] == '"':
            return "".join(pieces), at + 1
        else:
            pieces.append(text[at])
            at += 1
    raise InputError(f"A quoted value in {text!r} is never closed.", hint='Close it with a ".')


def _assertion(entry: Any, where: str, source: Source) -> Assertion:
    if not isinstance(entry, dict):
        raise InputError(f"{where} must be an object with `type:`.")
    kind = entry.get("type")
    if not isinstance(kind, str) or not kind:
        raise InputError(f"{where} has no `type`.", hint="Keep all keys of an assertion under one `-`.")
    for keys, wanted, word in ((_NUMBERS, (int, float), "a number"), (_TEXTS, (str,), "text")):
        for key in keys:
            if key in entry and (not isinstance(entry[key], wanted) or isinstance(entry[key], bool)):
                raise InputError(f"{where}.{key} must be {word}, not {entry[key]!r}.")
    if kind == "assert-set" and not isinstance(entry.get("assert"), list):
        raise InputError(f"{where} is a set without `assert`.", hint="List its assertions under `assert:`.")
    return Assertion(
        type=kind,
        value=_value(entry.get("value"), where, source),
        threshold=entry.get("threshold"),
        weight=entry.get("weight", 1.0),
        metric=entry.get("metric", ""),
        transform=_transform(entry, where, source),
        provider=_judge(entry.get("provider")),
        members=read_assertions(entry.get("assert"), f"{where}.assert", source)
        if kind == "assert-set"
        else (),
        rest={
            key: value for key, value in entry.items() if key not in _OWN_KEYS or _is_judge_object(key, value)
        },
    )


def _is_judge_object(key: str, value: Any) -> bool:
    return key == "provider" and isinstance(value, dict)


def _judge(given: Any) -> str:
    if isinstance(given, dict):
        return str(given.get("id") or _judge(given.get("text")))
    return given if isinstance(given, str) else ""


def _transform(entry: dict[str, Any], where: str, source: Source) -> str:
    transform = entry.get("transform") or ""
    if not isinstance(transform, str):
        raise InputError(f"{where}.transform must be text.")
    return transform


def _value(value: Any, where: str, source: Source) -> Any:
    """Files replaced by what they hold, which is no template any more; programs stay named."""
    if isinstance(value, str) and value.startswith(FILE) and not is_script(value):
        try:
            return _from_file(value, where, source)
        except InputError as error:
            source.say(error.message)
            return value  # judging it is the cell's error
    return [_value(item, where, source) for item in value] if isinstance(value, list) else value


def _from_file(reference: str, where: str, source: Source) -> Any:
    path = source.path(reference)
    if path.suffix in {".json", ".yaml", ".yml"}:
        from bot.promptfoo.documents import load_yaml

        return load_yaml(source.text(path, where), source.name(path))
    if path.suffix != ".txt":
        raise InputError(
            f"{where} names {source.name(path)}, but a value comes from .txt, .json or .yaml files."
        )
    return inert(source.text(path, where).strip())


def inert(text: str) -> str:
    """A text that a template engine leaves as it is."""
    return f"{{% raw %}}{text}{{% endraw %}}" if any(sign in text for sign in ("{{", "{%", "{#")) else text
