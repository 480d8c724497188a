"""Versions of prompts as nodes."""

from bot.domain.chain import Node, Stage
from bot.domain.prompts import parse_reference
from bot.errors import InputError
from bot.services.prompts.shipped import shipped_prompts
from bot.store import UnitOfWork


async def node(unit: UnitOfWork, reference: str) -> Node | None:
    """ "reply@4", of the team's own or shipped; None where there is none."""
    try:
        named = parse_reference(reference)
    except InputError:
        return None
    found = await unit.prompts.get(named)
    if found is not None:
        said = found.note or f"fingerprint {found.fingerprint[:12]}"
        return Node(Stage.PROMPT, reference, said, found.created_at, found.author)
    return Node(Stage.PROMPT, reference, "comes with Plumbline") if reference in shipped_prompts() else None
