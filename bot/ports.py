"""What the services need from the outside, as protocols."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel

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
