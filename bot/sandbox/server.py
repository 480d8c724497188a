"""The sandbox as a server: one aiohttp application on the loopback, started and stopped."""

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.sandbox import seed
from bot.sandbox.api import Api
from bot.sandbox.consent import authorize
from bot.sandbox.control import ControlRoutes
from bot.sandbox.delivery.dispatcher import Patience
from bot.sandbox.errors import BadRequest, SlackError
from bot.sandbox.guard import POLICY, guard, loopback
from bot.sandbox.hub import Hub
from bot.sandbox.log import Log
from bot.sandbox.methods.schedule import resume
from bot.sandbox.people.routes import PageRoutes
from bot.sandbox.person import Person
from bot.sandbox.state import dump, load
from bot.sandbox.uploads import LARGEST, download, take_upload
from bot.sandbox.world import World

JSON = dict[str, Any]
PAGE = Path(__file__).with_name("page")
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".png": "image/png",
    ".woff2": "font/woff2",
}


class Sandbox:
    """A Slack workspace on the loopback.

    ``async with Sandbox(port=0) as sandbox`` starts it on a free port. ``patience`` says how long an ack may
    take and when events come again, ``now`` is the clock in seconds, ``state`` a file that keeps it all.
    """

    bot_token, app_token, signing_secret = seed.BOT_TOKEN, seed.APP_TOKEN, seed.SIGNING_SECRET

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        state: Path | None = None,
        patience: Patience | None = None,
        rate_limits: bool = False,
        now: Callable[[], float] = time.time,
    ) -> None:
        if not loopback(host):
            raise BadRequest("the sandbox listens on the loopback only: 127.0.0.1, ::1 or localhost")
        self._host, self._port, self._state = host, port, state
        self.hub = Hub(now=now, patience=patience or Patience(), rate_limits=rate_limits)
        self._page = PageRoutes(self.hub)
        self._control = ControlRoutes(self.hub)
        self._runner: web.AppRunner | None = None

    @property
    def world(self) -> World:
        return self.hub.world

    @property
    def log(self) -> Log:
        return self.hub.log

    @property
    def url(self) -> str:
        return self.hub.base_url

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def calls(self, method: str = "") -> list[JSON]:
        """Web API calls so far, oldest first: ``{n, at, method, arguments, answer, status, ms}``."""
        return [one for one in self.log.since(kind="api") if method in ("", one["method"])]

    def person(self, user_id: str) -> Person:
        """Somebody at the page: ``async with sandbox.person("U0ADA") as ada``."""
        return Person(self.url, user_id)

    async def install(self, manifest: Mapping[str, Any], request_url: str = "") -> JSON:
        return await self._control.install(dict(manifest), request_url)

    # --- starting and stopping -----------------------------------------------------------------------------
    async def start(self) -> None:
        """OSError where the port is taken; BadRequest where the saved state is damaged."""
        if self._state is not None and not self._state.absolute().parent.is_dir():
            raise BadRequest(f"{self._state}: there is no such folder to keep the state in")
        if self._state is not None and self._state.exists():
            load(self.hub, _read_state(self._state))
            resume(self.hub)
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=2.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        try:
            await site.start()
        except OSError:
            await self.stop()
            raise
        port = self._runner.addresses[0][1]
        self.hub.base_url = f"http://{'[::1]' if self._host == '::1' else self._host}:{port}"

    async def stop(self) -> None:
        self._page.live.close()
        await self.hub.sockets.close()
        await self.hub.dispatcher.close()
        await self.hub.http.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        if self._state is not None and self.url:
            self.save(self._state)

    def save(self, path: Path) -> None:
        """Writes beside and renames: a state is whole or not there."""
        draft = path.with_name(path.name + ".tmp")
        draft.write_text(json.dumps(dump(self.hub)), encoding="utf-8")
        draft.replace(path)

    async def __aenter__(self) -> "Sandbox":
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    # --- addresses -----------------------------------------------------------------------------------------
    def _application(self) -> web.Application:
        application = web.Application(middlewares=[guard], client_max_size=LARGEST)
        api = Api(self.hub)
        application.add_routes(
            [
                web.route("*", "/api/{method}", api.handle),
                web.get("/socket", self.hub.sockets.serve),
                web.post("/response/{token}", self._response),
                web.route("*", "/upload/{file_id}", self._upload),
                web.get("/files/{file_id}/{name}", self._download),
                web.get("/oauth/v2/authorize", self._authorize),
                web.get("/archives/{channel}/{message}", self._permalink),
                web.get("/healthz", self._health),
                *self._page.table(),
                *self._control.table(),
                web.get("/{path:.*}", self._static),
            ]
        )
        return application

    async def _response(self, request: web.Request) -> web.Response:
        entry = self.hub.log.add("response_url", token=request.match_info["token"], body={})
        try:
            body = json.loads(await request.text() or "{}")
            entry["body"] = body if isinstance(body, dict) else {}
            self.hub.responses.use(request.match_info["token"], entry["body"])
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        except SlackError as error:
            return web.json_response(error.answer(), status=404 if error.code.endswith("_url") else 200)
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        return await take_upload(self.hub, request)

    async def _download(self, request: web.Request) -> web.Response:
        return download(self.hub, request)

    async def _authorize(self, request: web.Request) -> web.Response:
        return await authorize(self.hub, request)

    async def _permalink(self, request: web.Request) -> web.Response:
        """To the page: the channel, and the thread if the link names one."""
        thread = request.query.get("thread_ts", "")
        target = f"/#/{quote(request.match_info['channel'])}" + (f"/{quote(thread)}" if thread else "")
        return web.Response(status=302, headers={"Location": target})

    async def _health(self, request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "sockets": self.hub.sockets.count})

    async def _static(self, request: web.Request) -> web.Response:
        path = (PAGE / (request.match_info["path"] or "index.html")).resolve()
        if not path.is_relative_to(PAGE) or not path.is_file() or path.suffix not in TYPES:
            return web.Response(status=404, text="not found")
        headers = {
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-cache",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        return web.Response(
            body=path.read_bytes(), content_type=TYPES[path.suffix], charset="utf-8", headers=headers
        )


def _read_state(path: Path) -> JSON:
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadRequest(f"{path.name} is no saved state") from error
    if not isinstance(state, dict):
        raise BadRequest(f"{path.name} is no saved state")
    return state
