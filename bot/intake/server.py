"""The HTTP server of the bot: routes on one address, within the running loop."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext, suppress
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount

from bot.errors import SettingsError
from bot.intake.metrics import Metrics
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.intake.desk import TeamServices

GRACE = 5  # seconds that open requests have when the server stops


class _Server(uvicorn.Server):
    """Signals are the bot's to handle, not the server's."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]  # a context manager too
        return nullcontext()


class HttpServer:
    """Serves routes on the settings' address, in the running loop, until stopped."""

    def __init__(self, routes: Sequence[BaseRoute], *, host: str, port: int) -> None:
        self._routes = list(routes)
        self._host = host
        self._port = port
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port it listens on; while 0 was asked for and it is not started, 0."""
        return self._port

    @property
    def connected(self) -> bool:
        return self._server is not None and self._server.started and not self._server.should_exit

    async def start(self) -> None:
        """Listen. Raises SettingsError where the address cannot be had."""
        listening = self._bind()
        self._port = int(listening.getsockname()[1])
        config = uvicorn.Config(
            Starlette(routes=self._routes),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]))
        await self._server.listening.wait()

    async def stop(self) -> None:
        """Take nothing more; requests that are open get GRACE seconds. Listeners go on."""
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await self._serving

    def _bind(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            return socket.create_server((self._host, self._port), family=family, backlog=512)
        except OSError as error:
            raise SettingsError(
                f"Nothing can listen on {self._host}:{self._port} ({error.strerror}).",
                hint="Set PLUMB_HTTP_HOST and PLUMB_HTTP_PORT to an address that is free.",
            ) from error


def api_routes(
    services: "TeamServices", settings: Settings, metrics: Metrics | None = None
) -> list[BaseRoute]:
    """The API for products, for whatever address no route before it has."""
    from bot.intake.api import build_api  # FastAPI takes a second to load: only where HTTP is on

    return [Mount("/", app=build_api(services, settings, metrics))]


@asynccontextmanager
async def warming(services: "TeamServices") -> AsyncIterator[None]:
    """Meanwhile, where any product has a key, start the worker processes its first request would wait for."""

    async def warm() -> None:
        if await services.keys.any_opens():
            await services.interactions.warm()

    task = asyncio.create_task(warm())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until_stopped() -> None:
    """Returns on SIGTERM or SIGINT."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # not on Windows, where Ctrl-C raises
            loop.add_signal_handler(each, stopped.set)
    await stopped.wait()
