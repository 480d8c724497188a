"""What is read for the queue: tracked outputs with their votes, and the product's newest interactions."""

from datetime import datetime, timedelta

from bot.domain.feedback import TrackedOutput, Vote
from bot.services.feedback.origins import of_interaction
from bot.store import UnitOfWork

RECENT = timedelta(days=30)
NEWEST = 2_000  # interactions of a feature that the queue may draw from


async def outputs_and_votes(
    unit: UnitOfWork, feature: str, now: datetime
) -> tuple[list[TrackedOutput], list[Vote]]:
    """The outputs that may be laid before people, and how they were voted on."""
    outputs = await unit.outputs.all(feature)
    votes = await unit.votes.on(feature)
    known = {output.name for output in outputs}
    for name in [feature] if feature else await unit.interactions.features():
        recent = await unit.interactions.between(name, now - RECENT, now, limit=NEWEST)
        outputs += [of_interaction(each) for each in recent if each.output and each.name not in known]
    return outputs, votes
