"""What a run would cost and could show, and the registry of text models."""

import pkgutil
from dataclasses import replace
from importlib import import_module

import pytest

import bot.llm.text
from bot.domain.experiments.cells import CellKey
from bot.domain.experiments.plan import ModelSpec, Plan
from bot.llm.text import TEXT_PROVIDERS, TextAccess
from bot.services.runs import Providers, estimate, open_providers
from tests.unit.runs.plans import Model, all_by, plan_of

ACCESS = TextAccess(api_keys={"openai": "none"})


def priced(plan: Plan, model: str, tokens: int) -> Plan:
    spec = ModelSpec(f"openai:{model}", config={"max_tokens": tokens})
    return replace(plan, arms=tuple(replace(planned, model=spec) for planned in plan.arms))


async def test_calls_and_time_count_what_is_not_there_yet() -> None:
    plan = plan_of(cases=10, repeats=2, concurrency=4)
    found = estimate(plan, all_by(Model(), plan), done=[CellKey("a", "c1", 0)], call_s=3.0)
    assert (found.calls, found.seconds) == (39, 30.0)
    assert (found.cost_low, found.cost_high) == (0.0, 0.0)


async def test_given_outputs_and_refused_cases_cost_nothing() -> None:
    plan = plan_of(cases=4, arms=("a",))
    first, second, *rest = plan.cases
    cases = (replace(first, refused="no"), replace(second, options={"providerOutput": "x"}), *rest)
    assert estimate(replace(plan, cases=cases), all_by(Model(), plan)).calls == 2


async def test_the_longest_answers_make_the_upper_figure() -> None:
    """gpt-4o-mini: $0.15 and $0.60 a million tokens. 1,000 answers of 500 tokens are $0.30, of 200 $0.12."""
    plan = priced(plan_of(cases=1000, arms=("a",)), "gpt-4o-mini", 500)
    providers = open_providers(plan, ACCESS)
    found = estimate(plan, providers)
    await providers.close()
    assert found.cost_low is not None
    assert found.cost_high is not None
    assert 0.12 < found.cost_low < 0.125
    assert 0.30 < found.cost_high < 0.305


async def test_a_price_that_nobody_knows_is_none() -> None:
    plan = priced(plan_of(cases=3), "no-such-model", 10)
    providers = open_providers(plan, ACCESS)
    found = estimate(plan, providers)
    await providers.close()
    assert (found.cost_low, found.cost_high) == (None, None)


def test_it_says_what_so_many_cases_can_show() -> None:
    many, few, one = plan_of(cases=400), plan_of(cases=20), plan_of(cases=400, arms=("a",))
    seen = [estimate(plan, Providers({})) for plan in (many, few, one)]
    assert seen[0].detectable is not None
    assert 0 < seen[0].detectable < 0.15
    assert seen[1].detectable is None or seen[1].detectable > seen[0].detectable
    assert (seen[2].detectable, seen[2].sentence) == (None, "")
    assert seen[0].sentence.startswith("400 cases")


@pytest.mark.parametrize(
    "name", [m.name for m in pkgutil.iter_modules(bot.llm.text.__path__)], ids=lambda name: str(name)
)
def test_every_module_that_opens_a_text_model_is_listed(name: str) -> None:
    module = import_module(f"bot.llm.text.{name}")
    assert hasattr(module, "open_text") is (name in TEXT_PROVIDERS)
