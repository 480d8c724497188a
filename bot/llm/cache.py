"""Answers kept by the hash of their request, so that the same question is paid for once."""

import hashlib
import json
from typing import Protocol

from bot.llm.wire import Provider, schema_text
from bot.ports import Answer, ModelRequest

FORM = 1  # of what is kept; raise it to forget all older entries


class ResponseCache(Protocol):
    """Validated answers as JSON bytes. Only answers are kept, never failures."""

    async def get(self, key: str) -> bytes | None: ...

    async def put(self, key: str, response: bytes) -> None: ...


class MemoryCache:
    """Kept while the process lives."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    async def get(self, key: str) -> bytes | None:
        return self._kept.get(key)

    async def put(self, key: str, response: bytes) -> None:
        self._kept[key] = response


def cache_key(provider: Provider, request: ModelRequest[Answer]) -> str:
    """sha256 over all that decides an answer; the fence, drawn anew for each request, decides nothing."""
    user = request.user.replace(request.fence, "") if request.fence else request.user
    parts = [
        FORM, provider.vendor, provider.model, provider.base_url, request.system, user,
        schema_text(request.answers), request.max_output_tokens,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
