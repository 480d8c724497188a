"""The running bot: everything built, started in order, and stopped without losing anything."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.bootstrap import Services, build_services
from bot.durable import Durable
from bot.intake import (
    HttpServer,
    Metrics,
    api_routes,
    health_routes,
    probes,
    until_stopped,
    warming,
    watch,
)
from bot.logs import LOGGER, configure_logs
from bot.scheduling import Schedule, schedule_forgetting, schedule_tidying
from bot.settings import Settings
from bot.workshop import Workshop
from handlers.app import register, register_jobs
from handlers.boundary import Boundary
from handlers.desks import Desks
from handlers.digests.posting import schedule_digests
from handlers.experiments.sprints import schedule_sprints
from handlers.features import FEATURES
from handlers.flywheel.turning import schedule_flywheel
from handlers.manifest import scopes
from handlers.transport import SocketTransport, install_routes, slack_routes, web_client
from handlers.workspaces import open_workspaces

DRAIN_SECONDS = 14.0  # of the twenty that a stop may take


class Bot:
    """The bot of one process: ``async with Bot(settings) as bot``. It takes commands once it is entered.

    Raises:
        SettingsError: a token is missing or is not taken.
        StoreError: the database cannot be opened, or another process holds the data folder.
    """

    services: Services
    durable: Durable
    desks: Desks

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stack = AsyncExitStack()
        self._socket: SocketTransport | None = None
        self._server: HttpServer | None = None

    @property
    def connected(self) -> bool:
        """Whether Slack reaches it."""
        ways = [way for way in (self._socket, self._server) if way is not None]
        return bool(ways) and all(way.connected for way in ways)

    @property
    def http_port(self) -> int:
        return self._server.port if self._server else 0

    async def __aenter__(self) -> "Bot":
        try:
            await self._start()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Backwards: take nothing more, finish or park what runs, then close the rest."""
        await self._stack.aclose()

    async def _start(self) -> None:
        settings, stack = self._settings, self._stack
        # First: whatever fails then has its log.
        configure_logs(settings.data_dir, settings.log_level, to_stderr=settings.log_stderr)
        workspaces = open_workspaces(settings, scopes(FEATURES, history=settings.channel_history))
        stack.push_async_callback(workspaces.close)
        metrics = Metrics()
        stack.callback(metrics.close)
        self.services = await asyncio.to_thread(build_services, settings)
        stack.push_async_callback(self.services.close)
        workshop = Workshop(settings)
        stack.push_async_callback(workshop.close)
        clock = self.services.clock
        self.durable = Durable(settings.database, settings.data_dir, clock=clock)
        self.desks = Desks(
            settings,
            self.services,
            workshop,
            clock,
            self.durable,
            token_of=workspaces.token_of,
            client_with=self._client,
        )
        boundary = Boundary(self.desks, self.durable, metrics.acked)
        register_jobs(self.durable.register, boundary)
        register(workspaces.app, boundary, settings.slack_command)
        schedule = Schedule(self.durable, clock)
        schedule_tidying(schedule, self.durable, timedelta(days=settings.job_retention_days))
        schedule_forgetting(schedule, self.durable, self.services.retention.forget_everywhere)
        schedule_sprints(schedule, self.durable.register, self.desks, workspaces.teams)
        schedule_flywheel(schedule, self.durable.register, self.desks, workspaces.teams)
        schedule_digests(schedule, self.durable.register, self.desks, self.durable, workspaces.teams)
        await self.durable.start()
        stack.push_async_callback(self.durable.close)
        stack.push_async_callback(self.durable.drain, DRAIN_SECONDS)
        stack.push_async_callback(boundary.drain, 3.0)
        await schedule.start()
        stack.callback(schedule.stop)
        await self._listen(workspaces.app, metrics)

    async def _listen(self, app: AsyncApp, metrics: Metrics) -> None:
        """Health first, so that whoever looks after the bot sees it wait for Slack."""
        settings, parts = self._settings, (self.services.store, self.durable, lambda: self.connected)
        watch(metrics, *parts)
        by_http = settings.slack_transport == "http"
        if by_http or settings.http_port:
            routes = [*health_routes(probes(*parts), metrics), *install_routes(app)]
            if by_http:
                routes += slack_routes(app, settings)
            routes += api_routes(self.services, settings, metrics)
            self._server = HttpServer(routes, host=settings.http_host, port=settings.http_port)
            await self._server.start()
            self._stack.push_async_callback(self._server.stop)
            await self._stack.enter_async_context(warming(self.services))
        if not by_http:
            self._socket = SocketTransport(app, settings)
            await self._socket.start()
            self._stack.push_async_callback(self._socket.stop)

    def _client(self, token: str, repeats: bool) -> AsyncWebClient:
        return web_client(self._settings, token, repeats=repeats)


async def serve(settings: Settings) -> None:
    """Run until stopped."""
    async with Bot(settings):
        LOGGER.info("running")
        await until_stopped()
        LOGGER.info("stopping")


def run(settings: Settings) -> int:
    """Run until stopped; returns the exit code."""
    asyncio.run(serve(settings))
    return 0
