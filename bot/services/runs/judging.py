"""From a reply to a cell: transforms, assertions, and what went wrong on the way."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.domain.experiments.cells import Case, Cell, CellKey
from bot.domain.experiments.plan import ModelSpec
from bot.domain.jsvalues import UNDEFINED
from bot.domain.scoring import Assertion, Output, Part, Score
from bot.errors import BudgetReached, InputError, ModelError, PlumblineError
from bot.llm.failures import NO_ANSWER
from bot.llm.text import TextReply, TextRequest, text_of
from bot.services.runs.money import Purse

if TYPE_CHECKING:
    from bot.scorers.tools import Said, Tools

_PROGRAMS = ("javascript",)


def failed(key: CellKey, error: PlumblineError | str) -> Cell:
    """A cell without an output."""
    if isinstance(error, str):
        return Cell(key, error=error)
    return Cell(key, error=f"{error.message} {error.hint}".strip())


class Judge:
    """Makes cells of replies. ``tools`` as in ``run``; the scorers are loaded when the first reply comes.
    Judges' money comes out of ``purse``, set aside before they are asked."""

    def __init__(self, tools: "Tools | Callable[[], Tools] | None", purse: Purse) -> None:
        self._given = tools
        self._purse = purse
        self._tools: Tools | None = None

    async def cell(
        self, key: CellKey, case: Case, spec: ModelSpec, request: TextRequest, reply: TextReply, cached: bool
    ) -> Cell:
        """The finished cell. What a transform or an assertion refuses is the cell's error.

        Raises:
            BudgetReached: there is no money left to judge it.
        """
        try:
            value = reply.value
            if spec.transform or case.options.get("transform"):
                value = await asyncio.to_thread(_transformed, case, spec, request, value)
            score = await self._score(case, _output(key, case, spec, request, reply, cached, value))
        except BudgetReached:
            raise
        except PlumblineError as error:
            return _cell(key, reply, cached, error=failed(key, error).error)
        return _cell(key, reply, cached, output=text_of(value), score=score)

    async def _score(self, case: Case, output: Output) -> Score | None:
        if not case.assertions:
            return None
        from bot.scorers import grading

        tools = self._tools = self._tools or self._made()
        if any(grading.needs_waiting(each) for each in case.assertions):
            return await grading.grade(case.assertions, output, case.threshold, tools)
        if any(_is_program(each) for each in case.assertions):
            return await asyncio.to_thread(grading.grade_now, case.assertions, output, case.threshold, tools)
        return grading.grade_now(case.assertions, output, case.threshold, tools)

    def _made(self) -> "Tools":
        from bot.scorers.tools import NO_TOOLS

        given = self._given() if callable(self._given) else self._given
        return NO_TOOLS if given is None else paid(given, self._purse)


def paid(tools: "Tools", purse: Purse) -> "Tools":
    """The same tools, with the money for each question to a judge set aside before it is asked."""
    ask, price = tools.ask, tools.price
    if ask is None:
        return tools

    async def asked(system: str, user: str, answers: type[Any], provider: str, /, **about: str) -> "Said":
        estimate = await price(system, user, answers, provider) if price and purse.limited else 0.0
        await purse.reserve(estimate)
        cost = estimate  # also where it is given up halfway: it may have been billed
        try:
            said = await ask(system, user, answers, provider, **about)
            cost = said.cost if said.priced else estimate
            return said
        except ModelError as error:
            cost = estimate if error.code == NO_ANSWER else 0.0
            raise
        finally:
            purse.settle(estimate, cost)

    return replace(tools, ask=asked)


def _transformed(case: Case, spec: ModelSpec, request: TextRequest, value: Any) -> Any:
    """The model's own transform first, then the case's."""
    from bot.javascript import Form, run

    context = {"vars": dict(request.vars), "prompt": {"raw": request.prompt}}
    for code in (spec.transform, case.options.get("transform")):
        if code:
            names = {"output": value, "context": context}
            value = run(str(code), names, form=Form.TRANSFORM)
            if value is None or value is UNDEFINED:
                raise InputError("The transform gives nothing back.", hint="Let it return a value.")
    return value


def _output(
    key: CellKey,
    case: Case,
    spec: ModelSpec,
    request: TextRequest,
    reply: TextReply,
    cached: bool,
    value: Any,
) -> Output:
    return Output(
        value,
        vars=case.vars,
        prompt=request.prompt,
        latency_ms=None if cached else reply.latency_ms,
        cost=reply.cost,
        finish_reason=reply.finish_reason,
        log_probs=reply.log_probs,
        provider_config={**spec.config, **request.config},
        case_id=key.case,
    )


def _cell(
    key: CellKey,
    reply: TextReply,
    cached: bool,
    *,
    output: str = "",
    score: Score | None = None,
    error: str = "",
) -> Cell:
    return Cell(
        key,
        output=output,
        passed=None if score is None else score.passed,
        score=None if score is None else score.value,
        named_scores={} if score is None else score.named,
        reason="" if score is None else score.reason,
        error=error,
        latency_ms=None if cached else reply.latency_ms,
        first_token_ms=None if cached else reply.first_token_ms,
        cost=_sum(reply.cost, score),
        input_tokens=reply.input_tokens or 0,
        output_tokens=reply.output_tokens or 0,
        cached=cached,
        parts=() if score is None else tuple(_part(each) for each in score.parts),
    )


def _sum(cost: float | None, score: Score | None) -> float | None:
    judged_for = score.judged if score else 0.0
    return cost if not judged_for else (cost or 0.0) + judged_for


def _part(part: Part) -> dict[str, Any]:
    said = part.score
    found: dict[str, Any] = {
        "type": part.type, "passed": said.passed, "score": said.value, "reason": said.reason,
        "metric": part.metric,
    }  # fmt: skip
    if said.parts:
        found["parts"] = [_part(each) for each in said.parts]
    return found


def _is_program(assertion: Assertion) -> bool:
    own = assertion.type.removeprefix("not-") in _PROGRAMS or bool(assertion.transform)
    return own or any(map(_is_program, assertion.members))
