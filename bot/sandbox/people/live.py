"""The live sockets of the page: what happened, told to those who may see it."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from aiohttp import web

from bot.sandbox.hub import Hub
from bot.sandbox.model import Channel, Happening, User
from bot.sandbox.people.shows import app_shape
from bot.sandbox.shapes import message_shape

JSON = dict[str, Any]
FRAMES_KEPT = 20_000


class Live:
    """One queue per socket; a page that does not read for too long is cut off."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._queues: dict[asyncio.Queue[JSON | None], User] = {}
        hub.world.listeners.append(self._happened)

    async def serve(self, request: web.Request, user: User) -> web.StreamResponse:
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        queue: asyncio.Queue[JSON | None] = asyncio.Queue()
        self._queues[queue] = user
        await socket.send_str(json.dumps({"type": "hello", "user": user.id}))
        sending = asyncio.create_task(self._send(socket, queue))
        try:
            async for _ in socket:
                pass
        finally:
            self._queues.pop(queue, None)
            sending.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await sending
        return socket

    async def _send(self, socket: web.WebSocketResponse, queue: "asyncio.Queue[JSON | None]") -> None:
        while (frame := await queue.get()) is not None:
            await socket.send_str(json.dumps(frame))
        await socket.close()

    def close(self) -> None:
        for queue in self._queues:
            queue.put_nowait(None)

    def _happened(self, happening: Happening) -> None:
        if not self._queues:
            return
        frame = self._frame(happening)
        if frame is None:
            return
        for queue, user in list(self._queues.items()):
            if _may_see(happening, user):
                if queue.qsize() < FRAMES_KEPT:
                    queue.put_nowait(frame)
                else:
                    del self._queues[queue]
                    queue.put_nowait(None)

    def _frame(self, happening: Happening) -> JSON | None:
        data, channel = happening.data, happening.channel
        place: JSON = {"channel": channel.id} if channel else {}
        match happening.kind:
            case "message" | "whisper":
                return {"type": "message", **place, "message": message_shape(data["message"])}
            case "message_changed" | "whisper_changed" | "message_replied":
                return {"type": "message_changed", **place, "message": message_shape(data["message"])}
            case "message_deleted":
                return {"type": "message_deleted", **place, "ts": data["message"]["ts"]}
            case "whisper_gone":
                return {"type": "message_deleted", **place, "ts": data["ts"]}
            case "reaction_added" | "reaction_removed":
                message = data["message"]
                reactions = message_shape(message).get("reactions", [])
                return {"type": "reaction", **place, "ts": message["ts"], "reactions": reactions}
            case "joined" | "left" | "channels":
                return {"type": "channels", **place}
            case "modal" | "modal_changed" | "home":
                shown = {key: data[key] for key in ("stack",) if key in data}
                return {"type": happening.kind, "view": dict(data["view"]), **shown}
            case "modal_closed":
                return {"type": "modal_closed", "view_id": data["view_id"]}
            case "app":
                return {"type": "app", **app_shape(self._hub)}
            case "users" | "reset":
                return {"type": happening.kind}
            case _:
                shown = {key: value for key, value in data.items() if key != "user"}
                return {"type": happening.kind, **place, **shown}


PERSONAL = frozenset(
    {"whisper", "whisper_changed", "whisper_gone", "modal", "modal_changed", "modal_closed", "home", "notice"}
)


def _may_see(happening: Happening, user: User) -> bool:
    if happening.team_id and happening.team_id != user.team_id:
        return False
    if happening.kind in PERSONAL:
        return bool(happening.data["user"] == user.id)
    channel: Channel | None = happening.channel
    return channel is None or channel.open_to(user) or happening.data.get("user") == user.id
