"""Socket Mode: connections, envelopes, acks."""

import asyncio
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox.delivery.parcel import LOST, NOT_CONNECTED, TIMED_OUT, Outcome, Parcel
from bot.sandbox.log import Log
from bot.sandbox.seed import APP_ID

JSON = dict[str, Any]
MOST_CONNECTIONS = 10
CONNECTION_SECONDS = 3_600
TICKETS_KEPT = 100
GRACE_SECONDS, PING_SECONDS = 10.0, 15.0


class Connection:
    """One web socket of the app. ``ready`` until it is asked to go."""

    def __init__(
        self, number: int, socket: web.WebSocketResponse, transport: asyncio.BaseTransport | None
    ) -> None:
        self.id = f"s{number}"
        self.socket = socket
        self.transport = transport
        self.ready = True
        self.awaited: dict[str, asyncio.Future[Outcome]] = {}

    def settle(self, envelope_id: str, outcome: Outcome) -> bool:
        future = self.awaited.pop(envelope_id, None)
        if future is None or future.done():
            return False
        future.set_result(outcome)
        return True


class Sockets:
    """The app's connections; each parcel goes to one of them, in turn."""

    def __init__(self, log: Log, changed: Callable[[], None]) -> None:
        self._log = log
        self._changed = changed
        self._tickets: dict[str, None] = {}
        self._connections: dict[str, Connection] = {}
        self._turn = 0
        self._numbers = 0

    @property
    def count(self) -> int:
        return sum(1 for one in self._connections.values() if one.ready)

    def ticket(self) -> str:
        """What apps.connections.open hands out: good for one connection."""
        ticket = secrets.token_urlsafe(18)
        self._tickets[ticket] = None
        while len(self._tickets) > TICKETS_KEPT:
            self._tickets.pop(next(iter(self._tickets)))
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("ticket", "") not in self._tickets:
            raise web.HTTPUnauthorized(text="unknown or used ticket: call apps.connections.open")
        del self._tickets[request.query["ticket"]]
        socket = web.WebSocketResponse(heartbeat=PING_SECONDS, max_msg_size=4 * 2**20)
        await socket.prepare(request)
        self._numbers += 1
        connection = Connection(self._numbers, socket, request.transport)
        await self._welcome(connection)
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._heard(connection, message.data)
        finally:
            self._gone(connection)
        return socket

    async def _welcome(self, connection: Connection) -> None:
        if self.count >= MOST_CONNECTIONS:
            await self._ask_to_go(connection, "too_many_websockets")
            await connection.socket.close()
            return
        hello: JSON = {
            "type": "hello",
            "num_connections": self.count + 1,
            "debug_info": {"host": "sandbox", "approximate_connection_time": CONNECTION_SECONDS},
            "connection_info": {"app_id": APP_ID},
        }
        await connection.socket.send_str(json.dumps(hello))
        self._connections[connection.id] = connection
        self._log.add("socket", what="open", connection=connection.id, connections=self.count)
        self._changed()

    def _heard(self, connection: Connection, text: str) -> None:
        try:
            message = json.loads(text)
            envelope_id = str(message["envelope_id"])
        except (ValueError, KeyError, TypeError):
            self._log.add("socket", what="not_understood", connection=connection.id, text=text[:500])
            return
        if not connection.settle(envelope_id, Outcome(message.get("payload"))):
            self._log.add("socket", what="late_ack", connection=connection.id, id=envelope_id)

    def _gone(self, connection: Connection) -> None:
        """It is no more: what was on it and not acked is lost."""
        for envelope_id in list(connection.awaited):
            connection.settle(envelope_id, Outcome(error=LOST))
        if self._connections.pop(connection.id, None):
            self._log.add("socket", what="closed", connection=connection.id, connections=self.count)
            self._changed()

    def _next(self) -> Connection | None:
        ready = [one for one in self._connections.values() if one.ready and not one.socket.closed]
        if not ready:
            return None
        self._turn += 1
        return ready[self._turn % len(ready)]

    async def send(self, parcel: Parcel, seconds: float, copies: int = 1, *, cut: bool = False) -> Outcome:
        """``copies`` go out in envelopes of their own, and the first ack counts for all; ``cut`` breaks the
        connection as soon as the parcel is on it."""
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        used: list[tuple[Connection, str]] = []
        try:
            async with asyncio.timeout(seconds):
                for _ in range(copies):
                    connection = self._next()
                    if connection is None:
                        return Outcome(error=NOT_CONNECTED)
                    used.append((connection, secrets.token_hex(16)))
                    await self._put(connection, parcel, used[-1][1], future)
                    if cut:
                        self._break(connection)
                return await future
        except TimeoutError:
            return Outcome(error=TIMED_OUT)
        finally:
            for connection, envelope_id in used:
                connection.awaited.pop(envelope_id, None)

    async def _put(
        self, connection: Connection, parcel: Parcel, envelope_id: str, future: "asyncio.Future[Outcome]"
    ) -> None:
        connection.awaited[envelope_id] = future
        try:
            await connection.socket.send_str(_envelope(parcel, envelope_id))
        except ConnectionError:
            connection.settle(envelope_id, Outcome(error=LOST))

    async def disconnect(self, reason: str = "refresh_requested", *, cut: bool = False) -> int:
        """Asks every connection to go; ``warning`` only announces it, ``cut`` breaks them without a word.
        Answers how many there were."""
        connections = list(self._connections.values())
        for connection in connections:
            if cut:
                self._break(connection)
            else:
                await self._ask_to_go(connection, reason)
        return len(connections)

    async def _ask_to_go(self, connection: Connection, reason: str) -> None:
        if reason != "warning":
            connection.ready = False
        goodbye = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
        self._log.add("socket", what="disconnect", connection=connection.id, reason=reason)
        with suppress(ConnectionError):
            await connection.socket.send_str(json.dumps(goodbye))
        if reason != "warning":
            asyncio.get_running_loop().call_later(GRACE_SECONDS, self._break, connection)
            self._changed()

    def _break(self, connection: Connection) -> None:
        self._gone(connection)
        connection.ready = False
        if isinstance(connection.transport, asyncio.WriteTransport):
            connection.transport.abort()

    async def close(self) -> None:
        for connection in list(self._connections.values()):
            with suppress(ConnectionError, TimeoutError):
                await asyncio.wait_for(connection.socket.close(), 1)


def _envelope(parcel: Parcel, envelope_id: str) -> str:
    envelope: JSON = {
        "envelope_id": envelope_id,
        "type": parcel.type,
        "accepts_response_payload": parcel.type != "events_api",
        "payload": parcel.payload,
    }
    if parcel.type == "events_api":
        envelope.update(retry_attempt=parcel.attempt, retry_reason=parcel.reason)
    return json.dumps(envelope)
