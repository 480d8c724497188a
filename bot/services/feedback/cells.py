"""Cells of an experiment as outputs that people label: what they say is what its judge is held against."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b

from bot.domain.experiments.cells import Case, CellKey
from bot.domain.experiments.cells import Label as CellLabel
from bot.domain.experiments.judged import judged_cells
from bot.domain.feedback import TrackedOutput
from bot.domain.feedback.labelling import Label, Opinion
from bot.store import UnitOfWork

KIND = "cell"


async def look_up(unit: UnitOfWork, names: Sequence[str]) -> list[TrackedOutput]:
    """Cells by their names ("EX-3/HASH"), those that a judge judged."""
    by_experiment: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        by_experiment[name.partition("/")[0]].add(f"{KIND}:{name}")
    return [
        output
        for experiment, wanted in by_experiment.items()
        for output in await judged(unit, experiment)
        if output.name in wanted
    ]


async def judged(unit: UnitOfWork, experiment_id: str) -> list[TrackedOutput]:
    """The cells of an experiment that a judge judged. Neither name nor facts say which arm wrote it, so that
    nobody labels the arm; ``trace`` says it for those who count."""
    experiment = await unit.experiments.get(experiment_id)
    if experiment is None:
        return []
    cells = await unit.experiments.cells(experiment.id)
    wanted, cases = judged_cells(cells), await _cases(unit, experiment.dataset)
    return [
        TrackedOutput(
            name=f"{KIND}:{experiment.id}/{_hash(cell.key)}",
            text=cell.output,
            feature=experiment.id,
            input=dict(cases[cell.key.case].vars) if cell.key.case in cases else {},
            trace={"arm": cell.key.arm, "case": cell.key.case, "repeat": cell.key.repeat},
            channel=experiment.channel,
            created_at=experiment.created_at,
        )
        for cell in cells
        if cell.key in wanted
    ]


async def hold_against(unit: UnitOfWork, output: TrackedOutput, said: Label, now: datetime) -> None:
    """Whoever agrees with a cell's output lets it pass; who is unsure says nothing of it."""
    if output.kind != KIND:
        return
    key = _key(output)
    if said.label == Opinion.UNSURE:
        await unit.experiments.unlabel(output.feature, key, said.user)
    else:
        passed = said.label == Opinion.AGREE
        await unit.experiments.label(output.feature, CellLabel(key, said.user, passed), now)


async def let_go(unit: UnitOfWork, output: TrackedOutput, user: str) -> None:
    """The label was taken back."""
    if output.kind == KIND:
        await unit.experiments.unlabel(output.feature, _key(output), user)


def _key(output: TrackedOutput) -> CellKey:
    return CellKey(str(output.trace["arm"]), str(output.trace["case"]), int(output.trace["repeat"]))


def _hash(key: CellKey) -> str:
    told = f"{key.arm}\n{key.case}\n{key.repeat}".encode("utf-8", "replace")
    return blake2b(told, digest_size=6).hexdigest()


async def _cases(unit: UnitOfWork, reference: str) -> dict[str, Case]:
    """The cases of a version ("refunds@2") by id; none where the experiment had no set of ours."""
    name, _, version = reference.partition("@")
    found = await unit.datasets.get(name) if version.isdecimal() else None
    cases = await unit.datasets.cases(found.id, int(version)) if found else []
    return {case.id: case for case in cases}
