"""Cases that somebody looks at before they are kept: what to show of them, and keeping just that."""

from typing import Any

from bot.domain.datasets import Version, case_to_json
from bot.errors import InputError
from bot.services.datasets.proposals import Proposal
from bot.services.datasets.service import DatasetService

SHOWN = 3


def first_look(proposal: Proposal) -> dict[str, Any]:
    """{"set", "base", "reference", "news", "sentences", "first", "problems"} as plain values: the first three
    new cases, and the first three rows that are none."""
    return {
        "set": proposal.name,
        "base": proposal.base,
        "reference": proposal.reference,
        "news": len(proposal.diff.added) + len(proposal.diff.changed),
        "sentences": list(proposal.sentences()),
        "first": [case_to_json(case) for case in proposal.diff.added[:SHOWN]],
        "problems": [f"Row {each.row}: {each.reason}" for each in proposal.problems[:SHOWN]],
    }


async def keep(datasets: DatasetService, proposal: Proposal, base: int, by: str) -> Version | None:
    """What was shown when the set stood at version ``base``; a second time it gives the version that the
    first time made. None: nothing in it is new.

    Raises:
        InputError: the set was changed since.
    """
    if proposal.base == base:
        return await datasets.commit(proposal, by)
    versions = await datasets.versions(proposal.name)
    mine = [each for each in versions if (each.number, each.author) == (base + 1, by)]
    if mine and not proposal.diff:
        return mine[0]
    raise InputError(
        f"{proposal.name} was changed since this was shown.", hint="Import again and look at it once more."
    )
