"""What an exporter is, and what it hands back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.stories import Story


@dataclass(frozen=True, slots=True)
class Export:
    """A finished file; ``data`` is UTF-8 without a byte order mark."""

    filename: str
    media_type: str
    data: bytes


class Exporter(Protocol):
    """A module of this package: one file format. The same stories always give the same bytes."""

    def export(self, stories: Sequence[Story], /) -> Export: ...
