"""What is to be run: arms with their templates and models, cases, and how often."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.domain.experiments.cells import Arm, Case, CellKey


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt's template. "text" is one user message; "chat" a JSON list of messages; "roles" has
    ``system``, and ``text`` as the user part. Filled in as Nunjucks does, or as our own prompts are."""

    text: str
    system: str = ""
    kind: Literal["text", "chat", "roles"] = "text"
    language: Literal["nunjucks", "jinja"] = "nunjucks"
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A model and how it is called. ``id`` is "provider:model" ("openai:gpt-5-mini", "echo"); ``config`` as
    in promptfoo (temperature, max_tokens, apiBaseUrl, …); ``transform`` is JavaScript run on every output."""

    id: str
    label: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)
    transform: str = ""
    delay_ms: int = 0

    @property
    def name(self) -> str:
        return self.label or self.id


@dataclass(frozen=True, slots=True)
class PlannedArm:
    """An arm with what is needed to call it. ``refused``: why it cannot be called here; its cells are errors
    with this sentence."""

    arm: Arm
    template: Template
    model: ModelSpec
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole run. ``skipped``: (arm id, case id) that a config filters out. ``unsupported``: one plain
    sentence for each thing of a config that is not done here, naming where it stands.

    ``derived`` are further metrics by name, each an expression over the named scores.
    """

    arms: tuple[PlannedArm, ...]
    cases: tuple[Case, ...]
    repeats: int = 1
    concurrency: int = 4
    skipped: frozenset[tuple[str, str]] = frozenset()
    unsupported: tuple[str, ...] = ()
    derived: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    judge: str = ""  # the model that judge scorers ask where an assertion names none
    cache: bool = True
    delay_ms: int = 0
    timeout_s: float | None = None  # for one call

    def cells(self) -> Iterator[CellKey]:
        """Every cell, a case's arms together. A case may have a number of repeats of its own."""
        most = max((self.repeats_of(case) for case in self.cases), default=0)
        for repeat in range(most):
            for case in self.cases:
                if repeat >= self.repeats_of(case):
                    continue
                for planned in self.arms:
                    if (planned.arm.id, case.id) not in self.skipped:
                        yield CellKey(planned.arm.id, case.id, repeat)

    def repeats_of(self, case: Case) -> int:
        return int(case.options.get("repeat", self.repeats))
