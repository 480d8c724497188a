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
    words on it, redacted; ``state`` where it stands ("down", "accepted", "ship +9 pts"); ``channel`` the
    private one it came from, "" where it did not."""

    stage: Stage
    id: str
    title: str = ""
    at: datetime | None = None
    by: str = ""
    channel: str = ""
    state: str = ""

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

    def at(self, stage: Stage) -> tuple[Node, ...]:
        """The nodes of one stage, in the order they were found."""
        return tuple(node for node in self.nodes if node.stage is stage)

    def more(self, stage: Stage) -> int:
        """How many of a stage are not among the nodes."""
        return dict(self.left_out).get(stage, 0)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Those that have a node or something left out, in the order evidence flows."""
        there = {node.stage for node in self.nodes} | {stage for stage, _ in self.left_out}
        return tuple(stage for stage in Stage if stage in there)
