"""What a scorer is, and the few words that all of them share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain.scoring import Assertion, Output, Score
from bot.errors import InputError
from bot.scorers.tools import Tools

Grade = Callable[[Assertion, Output, Tools], Score]
AwaitedGrade = Callable[[Assertion, Output, Tools], Awaitable[Score]]

PASSED = "Assertion passed"


@dataclass(frozen=True, slots=True)
class Scorer:
    """One way to score an output, under one or more names.

    Exactly one of ``grade`` and ``awaited`` is there: what must ask a model or a process is awaited.
    The assertion that arrives has its value filled in and its type as written, "not-" included; the output
    is already transformed. Both raise ``AssertionInvalid`` where promptfoo calls the config wrong, and
    ``Unsupported`` where only promptfoo could say.
    """

    types: tuple[str, ...]
    grade: Grade | None = None
    awaited: AwaitedGrade | None = None


class AssertionInvalid(InputError):
    """An assertion that cannot be scored: no value, a value of the wrong kind, an unknown type."""

    code = "bad_assertion"


def base_type(assertion: Assertion) -> str:
    return assertion.type.removeprefix("not-")


def negated(assertion: Assertion) -> bool:
    return assertion.type.startswith("not-")


def require(condition: object, message: str) -> None:
    if not condition:
        raise AssertionInvalid(message)


def yes_or_no(met: bool, assertion: Assertion, expected: str) -> Score:
    """1 or 0; "not-" turns it round. ``expected`` ends the sentence "Expected output to …"."""
    inverse = negated(assertion)
    if met is not inverse:
        return Score(True, 1.0, PASSED)
    return Score(False, 0.0, f"Expected output to {'not ' if inverse else ''}{expected}")


def graded(value: float, assertion: Assertion, default_threshold: float, name: str) -> Score:
    """A score against a threshold; "not-" turns verdict and score round."""
    threshold = default_threshold if assertion.threshold is None else assertion.threshold
    inverse = negated(assertion)
    reached = value >= threshold
    relation = "at least" if reached else "less than"
    reason = f"{name} score {value:.2f} is {relation} threshold {threshold:g}"
    return Score(reached is not inverse, 1 - value if inverse else value, reason)
