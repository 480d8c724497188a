"""From an order to a plan: every prompt with every model, on cases drawn from one version of a set."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.datasets import Dataset, needs_answer
from bot.domain.experiments.cells import Arm, Case
from bot.domain.experiments.experiment import Order, Preview
from bot.domain.experiments.plan import ModelSpec, Plan, PlannedArm
from bot.domain.experiments.sizes import advise
from bot.domain.prompts import PromptVersion, as_template
from bot.errors import InputError, PlumblineError
from bot.llm.text import TextRequest
from bot.services.datasets import DatasetService
from bot.services.experiments.setup import Setup
from bot.services.prompts import PromptService
from bot.services.runs import Providers, open_providers
from bot.services.runs.money import LONGEST, highest_cost
from bot.services.runs.rendering import rendered

SECONDS_A_CALL = 2.0
LIKELY_ANSWER = 200  # tokens
SAMPLE = 12  # cases whose prompts are counted for an estimate


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with where its cases come from; ``left`` cases of the set are not in it."""

    plan: Plan
    dataset: Dataset
    left: int
    problems: tuple[str, ...] = ()


class Planner:
    """Looks up what an order names."""

    def __init__(self, prompts: PromptService, datasets: DatasetService, setup: Setup) -> None:
        self._prompts = prompts
        self._datasets = datasets
        self._setup = setup

    async def plan(self, order: Order, *, run_before: Collection[str] = ()) -> Planned:
        """``run_before``: ids of cases that are to be in it again.

        Raises:
            NotFound: no such prompt, set or model. InputError: a base that is none of the arms.
        """
        dataset = await self._datasets.resolve(order.dataset, judge=self._setup.judge)
        versions = [await self._prompts.get(prompt) for prompt in order.prompts]
        cases = drawn(dataset.cases, order.cases, order.seed, run_before)
        arms = _base_first(_arms(versions, order.models, self._setup), order.base)
        plan = Plan(arms, tuple(cases), repeats=order.repeats, concurrency=self._setup.concurrency)
        problems = tuple(_problems(versions, cases, plan))
        return Planned(plan, dataset, len(dataset.cases) - len(cases), problems)

    async def preview(self, order: Order) -> Preview:
        """What it would cost and could show. What keeps it from running stands in ``problems``.

        Raises:
            NotFound, InputError: as ``plan``.
        """
        planned = await self.plan(order)
        plan, problems = planned.plan, list(planned.problems)
        calls = sum(1 for _ in plan.cells())
        cost: tuple[float, float] | None = None
        try:
            providers = open_providers(plan, self._setup.access)
        except PlumblineError as error:
            problems.append(f"{error.message} {error.hint}".strip())
        else:
            cost = estimate(plan, providers)
            await providers.close()
        unanswered = sum(needs_answer(case) for case in plan.cases)
        return Preview(
            order=order,
            dataset=planned.dataset.reference,
            arms=tuple(arm.arm.id for arm in plan.arms),
            cases=len(plan.cases),
            calls=calls,
            cost=cost,
            seconds=_seconds(plan, calls),
            detectable=advise(len(plan.cases), candidates=max(1, len(plan.arms) - 1)).detectable,
            unanswered=unanswered,
            notes=tuple(_notes(planned, unanswered)),
            problems=tuple(problems),
        )


def drawn(cases: Sequence[Case], most: int | None, seed: int, first: Collection[str] = ()) -> list[Case]:
    """At most so many cases, in an order that depends on each case and the seed alone: of more cases the
    same are drawn again, and those of ``first`` before all others."""

    def place(case: Case) -> tuple[bool, str]:
        return case.id not in first, hashlib.sha256(f"{seed}:{case.id}".encode()).hexdigest()

    return sorted(cases, key=place)[:most]


def estimate(plan: Plan, providers: Providers) -> tuple[float, float] | None:
    """(likely, at most) US dollars for the whole plan, by the prices of a sample of its prompts."""
    sample = plan.cases[:SAMPLE]
    if not sample:
        return 0.0, 0.0
    likely = most = 0.0
    for planned in plan.arms:
        provider = providers.by_arm[planned.arm.id]
        if provider.price_at is None:
            continue
        for case in sample:
            request = _request(planned, case)
            if request is None:
                continue
            config = dict(planned.model.config)
            most += highest_cost(provider, request, config)
            short = {**config, "max_tokens": min(LIKELY_ANSWER, int(config.get("max_tokens") or LONGEST))}
            likely += highest_cost(provider, request, short)
    share = len(plan.cases) / len(sample) * plan.repeats
    return likely * share, most * share


def _request(planned: PlannedArm, case: Case) -> TextRequest | None:
    try:
        return rendered(planned.template, case)
    except InputError:  # said as a problem
        return None


def _arms(versions: Sequence[PromptVersion], models: Sequence[str], setup: Setup) -> list[PlannedArm]:
    arms = []
    for version in versions:
        for model in models:
            reference, spec = str(version.reference), ModelSpec(setup.models.id_of(model), model)
            parts = [reference] if len(models) == 1 else [reference, model]
            if len(versions) == 1 and len(models) > 1:
                parts = [model]
            arm = Arm(" · ".join(parts), reference, model, version.fingerprint)
            arms.append(PlannedArm(arm, as_template(version.prompt), spec))
    return arms


def _base_first(arms: list[PlannedArm], base: str) -> tuple[PlannedArm, ...]:
    if not base:
        return tuple(arms)
    named = [arm for arm in arms if base in {arm.arm.id, arm.arm.prompt, arm.arm.model}]
    if not named:
        names = ", ".join(arm.arm.id for arm in arms)
        raise InputError(f"The base {base} is none of the arms.", hint=f"They are {names}.")
    return (named[0], *(arm for arm in arms if arm is not named[0]))


def _problems(versions: Sequence[PromptVersion], cases: Sequence[Case], plan: Plan) -> list[str]:
    """What keeps it from running, in plain sentences."""
    if not cases:
        return ["The set has no cases yet."]
    given = set.intersection(*(set(case.vars) for case in cases))
    found = [
        f"{version.reference} asks for {', '.join(missing)}, which not every case has."
        for version in versions
        if (missing := sorted(set(version.inputs) - given))
    ]
    twice = len({arm.arm.id for arm in plan.arms}) < len(plan.arms)
    return [*found, *(["A prompt or a model is named twice."] if twice else [])]


def _notes(planned: Planned, unanswered: int) -> list[str]:
    notes = list(planned.dataset.scoring.sentences())
    if unanswered == len(planned.plan.cases) and unanswered:
        notes.append("No case has a right answer yet: nothing can be scored, only people can compare.")
    return notes


def _seconds(plan: Plan, calls: int) -> float:
    if all(arm.model.id.startswith(("offline:", "echo", "scripted:")) for arm in plan.arms):
        return max(1.0, calls / 500)
    return max(1.0, calls * SECONDS_A_CALL / plan.concurrency)
