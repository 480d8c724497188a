"""What the services need from the outside, as protocols."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel

from bot.domain.posts import Post

Vectors = npt.NDArray[np.float32]
Answer = TypeVar("Answer", bound=BaseModel)


class Clock(Protocol):
    """Now, in UTC."""

    def now(self) -> datetime: ...


class Embedder(Protocol):
    """Texts to unit vectors, float32, shape (len(texts), dim). ``name`` keys stored vectors."""

    name: str

    def embed(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class ModelRequest(Generic[Answer]):
    """One call: rendered roles, the pydantic model to answer with, and the prompt it came from.

    ``fence`` is the random mark around data in ``user``; it says nothing, so it is no part of a cache key.
    """

    system: str
    user: str
    answers: type[Answer]
    max_output_tokens: int = 4096
    prompt: str = ""
    fingerprint: str = ""
    fence: str = ""


@dataclass(frozen=True, slots=True)
class ModelReply(Generic[Answer]):
    """``cost`` is in US dollars, None where the price is not known; latencies in milliseconds."""

    answer: Answer
    model: str
    input_tokens: int
    output_tokens: int
    cost: float | None
    latency_ms: float
    cached: bool = False


class LanguageModel(Protocol):
    """``name`` is "provider:model". Raises errors.ModelError and its kinds, nothing of a vendor's."""

    @property
    def name(self) -> str: ...

    async def complete(self, request: ModelRequest[Answer]) -> ModelReply[Answer]: ...

    def estimate(self, request: ModelRequest[Answer]) -> float | None:
        """Highest likely cost of the call in US dollars, None where the price is not known."""
        ...

    def highest(self, request: ModelRequest[Answer]) -> float:
        """US dollars to hold against a cap before the call: an assumed price where none is known."""
        ...


JsonObject = Mapping[str, Any]


class Publisher(Protocol):
    """Says things into channels of one team. One call, one request: no retries inside."""

    async def post(self, post: Post) -> str:
        """Send; returns Slack's ts. Raises errors.DeliveryUnclear, DeliveryLimited, DeliveryRejected."""
        ...

    async def find(self, post: Post, since: datetime) -> str | None:
        """The ts of the message that carries ``post.key``, sent since then; None where there is none.
        Raises the same errors; DeliveryRejected where the channel cannot be read."""
        ...


class Job(Protocol):
    """One run of a durable job. Everything with an effect, and every look at the world, goes in a step."""

    key: str

    async def step(
        self, label: str, work: Callable[..., Awaitable[Any]], *arguments: Any, retries: int = 0
    ) -> Any:
        """Run ``work`` once: after a crash its stored result is returned instead. Results are small and
        made of plain values."""
        ...


JobFunction = Callable[["Job", JsonObject], Awaitable[None]]


class Jobs(Protocol):
    """Durable jobs by name."""

    async def enqueue(self, name: str, key: str, payload: JsonObject) -> bool:
        """Returns once it is committed; False where the key was there already (nothing is run twice)."""
        ...
