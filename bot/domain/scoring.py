"""What a scorer is given and what it says: an assertion, an output, a score.

The words and their meaning are promptfoo's, so that its configs run unchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

JUDGED = frozenset(
    {
        "answer-relevance", "context-faithfulness", "context-recall", "context-relevance", "factuality",
        "g-eval", "llm-rubric", "model-graded-closedqa", "model-graded-factuality",
    }
)  # fmt: skip
"""Types of assertions that ask a judge."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """One check of an output. ``type`` is as written, "not-" included; an "assert-set" has ``members``.

    ``value`` is as in the config, templates not yet filled in. ``threshold`` None: the type's own default.
    ``transform`` is JavaScript run on the output before. ``provider`` names the judge, "" the run's default.
    ``rest`` keeps other keys of the config, for the types that read them.
    """

    type: str
    value: Any = None
    threshold: float | None = None
    weight: float = 1.0
    metric: str = ""
    transform: str = ""
    provider: str = ""
    members: tuple["Assertion", ...] = ()
    rest: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Output:
    """What is scored: text, or the value that a transform made of it, and what is known of the call.

    ``latency_ms`` is None for an answer from the cache; ``cost`` in US dollars, None where unknown.
    """

    value: Any
    vars: Mapping[str, Any] = field(default_factory=dict)
    prompt: str = ""
    latency_ms: float | None = None
    cost: float | None = None
    finish_reason: str | None = None
    log_probs: tuple[float, ...] | None = None
    provider_config: Mapping[str, Any] = field(default_factory=dict)
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` is usually within 0..1; ``named`` are the metrics' means; ``parts`` one per assertion.

    ``judged`` is what it cost to ask a judge, in US dollars; ``reason`` one plain sentence.
    """

    passed: bool
    value: float
    reason: str = ""
    named: Mapping[str, float] = field(default_factory=dict)
    parts: tuple["Part", ...] = ()
    judged: float = 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """What one assertion of several said; ``type`` is None for a set itself."""

    type: str | None
    score: Score
    metric: str = ""
