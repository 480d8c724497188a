"""Where every body that a product sends comes in: whose it is, whether it may come now, and what it holds."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from fastapi import Request

from bot.intake.access import key_of
from bot.intake.bodies import is_gzipped, read_body
from bot.intake.figures import Figures
from bot.intake.limits import Backlog, KeyLimits
from bot.services.interactions.feedback import FeedbackIntake
from bot.services.interactions.keys import KeyService
from bot.services.interactions.service import InteractionService
from bot.services.prompts import PromptService
from bot.settings import Settings
from bot.store.keys import Key


class TeamServices(Protocol):
    """What the API calls, for one team."""

    @property
    def interactions(self) -> InteractionService: ...
    @property
    def product_feedback(self) -> FeedbackIntake: ...
    @property
    def keys(self) -> KeyService: ...
    @property
    def prompts(self) -> PromptService: ...
    @property
    def for_team(self) -> Callable[[str], "TeamServices"]: ...


@dataclass(slots=True)
class Parcel:
    """A body as it was sent, under whose key. ``records`` and ``size`` (bytes, unpacked) are what the key is
    charged with once it is known."""

    key: Key
    body: bytes
    gzipped: bool
    services: TeamServices
    records: int = 0
    size: int = 0


class Desk:
    """One for the process, over all its teams."""

    def __init__(self, services: TeamServices, settings: Settings) -> None:
        self.most_bytes = settings.intake_max_bytes
        self.services = services
        self.backlog = Backlog()
        self.figures = Figures(lambda: self.backlog.bodies)
        self._limits = KeyLimits(settings.intake_rate, settings.intake_bytes_rate)

    @asynccontextmanager
    async def parcel(self, request: Request) -> AsyncIterator[Parcel]:
        """The body of a request.

        Raises:
            Refusal: the key opens nothing; the body is too large, too slow or packed in another way.
            Busy: the key has used up what it may, or the process is full.
        """
        key = await key_of(request, self.services.keys)
        self._limits.check(key.id)
        gzipped = is_gzipped(request)
        with self.backlog.hold() as held:
            parcel = Parcel(key, b"", gzipped, self.services.for_team(key.team))
            try:
                parcel.body = await read_body(request, held, self.most_bytes)
                yield parcel
            finally:
                self._limits.spend(key.id, max(1, parcel.records), max(parcel.size, held.size))
