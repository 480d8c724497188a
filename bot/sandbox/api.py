"""The Web API over HTTP: tokens, scopes, rate limits, faults, and a line in the log for each call."""

import asyncio
import time
from typing import Any

from aiohttp import web

from bot.sandbox import seed
from bot.sandbox.arguments import read_arguments
from bot.sandbox.errors import SlackError
from bot.sandbox.faults import Fault
from bot.sandbox.hub import Hub
from bot.sandbox.methods import METHODS
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.model import JSON, Team


class Api:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def handle(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        struck = self._hub.faults.take(f"api:{name}")
        for fault in struck.values():
            self._hub.log.add("fault", on=f"api:{name}", what=fault.what)
        if "delay" in struck:
            await asyncio.sleep(struck["delay"].seconds)
        if "drop" in struck or "disconnect" in struck:
            return _cut(request)
        if refusal := _refused(struck):
            self._hub.log.add("api", method=name, arguments=None, answer=None, status=refusal.status, ms=0)
            return refusal
        response = await self._answer(request, name)
        return _cut(request) if "drop_after" in struck else response

    async def _answer(self, request: web.Request, name: str) -> web.Response:
        start = time.perf_counter()
        arguments: JSON = {}
        headers: dict[str, str] = {}
        status = 200
        try:
            arguments = await read_arguments(request)
            answer = {"ok": True, **await self._run(request, name, arguments, headers)}
        except SlackError as error:
            answer = error.answer()
            status = 429 if error.code == "ratelimited" else 200
            if status == 429:
                headers["Retry-After"] = str(error.extra["retry_after"])
                answer = {"ok": False, "error": "ratelimited"}
        elapsed = round((time.perf_counter() - start) * 1000, 1)
        shown = {key: value for key, value in arguments.items() if key != "token"}
        self._hub.log.add("api", method=name, arguments=shown, answer=answer, status=status, ms=elapsed)
        return web.json_response(answer, status=status, headers=headers)

    async def _run(self, request: web.Request, name: str, arguments: JSON, headers: dict[str, str]) -> JSON:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        token = _token(request, arguments)
        team = self._team(method, token)
        call = Call(self._hub, name, arguments, team, token, dict(request.headers))
        if method.caller == "bot":
            _check_scope(method, team, headers)
        wait = self._hub.limits.wait_for(team.id, name, method.tier, call.text("channel"))
        if wait:
            raise SlackError("ratelimited", retry_after=max(1, round(wait + 0.5)))
        return await method.run(call)

    def _team(self, method: Method, token: str) -> Team:
        first = next(iter(self._hub.world.teams.values()))
        if method.caller == "anyone":
            return self._hub.team_of_token(token) or first
        if not token:
            raise SlackError("not_authed")
        if method.caller == "app":
            if token != seed.APP_TOKEN:
                raise SlackError(
                    "not_allowed_token_type" if self._hub.team_of_token(token) else "invalid_auth"
                )
            return first
        team = self._hub.team_of_token(token)
        if team is None:
            raise SlackError("not_allowed_token_type" if token == seed.APP_TOKEN else "invalid_auth")
        return team


def _token(request: web.Request, arguments: JSON) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(arguments.get("token") or "")


def _check_scope(method: Method, team: Team, headers: dict[str, str]) -> None:
    if team.scopes is None:
        return
    provided = ",".join(sorted(team.scopes))
    headers["X-OAuth-Scopes"] = provided
    if method.scope and team.scopes.isdisjoint(method.scope):
        raise SlackError("missing_scope", needed=",".join(method.scope), provided=provided)


def _refused(struck: dict[str, Fault]) -> web.Response | None:
    if fault := struck.get("rate_limit"):
        wait = str(max(1, round(fault.seconds)))
        return web.json_response(
            {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": wait}
        )
    if fault := struck.get("status"):
        return web.Response(status=fault.status, text="the sandbox was told to fail")
    return None


def _cut(request: web.Request) -> web.Response:
    """Breaks the connection: the client never hears what became of its call."""
    transport: Any = request.transport
    if transport is not None:
        transport.abort()
    return web.Response(status=500)
