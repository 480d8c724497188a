"""Releases: what a move of a label means for them, kept in the transaction of the move."""

from bot.domain.prompts import PRODUCTION, LabelMove
from bot.domain.releases import Ending, Release, commonest
from bot.store import UnitOfWork

MOST = 2_000  # cases looked through for the reasons behind them


class ReleaseKeeper:
    """A promotion to production makes a release and replaces the one before; a rollback ends it."""

    def __init__(self, watch_days: int) -> None:
        self._watch_days = watch_days

    async def moved(self, unit: UnitOfWork, move: LabelMove) -> None:
        """To be called where a move is written: both are kept or neither is."""
        if move.label != PRODUCTION:
            return
        back = move.kind == "rollback"
        standing = await unit.releases.standing(move.name)
        await unit.releases.end(move.name, Ending.ROLLED_BACK if back else Ending.REPLACED, move.by, move.at)
        if back:
            return
        experiment = "" if move.override else move.verdict.partition(":")[0]
        found = await unit.experiments.get(experiment) if experiment else None
        dataset = found.dataset if found else ""
        before = standing[-1].dataset if standing else ""
        await unit.releases.add(
            Release(
                id="",
                prompt=move.name,
                to_version=move.to_version,
                by=move.by,
                at=move.at,
                watch_days=self._watch_days,
                from_version=move.from_version,
                experiment=experiment,
                dataset=dataset,
                mends=await reasons_of(unit, dataset, before),
                grounds=move.grounds,
            )
        )


async def reasons_of(unit: UnitOfWork, dataset: str, before: str = "") -> tuple[tuple[str, int], ...]:
    """The reasons of the corrections among a version's cases, commonest first: of those that came in since
    version ``before`` of the same set, or, where none did, of all."""
    name, _, number = dataset.rpartition("@")
    if not name:
        return ()
    earlier, _, since = before.rpartition("@")
    outputs: list[str] = []
    if earlier == name:
        outputs = await unit.flywheel.corrected_outputs(name, int(number), int(since), MOST)
    if not outputs:
        outputs = await unit.flywheel.corrected_outputs(name, int(number), 0, MOST)
    return commonest(await reasons_given(unit, outputs))


async def reasons_given(unit: UnitOfWork, outputs: list[str]) -> list[str]:
    """Every reason that a correction of these outputs gave."""
    found: list[str] = []
    for start in range(0, len(outputs), 400):
        marks = await unit.evidence.votes(outputs[start : start + 400], MOST)
        found += [reason for mark in marks if mark.vote.correction for reason in mark.vote.reasons]
    return found
