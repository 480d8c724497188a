"""What a template is made of."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Node:
    """Anything in a template."""


@dataclass(slots=True)
class Literal(Node):
    value: Any


@dataclass(slots=True)
class Name(Node):
    """Looked up while the template runs: in the frames, then among the values, then the globals."""

    name: str


@dataclass(slots=True)
class Local(Node):
    """Bound where the template stands, ``hops`` functions further out; never falls back to a value."""

    slot: int
    hops: int
    name: str


@dataclass(slots=True)
class Member(Node):
    target: Node
    key: Node


@dataclass(slots=True)
class Call(Node):
    target: Node
    arguments: list[Node]
    said: str
    line: int


@dataclass(slots=True)
class Filter(Node):
    name: str
    arguments: list[Node]
    line: int


@dataclass(slots=True)
class Test(Node):
    name: str
    arguments: list[Node]
    line: int


@dataclass(slots=True)
class In(Node):
    item: Node
    holder: Node


@dataclass(slots=True)
class Unary(Node):
    operator: str
    operand: Node


@dataclass(slots=True)
class Binary(Node):
    operator: str
    left: Node
    right: Node


@dataclass(slots=True)
class Choice(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(slots=True)
class ListOf(Node):
    items: list[Node]


@dataclass(slots=True)
class DictOf(Node):
    pairs: list[tuple[str, Node]]


@dataclass(slots=True)
class Keywords(DictOf):
    """Arguments by name; Nunjucks hands them over as one last object."""


@dataclass(slots=True)
class Last(Node):
    """What stands in brackets; with commas, JavaScript evaluates all and takes the last one."""

    items: list[Node]


@dataclass(slots=True)
class Body(Node):
    parts: list[Node]


@dataclass(slots=True)
class Capture(Node):
    body: Body


@dataclass(slots=True)
class Text(Node):
    text: str


@dataclass(slots=True)
class Output(Node):
    value: Node
    line: int


@dataclass(slots=True)
class If(Node):
    condition: Node
    then: Body
    otherwise: Node | None


@dataclass(slots=True)
class Target:
    name: str
    local: Local | None


@dataclass(slots=True)
class For(Node):
    """``slots``: one per name; ``length``: the slot of the loop's length, kept from one loop to the next."""

    names: list[str]
    slots: list[int]
    length: int
    items: Node
    body: Body
    otherwise: Body | None
    line: int


@dataclass(slots=True)
class Set(Node):
    targets: list[Target]
    value: Node


@dataclass(slots=True)
class Macro(Node):
    """``slots``: of the positional arguments. A caller sees what is bound around it, a macro does not."""

    name: str
    arguments: list[str]
    slots: list[int]
    defaults: list[tuple[str, Node]]
    body: Body = field(default_factory=lambda: Body([]))
    caller: bool = False


@dataclass(slots=True)
class Define(Node):
    macro: Macro
    slot: int
    nested: bool


@dataclass(slots=True)
class Case:
    value: Node
    body: Body


@dataclass(slots=True)
class Switch(Node):
    value: Node
    cases: list[Case]
    default: Body | None


@dataclass(slots=True)
class Block(Node):
    body: Body
