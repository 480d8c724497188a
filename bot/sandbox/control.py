"""The controls of a test: the log, manifests, faults, raw events, more workspaces, reset."""

from dataclasses import asdict

from aiohttp import web

from bot.sandbox import seed
from bot.sandbox.errors import BadRequest
from bot.sandbox.hub import Hub
from bot.sandbox.manifest import App, read_manifest
from bot.sandbox.model import JSON
from bot.sandbox.people.routes import read_object
from bot.sandbox.state import dump

LONGEST_WAIT = 60.0


class ControlRoutes:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def table(self) -> list[web.RouteDef]:
        return [
            web.get("/control/log", self._log),
            web.post("/control/app", self._install),
            web.post("/control/uninstall", self._uninstall),
            web.post("/control/faults", self._fault),
            web.delete("/control/faults", self._no_faults),
            web.post("/control/socket", self._socket),
            web.post("/control/event", self._event),
            web.post("/control/teams", self._team),
            web.post("/control/limits", self._limits),
            web.post("/control/reset", self._reset),
            web.get("/control/state", self._state),
        ]

    async def _log(self, request: web.Request) -> web.Response:
        query = request.query
        try:
            after, limit = int(query.get("after", 0)), int(query.get("limit", 0))
            wait = min(float(query.get("wait", 0)), LONGEST_WAIT)
        except ValueError as error:
            raise BadRequest("`after`, `limit` and `wait` are numbers") from error
        kind = query.get("kind", "")
        entries = (
            await self._hub.log.wait(after, kind, wait) if wait else self._hub.log.since(after, kind, limit)
        )
        return web.json_response({"entries": entries, "last": self._hub.log.last})

    async def _install(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        return web.json_response(await self.install(body.get("manifest"), str(body.get("request_url") or "")))

    async def install(self, manifest: object, request_url: str = "") -> JSON:
        """Installs a manifest; its event URL must answer Slack's challenge first."""
        app: App = read_manifest(self._hub.app.id, manifest, request_url)
        if app.event_url and not await self._hub.http.verify(
            app.event_url, self._hub.dispatcher.patience.ack
        ):
            return {"ok": False, "error": "url_not_verified"}
        self._hub.install(app)
        self._hub.log.add("app", name=app.name, commands=[one["command"] for one in app.commands])
        return {"ok": True, "app_id": app.id}

    async def _uninstall(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        team = self._hub.world.teams.get(str(body.get("team_id") or seed.TEAM))
        if team is None:
            raise BadRequest("no such workspace")
        self._hub.uninstall(team, {"type": "app_uninstalled"})
        return web.json_response({"ok": True})

    async def _fault(self, request: web.Request) -> web.Response:
        fault = self._hub.faults.add(await read_object(request))
        if fault.on == "socket" and fault.what == "disconnect":
            self._hub.faults.take("socket")
            await self._hub.sockets.disconnect(cut=True)
        return web.json_response({"ok": True, "fault": asdict(fault)})

    async def _no_faults(self, request: web.Request) -> web.Response:
        self._hub.faults.clear()
        return web.json_response({"ok": True})

    async def _socket(self, request: web.Request) -> web.Response:
        """``{reason?, cut?}``: a polite goodbye, or none."""
        body = await read_object(request)
        reason = str(body.get("reason") or "refresh_requested")
        count = await self._hub.sockets.disconnect(reason, cut=bool(body.get("cut")))
        return web.json_response({"ok": True, "connections": count})

    async def _event(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        event = body.get("event")
        if not isinstance(event, dict) or not event.get("type"):
            raise BadRequest("`event` is an object with a `type`")
        team = self._hub.world.teams.get(str(body.get("team_id") or seed.TEAM))
        if team is None:
            raise BadRequest("no such workspace")
        event.setdefault("event_ts", self._hub.ids.ts())
        event_id = self._hub.tell(team, event, str(body.get("event_id") or ""))
        return web.json_response({"ok": True, "event_id": event_id})

    async def _team(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        if not str(body.get("team_id") or "").startswith("T"):
            raise BadRequest("`team_id` starts with T")
        if body["team_id"] in self._hub.world.teams:
            raise BadRequest("there is such a workspace already")
        if not _described(body.get("users"), "id") or not _described(body.get("channels"), "id", "name"):
            raise BadRequest("users and channels are objects with an `id`, channels with a `name` too")
        self._check_new(body)
        team = seed.found_team(self._hub.world, body, self._hub.app.name)
        team.scopes = self._hub.app.scopes
        return web.json_response({"ok": True, "team_id": team.id, "bot_user": team.bot_user})

    def _check_new(self, body: JSON) -> None:
        """Ids and the token belong to one workspace only."""
        for kind, there in (("users", self._hub.world.users), ("channels", self._hub.world.channels)):
            if taken := [one["id"] for one in body.get(kind) or () if one["id"] in there]:
                raise BadRequest(f"{', '.join(taken)}: there is such an id already")
        if self._hub.team_of_token(str(body.get("bot_token") or "")):
            raise BadRequest("another workspace has this `bot_token`")

    async def _limits(self, request: web.Request) -> web.Response:
        self._hub.limits.on = bool((await read_object(request)).get("on"))
        return web.json_response({"ok": True, "on": self._hub.limits.on})

    async def _reset(self, request: web.Request) -> web.Response:
        self._hub.faults.clear()
        self._hub.furnish()
        self._hub.world.say("reset", "")
        return web.json_response({"ok": True})

    async def _state(self, request: web.Request) -> web.Response:
        return web.json_response(dump(self._hub))


def _described(wishes: object, *names: str) -> bool:
    """Is it a list of objects that have these names, as texts? Nothing at all is one too."""
    if wishes is None:
        return True
    return isinstance(wishes, list) and all(
        isinstance(one, dict) and all(isinstance(one.get(name), str) and one[name] for name in names)
        for one in wishes
    )
