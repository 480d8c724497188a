"""A person's edit of one case, by field."""

import math
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.experiments.cells import Case
from bot.errors import InputError

FIELDS = ("expected", "note", "cluster", "threshold", "vars.NAME", "slices.NAME")


def edited(case: Case, values: Mapping[str, str]) -> Case:
    """The case with new values. A new ``expected`` takes the place of the checks that were there.

    Raises:
        InputError: no such field, or a value that does not fit.
    """
    for path, value in values.items():
        case = _set(case, path, value)
    return case


def _set(case: Case, path: str, value: str) -> Case:
    group, _, name = path.partition(".")
    if group == "vars" and name in case.vars:
        return replace(case, vars={**case.vars, name: value})
    if group == "slices" and name:
        slices = {key: each for key, each in {**case.slices, name: value}.items() if each}
        return replace(case, slices=slices)
    if path == "expected":
        return replace(case, expected=value.strip(), assertions=())
    if path == "note":
        return replace(case, description=value.strip())
    if path == "cluster":
        return replace(case, cluster=value.strip())
    if path == "threshold":
        return replace(case, threshold=_number(value))
    known = ", ".join([*FIELDS[:4], *(f"vars.{key}" for key in case.vars), "slices.NAME"])
    raise InputError(f"A case has no field {path[:80]!r}.", hint=f"One of: {known}.")


def _number(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number <= 1:
        raise InputError(f"{text[:40]!r} is no threshold.", hint="A number from 0 to 1.")
    return number
