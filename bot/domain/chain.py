"""The chain of evidence: what stands on what, from a ticket to a release and back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """The links of the chain, in the order evidence flows."""

    TICKET = "ticket"
    THEME = "theme"
    STORY = "story"
    INTERACTION = "interaction"
    VOTE = "vote"
    CANDIDATE = "candidate"
    CASE = "case"
    DATASET = "dataset"
    EXPERIMENT = "experiment"
    PROMPT = "prompt"
    RELEASE = "release"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class Node:
    """One thing in the chain. ``id`` is what people type ("ST-14", "reply@4", "refunds@2"), ``title`` a few
    words on it, redacted; ``channel`` the private one it came from, "" where it did not."""

    stage: Stage
    id: str
    title: str = ""
    at: datetime | None = None
    by: str = ""
    channel: str = ""

    @property
    def name(self) -> str:
        return f"{self.stage}:{self.id}"


@dataclass(frozen=True, slots=True)
class Link:
    """``cause`` and ``effect`` are names of nodes; ``says`` how they hang together ("cited by")."""

    cause: str
    effect: str
    says: str


@dataclass(frozen=True, slots=True)
class Chain:
    """All that was found around one node. ``left_out``: how many by stage were too many to show, or may not
    be seen here."""

    about: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    left_out: tuple[tuple[Stage, int], ...] = ()
