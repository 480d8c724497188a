"""Experiments worth running: a set has gained corrections that production was not tried on."""

from bot.domain.datasets import DatasetLine
from bot.domain.prompts import Reference
from bot.domain.releases import commonest
from bot.errors import NotFound
from bot.ports import Clock
from bot.services.flywheel.releases import MOST, reasons_given
from bot.services.flywheel.whose import decides, features_with, live
from bot.store import Store, UnitOfWork
from bot.store.releases import Suggestion

NEVER = "never"
TAKEN = "taken"
LATER = "later"
ANSWERS = (TAKEN, LATER, NEVER)


class SuggestionService:
    """``enough``: so many new cases from corrections are worth an experiment."""

    def __init__(self, store: Store, clock: Clock, enough: int) -> None:
        self._store = store
        self._clock = clock
        self._enough = enough

    async def due(self) -> list[Suggestion]:
        """Suggestions that nobody has answered: new ones, kept here, and those kept before, so that a run
        that was cut off between keeping and telling tells them."""
        found: list[Suggestion] = []
        async with self._store.read() as unit:
            for line in await unit.datasets.overview():
                if line.version:
                    found += await self._of(unit, line)
        async with self._store.write() as unit:
            for each in found:
                await unit.releases.suggest(each)
        return found

    async def get(self, dataset: str, version: int) -> Suggestion:
        """Raises NotFound."""
        async with self._store.read() as unit:
            for each in await unit.releases.suggested(dataset):
                if each.version == version:
                    return each
        raise NotFound(f"Nothing was suggested for {dataset}@{version}.")

    async def answer(self, dataset: str, version: int, answer: str) -> None:
        """One of ``ANSWERS``; NEVER is for all versions of the set to come."""
        async with self._store.write() as unit:
            await unit.releases.answer(dataset, version, answer)

    async def _of(self, unit: UnitOfWork, line: DatasetLine) -> list[Suggestion]:
        before = await unit.releases.suggested(line.name)
        if any(each.answer == NEVER for each in before):
            return []
        mine = [each for each in before if each.version == line.version]
        if mine:
            return [each for each in mine if not each.answer]
        told = before[-1].version if before else 0
        made = await self._made(unit, line, told)
        return [made] if made is not None else []

    async def _made(self, unit: UnitOfWork, line: DatasetLine, told: int) -> Suggestion | None:
        prompt = await _prompt_of(unit, line.name)
        version = await live(unit, prompt) if prompt else None
        if version is None:
            return None
        reference = f"{prompt}@{version}"
        since = max(told, await _last_run(unit, line.name, reference))
        outputs = await unit.flywheel.corrected_outputs(line.name, line.version, since, MOST)
        if len(outputs) < self._enough:
            return None
        reasons = commonest(await reasons_given(unit, outputs))
        newest = await unit.prompts.newest(prompt)
        draft = str(newest[0].reference) if newest and newest[0].version > version else ""
        running = await unit.prompts.get(Reference(prompt, version))
        return Suggestion(
            dataset=line.name,
            version=line.version,
            prompt=reference,
            draft=draft,
            person=decides(await features_with(unit, line.name), running),
            cases=len(outputs),
            reason=reasons[0][0] if reasons else "",
            offered_at=self._clock.now(),
        )


async def _prompt_of(unit: UnitOfWork, dataset: str) -> str:
    """The prompt that a set is for: its feature's, else that of the newest experiment on it."""
    for feature in await features_with(unit, dataset):
        for prompt in (*feature.prompts, feature.name):
            if await live(unit, prompt) is not None:
                return prompt
    newest = await unit.flywheel.experiments_on(dataset, 1)
    return newest[-1].order.prompts[0].partition("@")[0] if newest else ""


async def _last_run(unit: UnitOfWork, dataset: str, reference: str) -> int:
    """The newest version of a set that an experiment ran this prompt on; 0: none."""
    label = f"{reference.partition('@')[0]}@production"
    ran = [
        int(each.dataset.rpartition("@")[2])
        for each in await unit.flywheel.experiments_on(dataset, MOST)
        if {reference, label} & set(each.order.prompts)
    ]
    return max(ran, default=0)
