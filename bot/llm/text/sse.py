"""Server-sent events out of bytes as they come (WHATWG HTML, 9.2.6): the data of each, as JSON."""

import json
from collections.abc import Callable
from typing import Any

OnEvent = Callable[[dict[str, Any]], None]


class Events:
    """Feed it pieces of the body; it calls ``on_event`` for every event that is a JSON object."""

    def __init__(self, on_event: OnEvent) -> None:
        self._on_event = on_event
        self._rest = b""
        self._data: list[bytes] = []

    def feed(self, piece: bytes) -> None:
        *lines, self._rest = (self._rest + piece).replace(b"\r\n", b"\n").split(b"\n")
        for line in lines:
            if line.startswith(b"data:"):
                self._data.append(line[5:].removeprefix(b" "))
            elif not line and self._data:
                self._dispatch()

    def _dispatch(self) -> None:
        data, self._data = b"\n".join(self._data), []
        try:
            event = json.loads(data)
        except ValueError:  # "[DONE]", or no JSON at all
            return
        if isinstance(event, dict):
            self._on_event(event)
