"""Judges for tests: they say what a test tells them to, and keep what they were asked."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.scorers.tools import Said, Tools

COST = 0.001
Answers = Mapping[str, Any] | Callable[["Asked"], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to a judge; ``sections`` are the fenced texts by name."""

    system: str
    user: str
    provider: str
    prompt: str
    fingerprint: str
    fence: str

    @property
    def sections(self) -> dict[str, str]:
        mark = re.escape(self.fence)
        found = re.findall(
            rf"^=== {mark} (.+) begin ===\n(.*?)\n=== {mark} \1 end ===$", self.user, re.MULTILINE | re.DOTALL
        )
        return dict(found)


@dataclass
class ScriptedJudge:
    """Answers by the reference of the prompt, each answer checked against its type as a model's would be."""

    answers: Mapping[str, Answers]
    asked: list[Asked] = field(default_factory=list)

    async def ask(
        self, system: str, user: str, answers: type[Any], provider: str, /, *,
        prompt: str, fingerprint: str, fence: str,
    ) -> Said:  # fmt: skip
        self.asked.append(Asked(system, user, provider, prompt, fingerprint, fence))
        said = self.answers[prompt]
        answer = said(self.asked[-1]) if callable(said) else said
        return Said(answers.model_validate(answer), COST)

    @property
    def tools(self) -> Tools:
        return Tools(ask=self.ask)
