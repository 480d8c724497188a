"""A small HTTP/1.1 client: connections kept open by origin, bodies whole or as they come.

Why not the vendors' SDKs or a full client: how long a run of a thousand short calls takes is decided by what
one call costs here, and by how soon the first one leaves (tests/benchmarks/bench_runs.py has the figures).
h11 reads and writes the protocol; what is here is connecting, keeping and giving up. Redirects are never
followed, compression is never asked for, proxies are not known.
"""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, urlsplit

import h11

MAX_BODY = 32 * 1024 * 1024  # bytes; no answer of a model comes near
CHUNK = 65536
Origin = tuple[str, str, int]
OnBytes = Callable[[bytes], None]


class Unreachable(Exception):
    """No connection could be made: nothing was sent."""


class Dropped(Exception):
    """The request went out, and no whole answer in HTTP came back."""


@dataclass(frozen=True, slots=True)
class HttpReply:
    """``headers`` with names in lower case; ``body`` empty where it was handed on as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(slots=True)
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    state: h11.Connection

    @property
    def alive(self) -> bool:
        return not (self.reader.at_eof() or self.writer.is_closing())


class HttpClient:
    """Speaks to any number of servers, each request on a connection of its own while it lasts."""

    def __init__(self) -> None:
        self._idle: dict[Origin, list[_Connection]] = {}
        self._closed = False

    async def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes = b"",
        *,
        timeout: float,  # noqa: ASYNC109  one time limit for connecting, sending and reading together
        on_bytes: OnBytes | None = None,
    ) -> HttpReply:
        """One exchange. With ``on_bytes`` a body of a 2xx answer is handed on piece by piece.

        Raises:
            Unreachable, Dropped, TimeoutError (``timeout`` in seconds, to the last byte).
        """
        parts = urlsplit(url)
        origin = (parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
        async with asyncio.timeout(timeout):
            connection = self._take(origin) or await _connect(origin)
            whole = False
            try:
                reply = await _exchange(connection, _request(method, parts, headers, body), body, on_bytes)
                whole = True
            except (OSError, h11.ProtocolError, EOFError) as error:
                raise Dropped(type(error).__name__) from None
            finally:
                self._give_back(origin, connection, whole)
        return reply

    async def close(self) -> None:
        self._closed = True
        connections = [each for kept in self._idle.values() for each in kept]
        self._idle.clear()
        for each in connections:
            each.writer.close()
        for each in connections:
            await _closed(each.writer)

    def _take(self, origin: Origin) -> _Connection | None:
        kept = self._idle.get(origin, [])
        while kept:
            connection = kept.pop()
            if connection.alive:
                return connection
            connection.writer.close()
        return None

    def _give_back(self, origin: Origin, connection: _Connection, whole: bool) -> None:
        done = whole and connection.state.our_state is h11.DONE and connection.state.their_state is h11.DONE
        if done and connection.alive and not self._closed:
            connection.state.start_next_cycle()
            self._idle.setdefault(origin, []).append(connection)
        else:
            connection.writer.transport.abort()


async def _connect(origin: Origin) -> _Connection:
    scheme, host, port = origin
    try:
        reader, writer = await asyncio.open_connection(
            host, port, ssl=_tls() if scheme == "https" else None, limit=CHUNK
        )
    except (OSError, UnicodeError) as error:  # ssl's errors are OSErrors; a host may be no name at all
        raise Unreachable(type(error).__name__) from None
    return _Connection(reader, writer, h11.Connection(h11.CLIENT, max_incomplete_event_size=CHUNK))


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _request(method: str, parts: SplitResult, headers: Mapping[str, str], body: bytes) -> h11.Request:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    named = {"host": parts.netloc.rpartition("@")[2], "accept": "*/*", "content-length": str(len(body))}
    if method in ("GET", "HEAD") and not body:
        del named["content-length"]
    named.update((name.lower(), value) for name, value in headers.items())
    try:
        return h11.Request(method=method, target=target, headers=list(named.items()))
    except (h11.LocalProtocolError, UnicodeError):
        raise Unreachable("a header or address that HTTP does not allow") from None


async def _exchange(
    connection: _Connection, request: h11.Request, body: bytes, on_bytes: OnBytes | None
) -> HttpReply:
    state = connection.state
    pieces = [
        state.send(request),
        state.send(h11.Data(data=body)) if body else b"",
        state.send(h11.EndOfMessage()),
    ]
    connection.writer.write(b"".join(piece or b"" for piece in pieces))
    if len(body) > CHUNK:
        await connection.writer.drain()
    response = await _event(connection)
    while isinstance(response, h11.InformationalResponse):
        response = await _event(connection)
    if not isinstance(response, h11.Response):
        raise EOFError
    handed_on = on_bytes if 200 <= response.status_code < 300 else None
    content = await _body(connection, handed_on)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in response.headers}
    return HttpReply(response.status_code, headers, content)


async def _body(connection: _Connection, on_bytes: OnBytes | None) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while not isinstance(event := await _event(connection), h11.EndOfMessage):
        if not isinstance(event, h11.Data):
            raise EOFError
        size += len(event.data)
        if size > MAX_BODY:
            raise EOFError
        if on_bytes is not None:
            on_bytes(bytes(event.data))
        else:
            pieces.append(bytes(event.data))
    return b"".join(pieces)


async def _event(connection: _Connection) -> h11.Event | type[h11.PAUSED]:
    while (event := connection.state.next_event()) is h11.NEED_DATA:
        connection.state.receive_data(await connection.reader.read(CHUNK))
    return event  # type: ignore[return-value]  # NEED_DATA, which mypy cannot see excluded


async def _closed(writer: asyncio.StreamWriter) -> None:
    try:
        await writer.wait_closed()
    except OSError:
        return  # it was gone already
