"""Makes the desk for every ask: one team's services, Slack client and outbox."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.bootstrap import Services
from bot.ports import Clock, Job, Jobs
from bot.services.outbox import Outbox
from bot.settings import Settings
from handlers.ask import Ask
from handlers.desk import Desk, Workshop
from handlers.publisher import SlackPublisher
from handlers.slack import WebSlack

TokenOf = Callable[[str], Awaitable[str]]
"""The bot token of a workspace; raises errors.SettingsError where the app is not installed (any more)."""

ClientWith = Callable[[str, bool], AsyncWebClient]
"""A client with this token; the flag says whether it may repeat calls by itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the desks of one team share."""

    token: str
    services: Services
    slack: WebSlack
    outbox: Outbox


class Desks:
    """One place per team, made on first need and anew when its token changes."""

    def __init__(
        self,
        settings: Settings,
        services: Services,
        workshop: Workshop,
        clock: Clock,
        jobs: Jobs,
        *,
        token_of: TokenOf,
        client_with: ClientWith,
    ) -> None:
        self._settings = settings
        self._services = services
        self._workshop = workshop
        self._clock = clock
        self._jobs = jobs
        self._token_of = token_of
        self._client_with = client_with
        self._places: dict[str, Place] = {}

    async def at(self, ask: Ask, job: Job | None = None) -> Desk:
        """The desk for this ask. Raises errors.SettingsError where there is no token for its team."""
        place = await self._place(ask.team)
        return Desk(
            services=place.services,
            slack=place.slack,
            workshop=self._workshop,
            outbox=place.outbox,
            command=self._settings.slack_command,
            clock=self._clock,
            jobs=self._jobs,
            model=self._settings.model,
            transport=self._settings.slack_transport,
            history_allowed=self._settings.channel_history,
            intake=_intake(self._settings),
            job=job,
        )

    def team(self, slack_team: str) -> str:
        """The team whose rows a workspace sees. A bot that serves one workspace shares its rows with the
        command line; one that serves several keeps each under its own id."""
        return slack_team if self._settings.slack_client_id else self._settings.team

    async def _place(self, slack_team: str) -> Place:
        token = await self._token_of(slack_team)
        place = self._places.get(slack_team)
        if place is None or place.token != token:
            services = self._services.for_team(self.team(slack_team))
            publisher = SlackPublisher(self._client_with(token, False))
            place = Place(
                token=token,
                services=services,
                slack=WebSlack(self._client_with(token, True)),
                outbox=Outbox(services.store, self._clock, publisher),
            )
            self._places[slack_team] = place
        return place


def _intake(settings: Settings) -> str:
    if settings.public_url:
        return settings.public_url.rstrip("/")
    return f"http://{settings.http_host}:{settings.http_port}" if settings.http_port else ""
