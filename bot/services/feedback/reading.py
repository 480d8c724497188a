"""What is read for the queue: tracked outputs with their votes, and the product's own interactions."""

import re
from datetime import datetime, timedelta

from bot.domain.feedback import TrackedOutput, Vote
from bot.domain.feedback.labelling import LOW
from bot.services.feedback import cells
from bot.services.feedback.origins import of_interaction
from bot.store import UnitOfWork

EXPERIMENT = re.compile(r"EX-\d{1,9}", re.IGNORECASE)
RECENT = timedelta(days=30)
MOST = 2_000
"""Tracked outputs that the queue looks at, and interactions: the least sure, and as many of the newest."""


async def outputs_and_votes(
    unit: UnitOfWork, feature: str, now: datetime
) -> tuple[list[TrackedOutput], list[Vote]]:
    """The outputs that may be laid before people, and how they were voted on."""
    if EXPERIMENT.fullmatch(feature):
        return await cells.judged(unit, feature.upper()), []
    outputs = await unit.outputs.all(feature, most=MOST)
    votes = await unit.votes.on_outputs({output.name for output in outputs})
    found = await unit.outputs.worth_a_look(feature, now - RECENT, LOW, MOST // 2)
    made = [
        of_interaction(each)
        for name, ids in found.items()
        for each in await unit.interactions.some(name, ids)
    ]
    kept = await unit.outputs.some({output.name for output in made})
    return [*outputs, *(output for output in made if output.name not in kept)], votes
