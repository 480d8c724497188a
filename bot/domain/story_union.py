"""Two stories that say the same, as one: the evidence of both under the words of one."""

from collections.abc import Iterable
from typing import TypeVar

from bot.domain.checks.text import words
from bot.domain.stories import Citation, EdgeCase, Example, Story

MAX_EXAMPLES = 5
Quoting = TypeVar("Quoting", Example, Citation, EdgeCase)


def united(into: Story, other: Story) -> Story:
    """``into`` with the examples, edge cases and citations of ``other``, each from a ticket of its own.

    Words, numbers and criteria stay those of ``into``; a missing refusal is taken over. Examples beyond five
    become citations, so that no evidence is lost.
    """
    examples = _distinct(into.examples, other.examples)
    kept, surplus = examples[:MAX_EXAMPLES], examples[MAX_EXAMPLES:]
    quoted = {example.ticket_id for example in kept}
    spare = [Citation(ticket_id=each.ticket_id, quote=each.input) for each in surplus]
    citations = [x for x in (*other.citations, *spare) if x.ticket_id not in quoted]
    return into.model_copy(
        update={
            "examples": tuple(kept),
            "cannot_do": into.cannot_do or other.cannot_do,
            "edge_cases": tuple(_distinct(into.edge_cases, other.edge_cases)),
            "citations": tuple(_distinct(into.citations, citations)),
            "merge_with": tuple(x for x in into.merge_with if x != other.id),
        }
    )


def _distinct(mine: Iterable[Quoting], theirs: Iterable[Quoting]) -> list[Quoting]:
    """All of ``mine``, and of ``theirs`` what quotes another ticket in other words."""
    found = list(mine)
    tickets = {item.ticket_id for item in found}
    told = {_words(item) for item in found}
    for item in theirs:
        if item.ticket_id not in tickets and _words(item) not in told:
            found.append(item)
            tickets.add(item.ticket_id)
            told.add(_words(item))
    return found


def _words(item: Example | Citation | EdgeCase) -> tuple[str, ...]:
    return tuple(words(item.input if isinstance(item, Example) else item.quote))
