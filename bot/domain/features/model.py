"""What a feature under watch is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Literal


class Track(IntEnum):
    """How much a model may do: from sorting what is there to acting by itself."""

    CLASSIFY = 1
    EXTRACT = 2
    LIMITED_GENERATION = 3
    OPEN_GENERATION = 4


class Autonomy(StrEnum):
    COPILOT = "copilot"  # a person uses, edits or drops each output
    AUTOPILOT = "autopilot"  # outputs go out by themselves


class Stage(StrEnum):
    """How far a feature is rolled out, in order."""

    SHADOW = "shadow"  # runs beside people, nobody sees it
    PILOT = "pilot"
    GRADUAL = "gradual"
    FULL = "full"


class Duty(StrEnum):
    """What somebody answers for."""

    DATA = "data"  # owns the data
    VALIDATION = "validation"  # validates outputs
    PROMPTING = "prompting"  # decides on changing the prompt
    ACCOUNTABLE = "accountable"


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a metric must reach: ``minimum`` counts and gates use it, ``goal`` is to stretch for. A metric
    that is better when lower has ``better="lower"``, and its goal is under its minimum."""

    metric: str
    minimum: float
    goal: float | None = None
    better: Literal["higher", "lower"] = "higher"


@dataclass(frozen=True, slots=True)
class Watched:
    """An AI feature under watch. ``owners`` are user ids by duty; ``channels`` channel ids; ``prompts`` the
    names of the prompts it runs on and ``dataset`` the set its cases belong to, "" for one of its own name.

    ``business`` is the metric it should move, ``minutes_saved`` the time per task with ``baseline`` as its
    source; costs of false positives and negatives are US dollars. ``sampling`` is the share of interactions
    kept in 0-1, ``retention_days`` how long, None for as long as the team keeps anything.
    """

    name: str
    title: str = ""
    channels: tuple[str, ...] = ()
    track: Track = Track.LIMITED_GENERATION
    autonomy: Autonomy = Autonomy.COPILOT
    stage: Stage = Stage.SHADOW
    owners: Mapping[Duty, str] = field(default_factory=lambda: MappingProxyType({}))
    thresholds: tuple[Threshold, ...] = ()
    business: str = ""
    minutes_saved: float | None = None
    baseline: str = ""
    false_positive_cost: float | None = None
    false_negative_cost: float | None = None
    prompts: tuple[str, ...] = ()
    dataset: str = ""
    examples: bool = False  # corrections may be shown to the next draft
    sampling: float = 1.0
    retention_days: int | None = None
    confident: float = 0.7


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a feature set to another value, in words; a stage is moved with a ``note``."""

    feature: str
    at: datetime
    by: str
    field: str
    before: str
    after: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A feature with who set it up and when it was changed last."""

    feature: Watched
    created_by: str
    created_at: datetime
    updated_at: datetime
