"""From a row or object of a file to a case: which column is what, and one sentence for what does not fit."""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.datasets.coding import assertion_from_json
from bot.domain.datasets.tables import OWN_MARK, unguarded
from bot.domain.experiments.cells import Case
from bot.domain.scoring import Assertion

Parse = Callable[[str], Assertion | None]
"""promptfoo's assertion mini-language ("contains: refund"); None for plain words."""

ROLES = ("id", "expected", "threshold", "note", "cluster", "customer", "synthetic", "origin")
OPTIONS = ("prefix", "suffix", "transform", "repeat", "disableVarExpansion")
"""Not the model or its address: those are the plan's to choose, not a file's."""
_ALIASES = {"thread": "cluster", "description": "note", "requester": "customer"}
_WHOLE = ("vars", "assert", "slices", "options", "metadata")
_MOST_NODES = 100_000
_YES, _NO = {"true", "yes", "1"}, {"", "false", "no", "0"}


class Unfit(Exception):
    """A row that is no case; never leaves the reading of a file."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Columns:
    """How a person wants columns read. ``mapping``: role or variable -> column; where it names a variable,
    only those columns are variables. ``slices`` are columns to break results down by, besides ``slice_…``."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    slices: tuple[str, ...] = ()

    @property
    def roles(self) -> dict[str, str]:
        return {column: role for role, column in self.mapping.items() if role in ROLES}

    @property
    def variables(self) -> dict[str, str]:
        return {column: name for name, column in self.mapping.items() if name not in ROLES}

    def missing(self, header: Iterable[str]) -> tuple[str, ...]:
        """Columns that are named here and are not in the file."""
        there = set(header)
        return tuple(name for name in (*self.mapping.values(), *self.slices) if name not in there)


@dataclass(frozen=True, slots=True)
class RawCase:
    """A case as a file gives it, not stored before redaction. ``case.id`` is "" where the file has none;
    ``customer`` is whoever it is about, to be hashed; ``default_check``: its check was made from the
    expected answer by an export of ours."""

    row: int
    case: Case
    customer: str = ""
    default_check: bool = False


def read_row(row: Mapping[str, Any], number: int, columns: Columns, parse: Parse) -> RawCase:
    """``row``: strings from a table, or an object of JSON or YAML with ``vars`` or with columns of its own.

    Raises:
        Unfit: it is no case; names the field.
    """
    if not _is_small(row):
        raise Unfit("row", "it holds too many values")
    own = isinstance(row.get(OWN_MARK), str)
    taken = _Taken(columns, own=own, nested=isinstance(row.get("vars"), dict))
    for name, value in row.items():
        taken.take(name, value)
    return taken.case(number, parse)


class _Taken:
    """The fields of one row, sorted by what they are."""

    def __init__(self, columns: Columns, *, own: bool, nested: bool) -> None:
        self._roles, self._renamed = columns.roles, columns.variables
        self._slices = set(columns.slices)
        self._own, self._nested = own, nested
        self.fields: dict[str, Any] = {}
        self.whole: dict[str, Any] = {}
        self.vars: dict[str, Any] = {}
        self.slices: dict[str, str] = {}

    def take(self, name: str, value: Any) -> None:
        value = unguarded(value) if self._own and isinstance(value, str) else value
        lower = name.strip().lower()
        role = self._role(name, lower)
        if name in self._slices or lower.startswith("slice_"):
            self.slices[name if name in self._slices else name.strip()[6:]] = _text(value, name)
        elif name in self._renamed:
            self.vars[self._renamed[name]] = value
        elif role:
            self.fields.setdefault(role, value)
        elif name.startswith("__"):
            raise Unfit(name, "nothing of that name is read here")
        elif lower in _WHOLE and (self._own or self._nested or not isinstance(value, str)):
            self.whole[lower] = value
        elif lower != OWN_MARK and not self._renamed:
            self._variable(name, value)

    def _role(self, name: str, lower: str) -> str:
        if name in self._roles:
            return self._roles[name]
        role = _ALIASES.get(lower, lower)
        return role if role in ROLES and role not in self._roles.values() else ""

    def _variable(self, name: str, value: Any) -> None:
        if self._nested:
            raise Unfit(name, f"nothing named {name!r} is known of a case with vars")
        self.vars[name.strip()] = value

    def case(self, number: int, parse: Parse) -> RawCase:
        metadata = _object(self.whole.get("metadata"), "metadata")
        extra = metadata.get("plumbline")
        for name, value in _object(extra, "metadata").items():
            (self.whole if name in _WHOLE else self.fields).setdefault(name, value)
        values = {**self.vars, **_object(self.whole.get("vars"), "vars")}
        _no_file(values, "vars")
        is_meant = self._own or "assert" in self.whole or bool(extra)  # a test of an empty input
        if not is_meant and not any(value not in (None, "", [], {}) for value in values.values()):
            raise Unfit("vars", "it has no input: every variable is empty")
        expected, checks = self._answer(parse)
        case = Case(
            id=_text(self.fields.get("id"), "id").strip(),
            vars=values,
            assertions=checks,
            threshold=_number(self.fields.get("threshold"), "threshold"),
            description=_text(self.fields.get("note"), "note"),
            slices=self._all_slices(metadata),
            cluster=_text(self.fields.get("cluster"), "cluster").strip(),
            synthetic=_flag(self.fields.get("synthetic"), "synthetic"),
            origin=_text(self.fields.get("origin"), "origin"),
            options=self._options(),
            expected=expected,
        )
        return RawCase(
            number,
            case,
            _text(self.fields.get("customer"), "customer"),
            bool(self.fields.get("default_check")),
        )

    def _options(self) -> dict[str, Any]:
        found = _object(self.whole.get("options"), "options")
        for name in found:
            if name not in OPTIONS:
                raise Unfit(f"options.{name}", f"a set keeps none but {', '.join(OPTIONS)}")
        return found

    def _all_slices(self, metadata: Mapping[str, Any]) -> dict[str, str]:
        named = _object(self.whole.get("slices"), "slices")
        more = {name: value for name, value in metadata.items() if isinstance(value, str | int | float)}
        found = {name: _text(value, name) for name, value in {**more, **named}.items()}
        return {name: value for name, value in {**found, **self.slices}.items() if value}

    def _answer(self, parse: Parse) -> tuple[str, tuple[Assertion, ...]]:
        expected = _text(self.fields.get("expected"), "expected")
        checks = tuple(_assertions(self.whole.get("assert"), parse))
        check = None if self._own or "assert" in self.whole else parse(expected)
        if check is not None:
            return "", (check,)
        return expected, checks


def _assertions(value: Any, parse: Parse) -> Iterable[Assertion]:
    if isinstance(value, str) and value:
        value = _parsed(value, "assert")
    if value in (None, "", []):
        return
    if not isinstance(value, list):
        raise Unfit("assert", "it must be a list")
    for each in value:
        if isinstance(each, str):
            yield parse(each) or Assertion("equals", each)
        else:
            yield _assertion(each)


def _assertion(data: Any, depth: int = 5) -> Assertion:
    kind = data.get("type") if isinstance(data, dict) else None
    if not isinstance(kind, str) or not kind or not depth:
        raise Unfit("assert", "each check is an object with a type")
    members = data.get("assert", [])
    if not isinstance(members, list):
        raise Unfit("assert", f"the checks of the {kind} must be a list")
    for each in members:
        _assertion(each, depth - 1)
    for name in ("threshold", "weight"):
        _number(data.get(name), f"assert.{name}")
    for name in ("metric", "transform"):
        if not isinstance(data.get(name, ""), str):
            raise Unfit(f"assert.{name}", "it must be text")
    if not isinstance(data.get("provider", ""), str):
        raise Unfit("assert.provider", "it must be the name of a model")
    _no_file(data.get("value"), "assert.value")
    return assertion_from_json(data)


def _no_file(value: Any, name: str) -> None:
    """A file named by whoever wrote a case lies on the machine of whoever runs it."""
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]:
        if isinstance(each, str) and each.startswith("file://"):
            raise Unfit(name, "a set holds its texts itself: file:// is not followed")


def _text(value: Any, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    raise Unfit(name, "it must be text, not a list or an object")


def _number(value: Any, name: str) -> float | None:
    if value is None or value == "":
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise Unfit(name, f"{str(value)[:40]!r} is no number")
    return number


def _flag(value: Any, name: str) -> bool:
    word = _text(value, name).strip().lower()
    if word not in _YES | _NO:
        raise Unfit(name, f"{word[:40]!r} is neither yes nor no")
    return word in _YES


def _object(value: Any, name: str) -> dict[str, Any]:
    if isinstance(value, str) and value:
        value = _parsed(value, name)
    if value in (None, ""):
        return {}
    if not isinstance(value, dict):
        raise Unfit(name, "it must be an object with names and values")
    return value


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Unfit(name, "it is not valid JSON") from None


def _is_small(value: Any) -> bool:
    """Bounds what YAML's aliases can blow up: nodes are counted as often as they are named."""
    left, waiting = _MOST_NODES, [value]
    while waiting:
        left -= 1
        if left < 0:
            return False
        each = waiting.pop()
        if isinstance(each, Mapping):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return True
