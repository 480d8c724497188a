"""What parent and child say to each other: length-prefixed pickles over the child's standard streams."""

import pickle
import struct
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from bot.errors import PlumblineError

HEADER = struct.Struct("!I")


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work for the child."""

    team: str
    name: str
    payload: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Progressed:
    """Where the work is; ``total`` is None where nobody knows."""

    stage: str
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Finished:
    """The task's result, or why there is none."""

    result: dict[str, Any] | None = None
    error: PlumblineError | None = None


def packed(message: object) -> bytes:
    """A message as it goes over the wire."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return HEADER.pack(len(body)) + body


def unpacked(body: bytes) -> Any:
    return pickle.loads(body)  # noqa: S301  only parent and child hold the two ends


def read(stream: BinaryIO) -> Any:
    """The next message, waiting for it; None at the end."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    (length,) = HEADER.unpack(header)
    body = stream.read(length)
    return unpacked(body) if len(body) == length else None
