"""The matrix of an experiment: arms x cases x repeats = cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.scoring import Assertion


@dataclass(frozen=True, slots=True)
class Case:
    """One input and what a right output is. ``id`` is stable: arms are paired by it.

    ``slices`` are columns to break results down by. Cases of one ``cluster`` (a thread, a customer) are not
    independent; "" is a cluster of its own. ``synthetic``: made up, not seen in a log. ``expected`` is the
    right answer as a person wrote it; what is checked stands in ``assertions``.

    ``options`` may hold: ``prefix`` and ``suffix`` (put around the template), ``transform`` (JavaScript run
    on every output before it is graded, after the model's own), ``providerOutput`` (taken as the output, no
    model is called), ``model`` (a ModelSpec called instead of the arm's), ``config`` (laid over the model's),
    ``repeat`` (instead of the plan's), ``vars`` (as written, before files and templates in them were filled
    in). ``refused``: why it cannot be run or judged here; its cells are errors with this sentence.
    """

    id: str
    vars: Mapping[str, Any] = field(default_factory=dict)
    assertions: tuple[Assertion, ...] = ()
    threshold: float | None = None
    description: str = ""
    slices: Mapping[str, str] = field(default_factory=dict)
    cluster: str = ""
    synthetic: bool = False
    origin: str = ""  # "ticket T-901", "correction of …", "file refunds.csv row 3"
    options: Mapping[str, Any] = field(default_factory=dict)
    expected: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Arm:
    """A prompt version with a model. ``id`` is unique in its experiment and readable: "reply@4 · gpt-b"."""

    id: str
    prompt: str  # its reference or label
    model: str  # "provider:model", or the provider's label
    fingerprint: str = ""  # sha256 of the prompt's body


@dataclass(frozen=True, slots=True)
class CellKey:
    """Where a cell stands; unique within a run. ``repeat`` counts from 0."""

    arm: str
    case: str
    repeat: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One call and how it was judged. With ``error`` there is no output and ``passed`` is None: never a pass,
    and never dropped silently. ``passed`` None without an error: nothing was asserted.

    Times in milliseconds; a cached answer has no latency. ``cost`` in US dollars, None where unknown.
    """

    key: CellKey
    output: str = ""
    passed: bool | None = None
    score: float | None = None
    named_scores: Mapping[str, float] = field(default_factory=dict)
    reason: str = ""
    error: str = ""
    latency_ms: float | None = None
    first_token_ms: float | None = None
    cost: float | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cached: bool = False
    parts: tuple[Mapping[str, Any], ...] = ()  # each assertion: type, passed, score, reason, metric


@dataclass(frozen=True, slots=True)
class Label:
    """Whether a person finds that an output passes."""

    key: CellKey
    user: str
    passed: bool
