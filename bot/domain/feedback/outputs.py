"""What is judged: an output, and what it was made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class TrackedOutput:
    """An output that people may judge. ``name`` is "story:ST-14", "experiment:EX-3", "themes:SOURCE",
    "interaction:FEATURE/ID" or "message:CHANNEL/TS".

    ``feature`` is the feature under watch it belongs to, "" for the bot's own outputs. ``input`` are the
    variables it was made from, empty where nobody knows. ``prompt`` is a reference like "reply@3" and
    ``fingerprint`` the sha256 of its body. ``trace`` is a small dict of whatever helps to find it again
    ("trace", "span", "confidence", "final" ...). ``channel`` is the private one it came from, "" where it
    did not. ``tracked_by`` is who began to track it, "" where the first vote did. Texts are redacted once
    they are stored.
    """

    name: str
    text: str = ""
    feature: str = ""
    title: str = ""
    input: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    prompt: str = ""
    fingerprint: str = ""
    model: str = ""
    trace: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    channel: str = ""
    created_at: datetime | None = None
    tracked_by: str = ""

    @property
    def kind(self) -> str:
        """The word before the colon of its name."""
        return kind_of(self.name)

    @property
    def confidence(self) -> float | None:
        """The product's own, in 0-1, where it said so."""
        found = self.trace.get("confidence")
        return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def kind_of(name: str) -> str:
    return name.partition(":")[0]


def message_name(channel: str, ts: str) -> str:
    """The name of an output that is somebody's message in Slack."""
    return f"message:{channel}/{ts}"
