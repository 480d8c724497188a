"""What makes one version into the next: cases put in, edited, taken out; and what two versions differ in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from bot.domain.datasets.model import vars_key
from bot.domain.experiments.cells import Case

_COMPARED = tuple(field.name for field in fields(Case) if field.name not in {"id", "origin"})


@dataclass(frozen=True, slots=True)
class Edit:
    """A case before and after."""

    before: Case
    after: Case

    @property
    def fields(self) -> tuple[str, ...]:
        """What changed, by name."""
        return tuple(name for name in _COMPARED if getattr(self.before, name) != getattr(self.after, name))


@dataclass(frozen=True, slots=True)
class Diff:
    """From one version to another, in the order of the later one."""

    added: tuple[Case, ...] = ()
    changed: tuple[Edit, ...] = ()
    removed: tuple[Case, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def __str__(self) -> str:
        return f"{len(self.added)} added, {len(self.changed)} changed, {len(self.removed)} removed"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A case that was left out: ``with_id`` has the same input and another answer."""

    case: Case
    with_id: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The cases of the next version; ``duplicates`` had an input that was there already."""

    cases: tuple[Case, ...]
    duplicates: int = 0
    conflicts: tuple[Conflict, ...] = ()


def differences(before: Iterable[Case], after: Iterable[Case]) -> Diff:
    """By id. A case whose origin alone differs is the same case."""
    old = {case.id: case for case in before}
    new = {case.id: case for case in after}
    edits = (Edit(old[name], case) for name, case in new.items() if name in old)
    return Diff(
        added=tuple(case for name, case in new.items() if name not in old),
        changed=tuple(edit for edit in edits if edit.fields),
        removed=tuple(case for name, case in old.items() if name not in new),
    )


def merged(before: Sequence[Case], incoming: Iterable[Case], *, replacing: bool = False) -> Merged:
    """``incoming`` into ``before``: a known id is edited in place, a new one comes at the end, the same input
    under another id is a duplicate and stays out. ``replacing``: what did not come goes.

    The same input with another answer under another id is a conflict: a person decides, so the first stays.
    """
    kept: dict[str, Case] = {} if replacing else {case.id: case for case in before}
    order = {case.id: place for place, case in enumerate(before)}
    origins = {case.id: case.origin for case in before}
    inputs = {vars_key(case.vars): case.id for case in kept.values()}
    came: set[str] = set()
    duplicates, conflicts = 0, []
    for case in incoming:
        owner = inputs.get(vars_key(case.vars), case.id)
        if owner != case.id or case.id in came:
            same = _same_answer(kept[owner], case)
            duplicates += same
            if not same:
                conflicts.append(Conflict(case, owner))
            continue
        came.add(case.id)
        _forget_input(inputs, kept.get(case.id))
        inputs[vars_key(case.vars)] = case.id
        kept[case.id] = replace(case, origin=origins.get(case.id) or case.origin)
    in_order = sorted(kept.values(), key=lambda case: order.get(case.id, len(order)))
    return Merged(tuple(in_order), duplicates, tuple(conflicts))


def _same_answer(one: Case, other: Case) -> bool:
    """Whether a repeated input asks for nothing new; a blank answer contradicts none."""
    asks_nothing = not other.expected and not other.assertions
    return asks_nothing or (one.expected, one.assertions) == (other.expected, other.assertions)


def _forget_input(inputs: dict[str, str], case: Case | None) -> None:
    if case is not None:
        inputs.pop(vars_key(case.vars), None)


def by_id(cases: Iterable[Case]) -> Mapping[str, Case]:
    return {case.id: case for case in cases}
