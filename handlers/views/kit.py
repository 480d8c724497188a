"""Building blocks within Slack's limits, with every foreign text disarmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """What a view returns: blocks, and the plain text that stands in where blocks cannot be shown."""

    text: str
    blocks: tuple[Block, ...] = ()


View = Mapping[str, Any]
