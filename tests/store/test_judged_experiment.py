"""An experiment that a judge alone decided: people's labels say whether its word may promote anything."""

from io import BytesIO
from typing import Any

import pytest

from bot.cli.exp_filing import stored_report
from bot.domain.experiments.cells import Label
from bot.domain.experiments.experiment import Order
from bot.domain.experiments.judged import NO_GATE
from bot.domain.experiments.results import VerdictKind
from bot.domain.people import Role
from bot.scorers.tools import Said, Tools
from bot.services.datasets import DatasetService
from bot.services.experiments import ExperimentService, Models, Setup
from bot.services.people import PeopleService
from bot.services.prompts import PromptService
from bot.store import Store
from bot.workers import Workers
from tests.conftest import FixedClock
from tests.store.test_experiment_service import ADA, FACTS, prompt

ASKED = "When do boxes lock?"
CASES = 24


async def judge(system: str, user: str, answers: type[Any], provider: str, /, **_: str) -> Said:
    """Passes what says the fact, at a cent each."""
    passed = FACTS[0] in user.partition("output begin")[2]
    return Said(answers.model_validate({"reason": "r", "passed": passed, "score": float(passed)}), 0.01)


async def ran(store: Store, clock: FixedClock) -> tuple[ExperimentService, str]:
    """The service, and an experiment in which only the newer prompt knows the fact."""
    datasets = DatasetService(store, clock, Workers(0), lambda: b"key")
    prompts = PromptService(store, clock, PeopleService(store, clock, Role.REVIEWER))
    setup = Setup(Models({"brief": "offline:brief"}), tools=Tools(ask=judge), concurrency=2)
    experiments = ExperimentService(store, clock, prompts, datasets, setup)
    await prompts.save("reply", prompt(FACTS[1]), ADA)
    await prompts.save("reply", prompt(FACTS[0]), ADA)
    rows = ["question,__expected", *(f"{ASKED}{'?' * n},llm-rubric: Says when." for n in range(CASES))]
    read = await datasets.read(BytesIO("\n".join(rows).encode()), filename="questions.csv")
    await datasets.commit(await datasets.propose("questions", read), ADA.id)
    planned = await experiments.plan(Order(("reply@1", "reply@2"), ("brief",), "questions"), by=ADA.id)
    await experiments.begin(planned.id)
    return experiments, (await experiments.carry_out(planned.id)).id


@pytest.mark.parametrize(
    ("wrong", "kind", "said"),
    [
        (None, VerdictKind.NEED_MORE, "Too few labels to judge the judge: 0 labels"),
        (2, VerdictKind.SHIP, "kappa 0.83 on 48 labels"),
        (6, VerdictKind.NEED_MORE, "kappa 0.50 on 48 labels"),
    ],
    ids=["no labels", "people agree", "people do not agree"],
)
async def test_what_a_judges_word_is_worth(
    store: Store, clock: FixedClock, wrong: int | None, kind: VerdictKind, said: str
) -> None:
    """Of the 24 outputs of each arm people see ``wrong`` otherwise than the judge."""
    experiments, name = await ran(store, clock)
    cells = await experiments.cells(name)
    assert [cell.passed for cell in cells].count(True) == CASES
    assert sum(cell.cost or 0.0 for cell in cells) == pytest.approx(2 * CASES * 0.01)
    if wrong is not None:
        async with store.write() as unit:
            for passed in (True, False):
                of_arm = [cell.key for cell in cells if cell.passed is passed]
                for number, key in enumerate(of_arm):
                    label = Label(key, "U0BEN", passed is (number >= wrong))
                    await unit.experiments.label(name, label, clock.now())
    report = await experiments.report(name)
    assert report.conclusion.overall.kind is kind
    assert said in report.judge
    assert (NO_GATE in report.notes) is (kind is not VerdictKind.SHIP)
    shown = await stored_report(store, name)  # plumb exp show
    assert (shown.judge, shown.conclusion.overall.kind) == (report.judge, kind)
    verdict = await experiments.verdict(name)
    assert verdict is not None
    assert verdict.kind is kind
