"""An experiment that a team runs: what was ordered, where it stands, what was decided and learned."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.experiments.results import Running

QUICK_CASES = 20
DEFAULT_CAP = 2.0  # US dollars
SPRINT_ARMS = (3, 5)  # the fewest and the most
SPRINT_DAYS = 60  # the most that a sprint may last


class State(StrEnum):
    """PLANNED: shown with its cost, nothing spent. STOPPED: by a person, the cap or the clock; may go on."""

    PLANNED = "planned"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"
    CLOSED = "closed"


class Decision(StrEnum):
    """What a person made of it. In a sprint SHIP reads "pivot": the winner goes on."""

    SHIP = "ship"
    KEEP = "keep"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Order:
    """What to compare: every prompt with every model; the first prompt with the first model is the baseline
    unless ``base`` names another arm's prompt.

    ``cases`` limits how many of the set are run (None: all), chosen by ``seed``. ``cap`` in US dollars,
    ``minutes`` the most time it may take. ``ends_on`` makes it a sprint, whose owner is reminded that day in
    ``ordered_in`` (a channel; "": in direct messages). ``extended``: cases were added after its result was
    seen, so that only what holds at every look may be said.
    """

    prompts: tuple[str, ...]
    models: tuple[str, ...]
    dataset: str
    repeats: int = 1
    cases: int | None = None
    cap: float = DEFAULT_CAP
    minutes: float | None = None
    base: str = ""
    margin: float = 0.05
    seed: int = 1
    ends_on: date | None = None
    goal: str = ""
    extended: bool = False
    ordered_in: str = ""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ends_on": self.ends_on.isoformat() if self.ends_on else None}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Order":
        ends_on = data.get("ends_on")
        lists = {"prompts": tuple(data["prompts"]), "models": tuple(data["models"])}
        return cls(**{**data, **lists, "ends_on": date.fromisoformat(ends_on) if ends_on else None})

    @property
    def arms(self) -> int:
        return len(self.prompts) * len(self.models)

    @property
    def title(self) -> str:
        """ "reply@3 vs reply@4 × 2 models"."""
        prompts = " vs ".join(self.prompts)
        if len(self.models) == 1:
            return f"{prompts} on {self.models[0]}"
        return f"{prompts} × {len(self.models)} models"


@dataclass(frozen=True, slots=True)
class Experiment:
    """``id`` is "EX-31". ``channel`` is the private channel its cases came from, "" where they may be seen by
    all members; ``spent`` in US dollars. ``why`` says in a sentence how it came to stop or fail."""

    id: str
    order: Order
    state: State
    by: str
    created_at: datetime
    dataset: str = ""  # with its version, "refunds@2"
    spent: float = 0.0
    channel: str = ""
    why: str = ""
    decision: Decision | None = None
    learned: str = ""
    closed_by: str = ""
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DaySpent:
    """What a team's experiments have spent or set aside of their cap for the day (UTC), in US dollars."""

    spent: float
    cap: float

    @property
    def left(self) -> float:
        return max(0.0, self.cap - self.spent)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an order would cost and could show, before anything is spent. ``cost`` is (likely, at most) in US
    dollars, None where a model's price is not known; ``detectable`` the smallest difference that this many
    cases show with power .8; ``problems`` are plain sentences: what keeps it from running."""

    order: Order
    dataset: str
    arms: tuple[str, ...]
    cases: int
    calls: int
    cost: tuple[float, float] | None
    seconds: float | None
    detectable: float | None
    unanswered: int = 0  # cases without an expected answer
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    today: DaySpent | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A running experiment at one moment. ``running``: one estimate per candidate, valid at every look."""

    id: str
    done: int
    total: int
    spent: float
    errors: int = 0
    cached: int = 0
    seconds_left: float | None = None
    running: tuple[Running, ...] = ()


@dataclass(frozen=True, slots=True)
class BlindCase:
    """Two outputs for one case, shown without saying whose: ``left`` and ``right`` are arm ids, shuffled."""

    experiment: str
    case: str
    input: str
    left: str
    right: str
    left_output: str
    right_output: str


@dataclass(frozen=True, slots=True)
class VoteCount:
    """How people voted on one pair of arms. ``both`` good and ``neither`` count for neither side."""

    baseline: str
    candidate: str
    wins: int
    losses: int
    both: int
    neither: int
    voters: int
    agree: float | None = None  # the share of votes that agree with the scores, over ``judged`` votes
    judged: int = 0
    by_case: Mapping[str, tuple[int, int]] = field(default_factory=dict)
