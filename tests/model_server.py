"""A model server of one's own: chat completions on loopback, bare asyncio, a fixed time per call.

``python -m tests.model_server --delay-ms 100`` prints its port. GET /seen tells what came: how many
calls, when the first and the last, how many at most at once, and how often each last message was asked.
"""

import argparse
import asyncio
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Seen:
    """Moments in seconds of CLOCK_MONOTONIC, which all processes of a machine share."""

    calls: int = 0
    answered: int = 0
    at_once: int = 0
    most_at_once: int = 0
    first: float = 0.0
    last: float = 0.0
    asked: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        return {
            "calls": self.calls, "answered": self.answered, "most_at_once": self.most_at_once,
            "first": self.first, "last": self.last, "asked": dict(self.asked),
        }  # fmt: skip


class ModelServer(asyncio.Protocol):
    """One connection. Requests come with a content-length; answers echo the last message."""

    def __init__(self, seen: Seen, delay: float) -> None:
        self._seen, self._delay = seen, delay
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        if len(rest) < length:
            return
        self._buffer = rest[length:]
        if head.startswith(b"GET"):
            self._send(self._seen.as_json())
        else:
            self._take(json.loads(rest[:length]))

    def _take(self, request: dict[str, Any]) -> None:
        seen = self._seen
        seen.calls += 1
        seen.first = seen.first or time.monotonic()
        said = str(request["messages"][-1]["content"])
        seen.asked[said] += 1
        seen.at_once += 1
        seen.most_at_once = max(seen.most_at_once, seen.at_once)
        asyncio.get_running_loop().call_later(self._delay, self._answer, said)

    def _answer(self, said: str) -> None:
        seen = self._seen
        seen.at_once -= 1
        seen.answered += 1
        seen.last = time.monotonic()
        message = {"role": "assistant", "content": f"You said: {said}"}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        usage = {"prompt_tokens": 20, "completion_tokens": 10, "total_tokens": 30}
        self._send(
            {"id": "c", "object": "chat.completion", "model": "m", "choices": [choice], "usage": usage}
        )

    def _send(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        if self._transport is not None and not self._transport.is_closing():
            head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
            self._transport.write(head.encode() + body)


async def serve(delay_ms: float) -> None:
    seen = Seen()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: ModelServer(seen, delay_ms / 1000), "127.0.0.1", 0, backlog=500)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--delay-ms", type=float, default=100.0)
    asyncio.run(serve(parser.parse_args().delay_ms))
