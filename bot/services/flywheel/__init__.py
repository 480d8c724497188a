"""The flywheel: from what people say to the next prompt, and whether it helped.

collecting  a correction becomes a candidate     suggesting  enough of them are worth an experiment
releases    what a promotion was to mend         watching    whether it went away
examples    corrections shown to the next draft  counts      how far feedback came
whose       which feature, and who decides
"""

from dataclasses import dataclass

from bot.ports import Clock
from bot.services.datasets import CandidateService
from bot.services.flywheel.collecting import Collector
from bot.services.flywheel.counts import CountService
from bot.services.flywheel.releases import ReleaseKeeper
from bot.services.flywheel.suggesting import SuggestionService
from bot.services.flywheel.watching import WatchService
from bot.store import Store

__all__ = ["Collector", "CountService", "Flywheel", "ReleaseKeeper", "SuggestionService", "WatchService"]


@dataclass(frozen=True, slots=True)
class Flywheel:
    """Everything that turns it, for one team."""

    collector: Collector
    suggestions: SuggestionService
    watch: WatchService
    counted: CountService


def flywheel(store: Store, clock: Clock, candidates: CandidateService, *, enough: int) -> Flywheel:
    """``enough``: new cases from corrections that are worth an experiment."""
    return Flywheel(
        Collector(store, candidates),
        SuggestionService(store, clock, enough),
        WatchService(store, clock),
        CountService(store, clock),
    )
