"""Tracing anything: the chain around it, as far as it may be seen."""

from dataclasses import replace
from functools import partial
from typing import Protocol

from bot.domain.chain import Chain, Stage
from bot.domain.experiments import telling as say
from bot.domain.experiments.report import ExperimentReport
from bot.errors import PlumblineError
from bot.services.chain.finding import chosen, find
from bot.services.chain.hops import HOPS
from bot.services.chain.walking import Sees, Way, walk
from bot.store import Store

SPOKEN = 3  # experiments whose verdict is worked out: each takes all of its cells


class Reports(Protocol):
    """What experiments show."""

    async def report(self, experiment_id: str) -> ExperimentReport: ...


async def everything(_channel: str) -> bool:
    """For whoever holds the database anyway."""
    return True


class ChainService:
    """The chain of evidence of a team. Nothing is stored for it: it is what rows say of each other."""

    def __init__(self, store: Store, reports: Reports) -> None:
        self._store = store
        self._reports = reports

    async def trace(self, about: str, sees: Sees = everything) -> Chain:
        """The chain around something that people name; ``sees`` says which private channels may show.

        Raises:
            NotFound: nothing of that name, or it may not be seen here. InputError: several have that name.
        """
        async with self._store.read() as unit:
            seen = {"": True}
            found = await find(unit, about)
            for channel in {node.channel for node in found} - {""}:
                seen[channel] = await sees(channel)
            begun = chosen([node for node in found if seen[node.channel]], about)
            ways = [
                Way(hop.cause, hop.effect, partial(hop.forth, unit), partial(hop.back, unit)) for hop in HOPS
            ]
            chain = await walk(ways, begun, sees)
        return await self._with_verdicts(chain)

    async def _with_verdicts(self, chain: Chain) -> Chain:
        """The newest experiments say what they showed."""
        shown = {node.id for node in chain.at(Stage.EXPERIMENT)[-SPOKEN:]}
        nodes = [
            replace(node, state=await self._verdict(node.id) or node.state) if node.id in shown else node
            for node in chain.nodes
        ]
        return replace(chain, nodes=tuple(nodes))

    async def _verdict(self, experiment_id: str) -> str:
        """ "ship +9 pts (95 %: +2…+16)", "" where nothing was run."""
        try:
            report = await self._reports.report(experiment_id)
        except PlumblineError:
            return ""
        overall = report.conclusion.overall
        compared = [each for each in report.conclusion.comparisons if each.candidate == overall.candidate]
        told = f" {say.difference(compared[0])}" if compared else ""
        return f"{overall.kind.value.replace('_', ' ')}{told}"
