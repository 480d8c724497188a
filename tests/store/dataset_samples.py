"""What tests of sets share: two cases, and putting cases into a set."""

from bot.domain.experiments.cells import Case
from bot.services.datasets import DatasetService, Incoming

A = Case("a", {"input": "where is it"}, expected="parcel", slices={"lang": "en"})
B = Case("b", {"input": "money back"}, expected="refund")


async def put(datasets: DatasetService, *cases: Case, name: str = "refunds", channel: str = "") -> None:
    """The cases as the set's next version."""
    proposal = await datasets.propose(name, Incoming(cases, channel=channel))
    await datasets.commit(proposal, "ann")
