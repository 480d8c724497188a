"""How a change of a set is carried out: said first, asked for in a terminal, then kept."""

import getpass
import re
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.dataset_views import (
    candidates_as_json,
    print_candidates,
    print_proposal,
    proposal_as_json,
)
from bot.cli.output import Format, print_json, wants_json
from bot.cli.running import with_services
from bot.errors import InputError

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.services.datasets import Proposal, Proposed

By = Annotated[str, typer.Option("--by", help="Who does it; by default your user name.", show_default=False)]
Note = Annotated[str, typer.Option("--note", help="Why, for the set's history.", show_default=False)]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Preview = Annotated[bool, typer.Option("--preview", help="Only say what it would do.")]

Propose = Callable[["Services"], Awaitable["Proposal | Proposed"]]


def change(propose: Propose, note: str, by: str, yes: bool, preview: bool, format_: Format | None) -> None:
    """Say what a proposal would do and keep it; a person in a terminal is asked in between. What became
    candidates instead is said."""
    from bot.services.datasets import Proposal

    async def work(services: "Services") -> "Proposed | None":
        found = await propose(services)
        if not isinstance(found, Proposal):
            return found
        as_json = wants_json(format_)
        if not as_json:
            print_proposal(found)
        wanted = bool(found.diff) and not preview and (yes or as_json or _agreed(found))
        version = await services.datasets.commit(found, who(by), note) if wanted else None
        if as_json:
            print_json(proposal_as_json(found, version))
        elif version is not None:
            print(f"{found.reference} is there.")
        return None

    waiting = with_services(work)
    if waiting is not None:
        say_proposed(waiting, "", format_)


def say_proposed(done: "Proposed", name: str, format_: Format | None) -> None:
    """What waits for a person now."""
    if wants_json(format_):
        print_json(
            {
                "candidates": candidates_as_json(done.candidates),
                "known": done.known,
                "notes": list(done.notes),
            }
        )
        return
    print_candidates(name, done.candidates)
    for sentence in (*done.notes, f"{done.known} were proposed before" if done.known else ""):
        if sentence:
            print(f"  {sentence}")


def who(by: str) -> str:
    """Whom a change is put down to."""
    return by or getpass.getuser()


def set_name(word: str) -> str:
    """A set's name from a file's.

    Raises:
        InputError: nothing of it can be kept.
    """
    name = re.sub(r"[^a-z0-9_-]+", "-", word.lower()).strip("-_")[:60]
    if not name:
        raise InputError(f"{word[:80]!r} gives no name for a set.", hint="Name one with --set.")
    return name


def _agreed(found: "Proposal") -> bool:
    if not sys.stdin.isatty():
        return True
    return typer.confirm(f"Make {found.reference}?", default=True)
