"""Faults on demand: what goes wrong, where, and how often."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal, get_args

from bot.sandbox.errors import BadRequest

What = Literal["delay", "drop", "drop_after", "duplicate", "reorder", "status", "rate_limit", "disconnect"]
KINDS: tuple[str, ...] = get_args(What)
FOREVER = -1


@dataclass(slots=True)
class Fault:
    """``on`` is a point or a pattern of points (``api:chat.*``, ``delivery:*``, ``response``, ``upload``); it
    happens ``times`` times (-1: until cleared). ``seconds`` is the delay or what Retry-After says."""

    on: str
    what: str
    times: int = 1
    seconds: float = 0.0
    status: int = 500


class Faults:
    def __init__(self) -> None:
        self._standing: list[Fault] = []

    def add(self, wish: dict[str, Any]) -> Fault:
        """From ``{on, what, times?, seconds?, status?}``."""
        try:
            fault = Fault(
                str(wish["on"]),
                str(wish["what"]),
                int(wish.get("times") or 1),
                float(wish.get("seconds") or 0),
                int(wish.get("status") or 500),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BadRequest(
                "a fault needs `on` and `what`; `times`, `seconds` and `status` are numbers"
            ) from error
        if fault.what not in KINDS:
            raise BadRequest(f"unknown fault {fault.what!r}; there are {', '.join(KINDS)}")
        if not 200 <= fault.status <= 599:
            raise BadRequest("`status` lies between 200 and 599")
        self._standing.append(fault)
        return fault

    def clear(self) -> None:
        self._standing.clear()

    def take(self, point: str) -> dict[str, Fault]:
        """The faults that strike at ``point`` now, by what they do; each is used up by one."""
        struck: dict[str, Fault] = {}
        for fault in self._standing:
            if fault.what not in struck and fnmatchcase(point, fault.on):
                struck[fault.what] = fault
                if fault.times != FOREVER:
                    fault.times -= 1
        if struck:
            self._standing = [fault for fault in self._standing if fault.times]
        return struck
