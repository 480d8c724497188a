"""A small world for the flywheel: a feature whose answers were corrected, from the first 👎 to a release."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.experiments.experiment import Experiment, Order, State
from bot.domain.experiments.results import VerdictKind
from bot.domain.features import Duty, Record, Watched
from bot.domain.feedback import TrackedOutput
from bot.domain.interactions import Interaction
from bot.errors import NotFound
from bot.services.chain import ChainService
from bot.services.datasets import CandidateService, DatasetService
from bot.services.feedback import FeedbackService, OutputService
from bot.services.flywheel import Flywheel, ReleaseKeeper, flywheel
from bot.services.people import PeopleService
from bot.services.prompts import PromptService
from bot.store import Store
from bot.workers import Workers
from tests.conftest import FixedClock
from tests.store.registry import ANA, BO, BODY, Concluded

BEGUN = datetime(2026, 11, 2, 9, tzinfo=UTC)
CLOE = "U4CLOE"
REFUNDS = Watched("reply", owners={Duty.PROMPTING: CLOE}, prompts=("reply",), dataset="refunds")


class NoReports:
    """Experiments of which nothing was run."""

    async def report(self, experiment_id: str) -> object:
        raise NotFound(f"{experiment_id} has no results yet.")


@dataclass
class Wheel:
    """The services that turn it, over one store."""

    store: Store
    clock: FixedClock
    verdicts: Concluded
    feedback: FeedbackService
    outputs: OutputService
    datasets: DatasetService
    candidates: CandidateService
    prompts: PromptService
    turning: Flywheel
    chain: ChainService

    async def begin(self) -> None:
        """reply@1 is live, reply@2 is a draft, and the feature reply is under watch."""
        self.clock.time = BEGUN
        for number in (1, 2):
            await self.prompts.save("reply", f"{BODY} {number}", ANA, note=f"note {number}")
        await self.prompts.promote("reply@1", BO, override="before there were experiments")
        now = self.clock.now()
        async with self.store.write() as unit:
            await unit.features.save(Record(REFUNDS, "U1", now, now))

    async def answered(self, number: int, prompt: str = "reply@1", *, thumb: str = "down") -> str:
        """An answer of the product that its own user judged, at most a minute later; its name."""
        self.clock.time += timedelta(minutes=1)
        made = Interaction(
            f"i{number}", "reply", self.clock.now(), f"Where is refund {number}?", f"Soon {number}.",
            prompt=prompt, trace=f"{number:032x}",
        )  # fmt: skip
        async with self.store.write() as unit:
            await unit.interactions.add([made], self.clock.now())
        await self.feedback.vote(made.name, f"product:{number}", thumb)  # type: ignore[arg-type]  # "up" or "down"
        return made.name

    async def corrected(self, number: int, reason: str = "wrong_facts", prompt: str = "reply@1") -> str:
        """An answer with a 👎 that says what it should have been; no candidate yet."""
        name = await self.answered(number, prompt)
        await self.feedback.explain(name, f"product:{number}", [reason], "", f"By Friday {number}.")
        return name

    async def accepted(self, numbers: list[int]) -> None:
        """Candidates of these numbers become cases of the next version of the set."""
        self.clock.time += timedelta(minutes=1)
        await self.candidates.accept("refunds", numbers, CLOE)

    async def tried(self, *prompts: str, dataset: str = "refunds@1") -> Experiment:
        """An experiment that ended and speaks for the last of these versions."""
        self.clock.time += timedelta(minutes=1)
        order = Order(prompts, ("offline",), dataset)
        async with self.store.write() as unit:
            made = await unit.experiments.create(
                order, BO.id, self.clock.now(), dataset=dataset, state=State.DONE
            )
        version = await self.prompts.get(prompts[-1])
        self.verdicts.add(made.id, VerdictKind.SHIP, {prompts[-1]: version.fingerprint})
        return made

    async def track(self, output: TrackedOutput) -> None:
        await self.outputs.track(output)


def wheel_over(store: Store, clock: FixedClock, people: PeopleService, *, enough: int = 3) -> Wheel:
    verdicts = Concluded()
    datasets = DatasetService(store, clock, Workers(0), lambda: b"key")
    candidates = CandidateService(store, clock, datasets)
    return Wheel(
        store=store,
        clock=clock,
        verdicts=verdicts,
        feedback=FeedbackService(store, clock),
        outputs=OutputService(store, clock),
        datasets=datasets,
        candidates=candidates,
        prompts=PromptService(store, clock, people, verdicts, ReleaseKeeper(14).moved),
        turning=flywheel(store, clock, candidates, enough=enough),
        chain=ChainService(store, NoReports()),  # type: ignore[arg-type]  # it never reports
    )
