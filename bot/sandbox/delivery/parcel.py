"""What is handed to the app, and what became of it."""

from dataclasses import dataclass, field
from typing import Any, Literal

JSON = dict[str, Any]
Type = Literal["events_api", "slash_commands", "interactive"]

ACK_SECONDS = 3.0
TIMED_OUT, NOT_CONNECTED, LOST, REFUSED = "timeout", "connection_failed", "connection_lost", "http_error"


@dataclass(slots=True)
class Parcel:
    """One payload on its way. ``name`` is the event's, command's or interaction's type; ``attempt`` counts
    from 0, and ``reason`` says why the one before failed."""

    type: Type
    name: str
    payload: JSON
    url: str = ""
    attempt: int = 0
    reason: str = ""

    @property
    def point(self) -> str:
        """Where faults strike: ``delivery:events_api/app_mention``."""
        return f"delivery:{self.type}/{self.name}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``payload`` is what came with the ack: a dict, a text, or None. ``error`` is empty when acked."""

    payload: Any = None
    error: str = ""
    retry: bool = field(default=True)

    @property
    def acked(self) -> bool:
        return not self.error
