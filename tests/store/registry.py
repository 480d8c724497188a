"""What tests of the registry of prompts share: people, concluded experiments, three versions."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bot.domain.experiments.results import VerdictKind
from bot.domain.people import Person
from bot.domain.prompts import ExperimentVerdict
from bot.errors import PlumblineError
from bot.services.prompts import PromptService

ANA, BO, CY = Person("U1ANA"), Person("U2BO"), Person("U3CY")
OWNER = Person("U0", is_owner=True)
GUEST = Person("U9", outside=True)
BODY = "# System\nNever promise a refund.\n# User\n{{ message }}"


class Concluded:
    """Experiments that ended, as the experiments' service tells of them."""

    def __init__(self) -> None:
        self.all: dict[str, ExperimentVerdict] = {}

    def add(
        self, name: str, kind: VerdictKind, candidates: Mapping[str, str], *, cheaper: bool = False
    ) -> None:
        at = datetime(2026, 11, 15, tzinfo=UTC)
        self.all[name] = ExperimentVerdict(name, kind, at, candidates, cheaper)

    async def verdict(self, experiment: str) -> ExperimentVerdict | None:
        return self.all.get(experiment)


async def three(prompts: PromptService) -> None:
    """reply@1 to reply@3, by Ana; the first two were in production, put there by Bo."""
    for number in (1, 2, 3):
        await prompts.save("reply", f"{BODY} {number}", ANA, note=f"note {number}")
    for number in (1, 2):
        await prompts.promote(f"reply@{number}", BO, override="before there were experiments")


async def fails(kind: type[PlumblineError], doing: object) -> PlumblineError:
    with pytest.raises(kind) as caught:
        await doing  # type: ignore[misc]  # a coroutine of whatever kind
    assert caught.value.message.endswith((".", "?"))
    return caught.value
