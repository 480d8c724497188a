"""A small language for shapes of JSON: what a value must be, and in Slack's words what is wrong with it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

JSON = dict[str, Any]


class Flaw(NamedTuple):
    message: str
    pointer: str


class Shape(Protocol):
    def flaws(self, value: Any, at: str) -> Iterator[Flaw]:
        """What is wrong with ``value``, which stands at the JSON pointer ``at``; never raises."""
        ...


Rule = Callable[[JSON, str], Iterator[Flaw]]
"""What holds between the fields of an object; it is asked only where every field is sound by itself."""


@dataclass(frozen=True)
class String:
    most: int | None = None
    least: int = 0
    form: str = ""
    """A regular expression for the whole of it."""

    def flaws(self, value: Any, at: str) -> Iterator[Flaw]:
        if not isinstance(value, str):
            yield Flaw("must provide a string", at)
        elif len(value) < self.least:
            yield Flaw(f"must be more than {self.least - 1} characters", at)
        elif self.most is not None and len(value) > self.most:
            yield Flaw(f"must be less than {self.most + 1} characters", at)
        elif self.form and not re.fullmatch(self.form, value, re.ASCII):
            yield Flaw(f"input must match regex pattern: {self.form}", at)


@dataclass(frozen=True)
class Number:
    least: float | None = None
    most: float | None = None
    above: float | None = None
    whole: bool = False

    def flaws(self, value: Any, at: str) -> Iterator[Flaw]:
        if isinstance(value, bool) or not isinstance(value, int if self.whole else (int, float)):
            yield Flaw(f"must provide {'an integer' if self.whole else 'a number'}", at)
        elif self.least is not None and not value >= self.least:
            yield Flaw(f"must be at least {self.least}", at)
        elif self.most is not None and not value <= self.most:
            yield Flaw(f"must be at most {self.most}", at)
        elif self.above is not None and not value > self.above:
            yield Flaw(f"must be greater than {self.above}", at)


@dataclass(frozen=True)
class Boolean:
    def flaws(self, value: Any, at: str) -> Iterator[Flaw]:
        if not isinstance(value, bool):
            yield Flaw("must provide a boolean", at)


@dataclass(frozen=True, init=False)
class Word:
    """One of a few words (or small numbers)."""

    words: tuple[str | int, ...]

    def __init__(self, *words: str | int) -> None:
        object.__setattr__(self, "words", words)

    def flaws(self, value: Any, at: str) -> Iterator[Flaw]:
        if isinstance(value, bool) or not isinstance(value, str | int) or value not in self.words:
            yield Flaw("must be a valid enum value", at)


@dataclass(frozen=True)
class OrNull:
    shape: Shape

    def flaws(self, value: Any, at: str) -> Iterator[Flaw]:
        if value is not None:
            yield from self.shape.flaws(value, at)


@dataclass(frozen=True)
class Array:
    item: Shape
    most: int | None = None
    least: int = 0

    def flaws(self, value: Any, at: str) -> Iterator[Flaw]:
        if not isinstance(value, list):
            yield Flaw("must provide an array", at)
            return
        if len(value) < self.least:
            yield Flaw(f"must provide at least {self.least} items", at)
        if self.most is not None and len(value) > self.most:
            yield Flaw(f"no more than {self.most} items allowed", at)
        for number, one in enumerate(value):
            yield from self.item.flaws(one, f"{at}/{number}")


@dataclass(frozen=True)
class Object:
    """``fields`` maps a name to its shape; a name that ends in ``?`` may be left out.

    ``kind`` is the value of ``type``, empty for objects that have none."""

    kind: str
    fields: Mapping[str, Shape]
    rules: tuple[Rule, ...] = field(default=(), repr=False)

    def flaws(self, value: Any, at: str) -> Iterator[Flaw]:
        if not isinstance(value, dict):
            yield Flaw("must provide an object", at)
            return
        found = [*self._own(value, at), *self._strange(value, at)]
        yield from found
        if not found:
            for rule in self.rules:
                yield from rule(value, at)

    def _own(self, value: JSON, at: str) -> Iterator[Flaw]:
        for written, shape in self.fields.items():
            name = written.removesuffix("?")
            if name in value:
                yield from shape.flaws(value[name], f"{at}/{name}")
            elif name == written:
                yield Flaw(f"missing required field: {name}", at)

    def _strange(self, value: JSON, at: str) -> Iterator[Flaw]:
        known = {written.removesuffix("?") for written in self.fields} | ({"type"} if self.kind else set())
        for name in value:
            if name not in known:
                yield Flaw(f"invalid additional property: {name}", at)


@dataclass(frozen=True, init=False)
class OneOf:
    """An object of one of several kinds, told apart by ``type``.

    Where it is ``vague``, Slack says of the whole that it matches nothing, then what is wrong inside."""

    kinds: Mapping[str, Object]
    vague: bool

    def __init__(self, *objects: Object, vague: bool = False) -> None:
        object.__setattr__(self, "kinds", {one.kind: one for one in objects})
        object.__setattr__(self, "vague", vague)

    def __or__(self, other: "OneOf") -> "OneOf":
        return OneOf(*self.kinds.values(), *other.kinds.values())

    def flaws(self, value: Any, at: str) -> Iterator[Flaw]:
        inside = list(self._inside(value, at))
        if inside and self.vague:
            yield Flaw("failed to match all allowed schemas", at)
        yield from inside

    def _inside(self, value: Any, at: str) -> Iterator[Flaw]:
        if not isinstance(value, dict):
            yield Flaw("must provide an object", at)
        elif "type" not in value:
            yield Flaw("missing required field: type", at)
        elif not isinstance(value["type"], str):
            yield Flaw("must provide a string", f"{at}/type")
        elif value["type"] not in self.kinds:
            yield Flaw(f"unsupported type: {value['type']}", f"{at}/type")
        else:
            yield from self.kinds[value["type"]].flaws(value, at)


def some_of(*names: str) -> Rule:
    words = " or ".join(f"`{name}`" for name in names)

    def rule(value: JSON, at: str) -> Iterator[Flaw]:
        if not any(name in value for name in names):
            yield Flaw(f"must define either {words}", f"{at}/type" if "type" in value else at)

    return rule


def exactly_one_of(*names: str) -> Rule:
    words = " or ".join(f"`{name}`" for name in names)

    def rule(value: JSON, at: str) -> Iterator[Flaw]:
        if sum(name in value for name in names) != 1:
            yield Flaw(f"must define exactly one of {words}", at)

    return rule


def distinct(name: str, key: str) -> Rule:
    """No two objects of the array ``name`` have the same ``key``."""

    def rule(value: JSON, at: str) -> Iterator[Flaw]:
        seen = set()
        for number, one in enumerate(value.get(name, [])):
            if key in one and one[key] in seen:
                yield Flaw(f'`{key}` "{one[key]}" already exists', f"{at}/{name}/{number}/{key}")
            seen.add(one.get(key))

    return rule


def ordered(low: str, high: str) -> Rule:
    """Where both are there, ``low`` is not above ``high``; numbers may be written as strings."""

    def rule(value: JSON, at: str) -> Iterator[Flaw]:
        if low in value and high in value and float(value[low]) > float(value[high]):
            yield Flaw(f"{low} must not be greater than {high}", f"{at}/{low}")

    return rule
