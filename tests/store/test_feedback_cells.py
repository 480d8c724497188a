"""What people say of an experiment's outputs in the labelling queue is what its judge is held against."""

from bot.domain.experiments.results import VerdictKind
from bot.services.feedback import LabellingService
from bot.store import Store
from tests.conftest import FixedClock
from tests.store.test_judged_experiment import ASKED, CASES, ran


async def test_a_judge_is_held_against_labels_of_the_queue(store: Store, clock: FixedClock) -> None:
    experiments, name = await ran(store, clock)
    labelling = LabellingService(store, clock)
    passed = {cell.output: cell.passed for cell in await experiments.cells(name)}
    waiting = await labelling.queue("ben", name.lower(), 100)
    assert len(waiting) == 2 * CASES
    for item in waiting:
        assert "reply@" not in item.output.name + item.output.prompt + item.output.model  # arms are not named
        assert str(item.output.input["question"]).startswith(ASKED)
    otherwise = {item.output.name for item in waiting if passed[item.output.text]}
    otherwise = set(sorted(otherwise)[:2])  # two that the judge passes and people do not
    for item in waiting:
        right = bool(passed[item.output.text]) and item.output.name not in otherwise
        await labelling.label(item.output.name, "ben", "agree" if right else "disagree")
    report = await experiments.report(name)
    assert "kappa 0.92 on 48 labels" in report.judge  # (46/48 - 1/2) / (1 - 1/2)
    assert report.conclusion.overall.kind is VerdictKind.SHIP
    assert await labelling.queue("ben", name, 100) == []
    first, second, *_ = waiting
    await labelling.label(first.output.name, "ben", "unsure")
    await labelling.withdraw(second.output.name, "ben")
    assert "on 46 labels" in (await experiments.report(name)).judge
    assert len(await labelling.labels(name.lower())) == 2 * CASES - 1
