"""Ids and message timestamps: unique over restarts, always rising."""

import string
import time
from collections.abc import Callable

_DIGITS = string.digits + string.ascii_uppercase


def base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if number == 0:
            return digits


class Ids:
    """Counting starts at the clock's milliseconds, so that a client which remembers ids (to drop what is
    delivered twice) never meets an old one again."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self._counter = int(now() * 1000)
        self._micros = 0

    def new(self, prefix: str) -> str:
        self._counter += 1
        return prefix + base36(self._counter).rjust(10, "0")

    def ts(self, at: float | None = None) -> str:
        """A message's timestamp: seconds and microseconds, later than all before unless ``at`` is given."""
        if at is not None:
            return seconds(round(at * 1_000_000))
        self._micros = max(int(self.now() * 1_000_000), self._micros + 1)
        return seconds(self._micros)

    def later_than(self, ts: str) -> None:
        """Every new timestamp comes after ``ts``."""
        whole, _, part = ts.partition(".")
        self._micros = max(self._micros, int(whole) * 1_000_000 + int(part or 0))


def seconds(micros: int) -> str:
    return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
