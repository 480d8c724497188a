"""From a right answer in words to something that can be checked, and saying openly how."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.experiments.cells import Case
from bot.domain.scoring import JUDGED, Assertion

LABEL_WORDS = 4
LABEL_LETTERS = 60
SIMILAR_ENOUGH = 0.75
_MARK = re.compile(r"\{[{%#]|#\}")
_RUBRIC = "The answer says, in its own words, what this right answer says, and nothing against it: {}"


@dataclass(frozen=True, slots=True)
class Scoring:
    """How many cases are scored in which way; a case counts once. ``own``: by checks that somebody wrote;
    ``labels``: equality with a label; ``judged``: a judge compares with the right answer; ``similar``: only
    nearness in meaning; ``unanswered``: nobody has written the right answer yet. ``need_judge`` counts every
    case that asks a judge, whoever wrote the check."""

    own: int = 0
    labels: int = 0
    judged: int = 0
    similar: int = 0
    unanswered: int = 0
    need_judge: int = 0

    def sentences(self) -> tuple[str, ...]:
        """In plain words, the most exact first; empty for an empty set."""
        said = (
            (self.own, "scored by the checks written for {}"),
            (self.labels, "right only if the output equals the expected label"),
            (self.judged, "compared with the right answer by a judge model"),
            (self.similar, "compared by nearness in meaning, which does not see a wrong detail"),
            (self.unanswered, "without a right answer: only a judge's or people's comparison can say more"),
        )
        return tuple(f"{_cases(n)}: {what.format('it' if n == 1 else 'them')}" for n, what in said if n)


def needs_answer(case: Case) -> bool:
    """Nobody has written what a right output is."""
    return not case.expected and not case.assertions


def answered(cases: Sequence[Case], *, judge: bool = True) -> tuple[tuple[Case, ...], Scoring]:
    """The cases with a check each where a right answer is known.

    An answer of a closed set of short ones ("refund", "other") is checked by ``equals``; any other one by a
    judge (``llm-rubric``), or, where no judge is to be asked, by ``similar``.
    """
    labels = label_answers(cases)
    checked, ways = [], Counter[str]()
    for case in cases:
        way = _way(case, labels, judge)
        ways[way] += 1
        made = _check(case, way)
        ways["need_judge"] += any(map(asks_judge, made.assertions))
        checked.append(made)
    return tuple(checked), Scoring(**ways)


def without_default_check(case: Case) -> Case:
    """The case without a check that ``answered`` made of its expected answer."""
    made = [_check(replace(case, assertions=()), way) for way in ("labels", "judged", "similar")]
    is_made = bool(case.expected) and any(case.assertions == each.assertions for each in made)
    return replace(case, assertions=()) if is_made else case


def label_answers(cases: Sequence[Case]) -> frozenset[str]:
    """The expected answers that are labels: short ones, if at least half of the cases that have one share it
    with another case. That makes them a closed set; the rare ones belong to it."""
    short = Counter(case.expected for case in cases if not case.assertions and _is_short(case.expected))
    shared = sum(n for n in short.values() if n > 1)
    return frozenset(short) if 2 * shared >= short.total() else frozenset()


def asks_judge(assertion: Assertion) -> bool:
    """Whether a model must be asked to check it."""
    return assertion.type.removeprefix("not-") in JUDGED or any(map(asks_judge, assertion.members))


def _is_short(text: str) -> bool:
    return 0 < len(text.split()) <= LABEL_WORDS and len(text) <= LABEL_LETTERS


def _way(case: Case, labels: frozenset[str], judge: bool) -> str:
    if case.assertions:
        return "own"
    if not case.expected:
        return "unanswered"
    if case.expected in labels:
        return "labels"
    return "judged" if judge else "similar"


def _check(case: Case, way: str) -> Case:
    if way == "labels":
        return replace(case, assertions=(Assertion("equals", literal(case.expected)),))
    if way == "judged":
        return replace(case, assertions=(Assertion("llm-rubric", literal(_RUBRIC.format(case.expected))),))
    if way == "similar":
        check = Assertion("similar", literal(case.expected), threshold=SIMILAR_ENOUGH)
        return replace(case, assertions=(check,))
    return case


def literal(text: str) -> str:
    """Text that a template leaves as it is: an assertion's value is filled in before it is compared."""
    return _MARK.sub(r'{{ "\g<0>" }}', text)


def _cases(n: int) -> str:
    return "1 case" if n == 1 else f"{n:,} cases"
