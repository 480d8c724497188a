"""Which assertions of a plan ask a judge, and what becomes of them where there is none."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.experiments.cells import Case
from bot.domain.experiments.plan import Plan
from bot.domain.scoring import JUDGED, Assertion

_NOT_IGNORED = ("not-factuality", "not-model-graded-factuality", "not-model-graded-closedqa")
HOW = "set PLUMB_MODEL, or give --judge provider:model"


def with_judge(plan: Plan, *, judge: str = "", usual: str = "") -> Plan:
    """The plan with the judge it asks, as "provider:model".

    ``judge`` is asked for everything, whatever the config names; ``usual`` where the config names none. A
    case that needs a judge and has none is refused, so that nothing is spent on it, and listed.
    """
    if not any(judged_types(case.assertions) for case in plan.cases):
        return plan
    cases, said = [], []
    for case in plan.cases:
        missing = [] if judge or usual else _without_judge(case)
        if missing and not case.refused:
            why = f'{case.origin or case.id}: the assertion "{missing[0]}" needs a judge model: {HOW}.'
            said.append(why)
            case = replace(case, refused=why)
        cases.append(case)
    unsupported = (*plan.unsupported, *dict.fromkeys(said))
    return replace(plan, cases=tuple(cases), judge=judge or plan.judge or usual, unsupported=unsupported)


def cannot_ask(assertion: Assertion, where: str) -> str:
    """Why a judge cannot be asked as the config has it, as a sentence; "" where it can, or is not to be."""
    if not judged_types([assertion]):
        return ""
    if assertion.rest.get("rubricPrompt"):
        return f'{where}: a rubricPrompt for "{assertion.type}" is not used: judges have prompts here.'
    if assertion.type in _NOT_IGNORED:
        return f'{where}: "{assertion.type}" is not scored, as promptfoo ignores its "not-".'
    return ""


def not_applied(assertion: Assertion, where: str) -> str:
    """What of a judge's own config is left out, as a sentence; "" for nothing."""
    named = assertion.rest.get("provider")
    if not judged_types([assertion]) or not isinstance(named, dict) or not named.get("config"):
        return ""
    return f'{where}: the config of the judge of "{assertion.type}" is not applied, only its name.'


def judged_types(assertions: Sequence[Assertion]) -> list[str]:
    """Types that ask a judge, as written."""
    return [each.type for each in _judged(assertions)]


def _without_judge(case: Case) -> list[str]:
    return [each.type for each in _judged(case.assertions) if not each.provider]


def _judged(assertions: Sequence[Assertion]) -> Iterator[Assertion]:
    for each in assertions:
        if each.type.removeprefix("not-") in JUDGED:
            yield each
        yield from _judged(each.members)
