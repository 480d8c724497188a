"""The addresses of the page: what a person sees and does, over HTTP."""

import json
import time

from aiohttp import web

from bot.sandbox.errors import BadRequest, SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.model import JSON, User
from bot.sandbox.people import ACTS, saying, shows
from bot.sandbox.people.live import Live
from bot.sandbox.shapes import file_shape
from bot.sandbox.uploads import preview, receive


class PageRoutes:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.live = Live(hub)

    def table(self) -> list[web.RouteDef]:
        return [
            web.get("/page/snapshot", self._snapshot),
            web.get("/page/messages", self._messages),
            web.get("/page/home", self._home),
            web.get("/page/live", self._live),
            web.post("/page/act", self._act),
            web.post("/page/upload", self._upload),
            web.get("/page/file/{file_id}", self._file),
        ]

    def _user(self, request: web.Request) -> User:
        user = self._hub.world.users.get(request.query.get("user", ""))
        if user is None or user.is_bot:
            raise BadRequest("`?user=` says who acts: the id of a person of the workspace")
        return user

    async def _snapshot(self, request: web.Request) -> web.Response:
        """Where ``?user=`` names nobody it is the first person's: a new page learns from ``me`` who it is."""
        people = {user.id: user for user in self._hub.world.users.values() if not user.is_bot}
        if not people:
            raise BadRequest("there is nobody in this workspace to act as")
        somebody = people.get(request.query.get("user", "")) or next(iter(people.values()))
        return web.json_response(shows.snapshot(self._hub, somebody))

    async def _messages(self, request: web.Request) -> web.Response:
        user = self._user(request)
        try:
            channel = saying.channel_of(self._hub, user, dict(request.query))
        except SlackError as error:
            return web.json_response(error.answer())
        return web.json_response(shows.messages(channel, user, request.query.get("thread_ts", "")))

    async def _home(self, request: web.Request) -> web.Response:
        return web.json_response({"view": self._hub.views.home(self._user(request).id)})

    async def _live(self, request: web.Request) -> web.StreamResponse:
        return await self.live.serve(request, self._user(request))

    async def _act(self, request: web.Request) -> web.Response:
        user, body = self._user(request), await read_object(request)
        act = ACTS.get(str(body.get("do")))
        if act is None:
            raise BadRequest(f"`do` is one of {', '.join(ACTS)}")
        entry = self._hub.log.add("person", user=user.id, do=body.get("do"), body=body)
        start = time.perf_counter()
        try:
            answer = {"ok": True, **await act(self._hub, user, body)}
        except SlackError as error:
            answer = error.answer()
        entry.update(answer=answer, ms=round((time.perf_counter() - start) * 1000, 1))
        return web.json_response(answer)

    async def _upload(self, request: web.Request) -> web.Response:
        user = self._user(request)
        try:
            files, fields = await receive(self._hub, request, user.id, user.team_id)
            answer: JSON = {"ok": True}
            if fields.get("channel"):
                ids = [file.id for file in files]
                answer |= await saying.post(self._hub, user, {**fields, "files": ids})
            answer["files"] = [file_shape(file, self._hub.base_url) for file in files]
        except SlackError as error:
            answer = error.answer()
        self._hub.log.add("person", user=user.id, do="upload", answer=answer)
        return web.json_response(answer)

    async def _file(self, request: web.Request) -> web.Response:
        try:
            return preview(self._hub, request.match_info["file_id"], attachment="download" in request.query)
        except SlackError as error:
            return web.json_response(error.answer(), status=404)


async def read_object(request: web.Request) -> JSON:
    """The body as a JSON object; BadRequest where it is none."""
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError as error:
        raise BadRequest("the body is not JSON") from error
    if not isinstance(body, dict):
        raise BadRequest("the body is not a JSON object")
    return body
