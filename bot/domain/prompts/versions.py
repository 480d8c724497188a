"""One version of a prompt with what is known of it, wherever it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.domain.experiments.plan import Template
from bot.domain.prompts.diff import Segment, diff_words
from bot.domain.prompts.files import Prompt, Rendered
from bot.domain.prompts.own import render_own
from bot.domain.prompts.reference import Reference

Origin = Literal["shipped", "saved"]


@dataclass(frozen=True, slots=True)
class PromptVersion:
    """A version; it never changes. ``labels`` are those that stand on it as it is read.

    "shipped" ones come with the product, of no person and at no time that is known here.
    """

    prompt: Prompt
    origin: Origin
    author: str = ""
    owner: str = ""
    note: str = ""
    created_at: datetime | None = None
    labels: tuple[str, ...] = ()

    @property
    def reference(self) -> Reference:
        return self.prompt.reference

    @property
    def name(self) -> str:
        return self.prompt.reference.name

    @property
    def version(self) -> int:
        return self.prompt.reference.version

    @property
    def fingerprint(self) -> str:
        return self.prompt.fingerprint

    @property
    def inputs(self) -> tuple[str, ...]:
        return self.prompt.about.inputs

    @property
    def model(self) -> str:
        return self.prompt.about.model

    def render(self, values: Mapping[str, Any]) -> Rendered:
        """Both roles, filled in. Raises InputError where the values are not those asked for."""
        return render_own(self.prompt, values) if self.origin == "saved" else self.prompt.render(values)


@dataclass(frozen=True, slots=True)
class PromptSummary:
    """A prompt by name: its newest version, how many there are, and where its labels stand."""

    newest: PromptVersion
    versions: int
    labels: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.newest.name


@dataclass(frozen=True, slots=True)
class PromptDiff:
    """What changed from one version to another, by words."""

    before: PromptVersion
    after: PromptVersion

    @property
    def segments(self) -> tuple[Segment, ...]:
        return diff_words(self.before.prompt.body, self.after.prompt.body)

    @property
    def new_inputs(self) -> tuple[str, ...]:
        return tuple(name for name in self.after.inputs if name not in self.before.inputs)

    @property
    def lost_inputs(self) -> tuple[str, ...]:
        return tuple(name for name in self.before.inputs if name not in self.after.inputs)


def as_template(prompt: Prompt) -> Template:
    """The prompt for the plan of an experiment: roles apart, so that no case can open one of its own."""
    return Template(text=prompt.user, system=prompt.system, kind="roles", language="jinja")
