"""Who sends more than can be worked on hears it at once."""

from contextlib import ExitStack

import pytest

from bot.errors import Busy
from bot.intake.limits import MOST_WAIT, Backlog


class Hand:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_body_that_would_wait_too_long_is_refused_until_the_work_is_done() -> None:
    clock = Hand()
    backlog = Backlog(clock=clock)
    with backlog.work(1_000):
        clock.now += 0.5  # half a second for a thousand bytes
    fits = int(MOST_WAIT / 0.5)
    with ExitStack() as waiting:
        for _ in range(fits + 1):  # the last of them begins when the wait is just as long as it may be
            waiting.enter_context(backlog.work(1_000))
        with pytest.raises(Busy), backlog.work(1_000):
            pass
    with backlog.work(1_000):
        pass


def test_before_anything_is_known_of_the_pace_everything_comes_in() -> None:
    backlog = Backlog(clock=Hand())
    with ExitStack() as waiting:
        for _ in range(100):
            waiting.enter_context(backlog.work(100_000))


def test_the_pace_is_learned_again_when_the_machine_gets_faster() -> None:
    clock = Hand()
    backlog = Backlog(clock=clock)
    with backlog.work(10):
        clock.now += 10  # something else took the machine
    for _ in range(100):
        with backlog.work(1_000):
            clock.now += 0.001
    with ExitStack() as waiting:
        for _ in range(1_000):
            waiting.enter_context(backlog.work(1_000))
