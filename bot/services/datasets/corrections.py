"""What people said an output should have been, as cases: the input it was made from, and their words."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bot.domain.datasets.model import case_id_of
from bot.domain.experiments.cells import Case
from bot.domain.feedback import REASONS, Vote
from bot.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class OutputInput:
    """What an output was made from; ``channel`` is the private one that came from, ``cluster`` what outputs
    of one origin share."""

    vars: Mapping[str, Any]
    channel: str = ""
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Corrections:
    """Cases with why each is proposed; ``without_input`` are corrections of outputs whose input is not kept,
    ``elsewhere`` those that a set of this place may not hold."""

    proposed: tuple[tuple[Case, str], ...]
    without_input: int = 0
    elsewhere: int = 0


async def _story(unit: UnitOfWork, name: str) -> OutputInput | None:
    """A story is made from its theme's tickets: what it quotes of them."""
    found = await unit.stories.get(name)
    if found is None:
        return None
    story, _scope = found
    quotes = "\n".join(dict.fromkeys(citation.quote for citation in story.citations))
    return OutputInput({"theme": story.theme_name, "tickets": quotes}, story.channel, story.id)


OUTPUTS: Mapping[str, Callable[[UnitOfWork, str], Awaitable[OutputInput | None]]] = MappingProxyType(
    {"story": _story}
)
"""How to find an output's input, by the word before the colon of its name ("story:ST-14")."""


async def corrections(unit: UnitOfWork, channel: str) -> Corrections:
    """Every correction that still stands; ``channel`` is that of the set they are for, "" for an open one."""
    proposed: list[tuple[Case, str]] = []
    without_input = elsewhere = 0
    for vote in await unit.votes.corrections():
        kind, _, name = vote.output.partition(":")
        found = await OUTPUTS[kind](unit, name) if kind in OUTPUTS else None
        if found is None:
            without_input += 1
        elif found.channel not in ("", channel):
            elsewhere += 1
        else:
            proposed.append((_case(vote, found), _why(vote)))
    return Corrections(tuple(proposed), without_input, elsewhere)


def _case(vote: Vote, found: OutputInput) -> Case:
    return Case(
        id=case_id_of(found.vars),
        vars=found.vars,
        cluster=found.cluster,
        origin=f"correction of {vote.output}",
        expected=vote.correction,
    )


def _why(vote: Vote) -> str:
    reasons = ", ".join(REASONS[reason].lower() for reason in vote.reasons if reason in REASONS)
    return f"correction of {vote.output}" + (f": {reasons}" if reasons else "")
