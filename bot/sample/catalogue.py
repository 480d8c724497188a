"""The hand-written part of the sample log, read from ``messages/*.yaml`` and ``people.yaml``."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
REPEATS = ((45, 5), (70, 3), (110, 2))
"""How often at most a wording of so many characters may recur; anything longer is written once."""
KEYS = {"text", "lang", "via", "by", "subject", "after"}
RARE = 2
"""The same for what belongs to few: another language, a dictated or typed-out talk, one heavy requester."""


@dataclass(frozen=True, slots=True)
class Message:
    """One wording. ``via`` binds it to a channel, ``by`` to a heavy requester, ``after`` to a first day."""

    text: str
    language: str = "en"
    via: str | None = None
    by: str | None = None
    subject: str | None = None
    after: date = date.min

    @property
    def repeats(self) -> int:
        times = next((times for size, times in REPEATS if len(self.text) <= size), 1)
        return min(times, RARE) if self.language != "en" or self.via or self.by else times


@dataclass(frozen=True, slots=True)
class Need:
    """One file of messages. ``name`` is the gold label, empty for what is no need (praise, spam).

    ``weight`` is its share of the log against the others', ``shape`` its course over the weeks, ``areas``
    its product areas, ``adds`` sentences people may put behind a short message of it.
    """

    name: str
    weight: float
    shape: str
    areas: tuple[str, ...]
    subjects: tuple[str, ...]
    messages: tuple[Message, ...]
    adds: tuple[str, ...]


def load_needs() -> tuple[Need, ...]:
    """Every need, by file name."""
    return tuple(_need(_read(path)) for path in sorted((HERE / "messages").glob("*.yaml")))


@cache
def load_people() -> dict[str, Any]:
    """Names, places, plans and the ways to open and close a letter."""
    return _read(HERE / "people.yaml")


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _need(data: dict[str, Any]) -> Need:
    return Need(
        name=data["need"],
        weight=data["weight"],
        shape=data["shape"],
        areas=tuple(data["areas"]),
        subjects=tuple(data["subjects"]),
        messages=tuple(read_message(entry) for entry in data["messages"]),
        adds=tuple(data["adds"]),
    )


def read_message(entry: str | dict[str, Any]) -> Message:
    """One entry of a file: the bare text, or its keys. Raises ValueError where it is neither."""
    if isinstance(entry, str):
        return Message(entry)
    if "text" not in entry or not entry.keys() <= KEYS:
        raise ValueError(
            f"A message has the keys {sorted(entry)}: give it text and none but {sorted(KEYS)},"
            " or quote a line that holds a colon."
        )
    return Message(
        text=entry["text"],
        language=entry.get("lang", "en"),
        via=entry.get("via"),
        by=entry.get("by"),
        subject=entry.get("subject"),
        after=entry.get("after", date.min),
    )
