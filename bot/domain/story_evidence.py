"""What a model gets to see of a theme: chosen tickets under short ids of our own, and counted facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.fence import disarm
from bot.domain.plain import live_parts
from bot.domain.stories import Criterion, StoryBody
from bot.domain.themes import ThemeEvidence
from bot.domain.tickets import Ticket

MOST_TICKETS = 24
LONGEST = 600  # characters of a ticket
LONGEST_NAME = 90


@dataclass(frozen=True, slots=True)
class Shown:
    """Tickets by the ids the model knows ("t1"), and the offline draft's counted criteria ("f1").

    A file's own ids stay here: they can be e-mail addresses, and can be chosen by whoever writes in.
    """

    tickets: Mapping[str, Ticket]
    facts: Mapping[str, Criterion]
    unusual: frozenset[str] = frozenset()


def choose(evidence: ThemeEvidence, offline: StoryBody) -> Shown:
    """Tickets the offline draft cites, then central ones nearer to this theme than to any other; no wording
    twice. Outlying ones come as "unusual", for edge cases."""
    unusual = {edge.ticket_id for edge in offline.edge_cases}
    chosen: dict[str, Ticket] = {}
    wordings: set[str] = set()
    for ticket in _in_order(evidence, offline):
        wording = " ".join(sorted(set(ticket.text.casefold().split())))
        if ticket.ticket_id not in chosen and wording and wording not in wordings:
            chosen[ticket.ticket_id] = ticket
            wordings.add(wording)
        if len(chosen) == MOST_TICKETS:
            break
    tickets = {f"t{i}": ticket for i, ticket in enumerate(chosen.values(), 1)}
    counted = [c for c in offline.criteria if c.evidence and not live_parts(c.evidence)]
    return Shown(
        tickets,
        {f"f{i}": criterion for i, criterion in enumerate(counted, 1)},
        frozenset(key for key, ticket in tickets.items() if ticket.ticket_id in unusual),
    )


def prompt_values(evidence: ThemeEvidence, shown: Shown, fence: str) -> dict[str, Any]:
    """The evidence as values of the prompt. Whatever tickets have a part in is disarmed."""
    theme = evidence.theme
    return {
        "fence": fence,
        "count": theme.tickets,
        "people": theme.requesters,
        "weeks": evidence.weeks or 0,
        "phrases": [disarm(phrase, LONGEST_NAME) for phrase in theme.phrases],
        "tickets": [
            {"id": key, "text": disarm(ticket.text, LONGEST), "unusual": key in shown.unusual}
            for key, ticket in shown.tickets.items()
        ],
        "facts": [{"id": key, "text": disarm(fact.evidence, 240)} for key, fact in shown.facts.items()],
        "neighbours": [disarm(other.name, LONGEST_NAME) for other in evidence.neighbours[:3]],
    }


def example_values(evidence: ThemeEvidence) -> list[dict[str, str]]:
    """Corrections of earlier outputs as values of the prompt, disarmed like everything that people wrote."""
    return [
        {
            "id": f"e{number}",
            "input": disarm(each.input, LONGEST),
            "said": disarm(each.said, LONGEST),
            "should": disarm(each.should, LONGEST),
            "why": disarm(each.why, LONGEST_NAME),
        }
        for number, each in enumerate(evidence.corrections, 1)
    ]


def _in_order(evidence: ThemeEvidence, offline: StoryBody) -> Iterator[Ticket]:
    by_id = {ticket.ticket_id: ticket for ticket in evidence.tickets}
    cited = dict.fromkeys(citation.ticket_id for citation in offline.citations)
    yield from (by_id[ticket_id] for ticket_id in cited if ticket_id in by_id)
    for member in evidence.theme.members:
        if member.margin > 0 and member.ticket_id in by_id:
            yield by_id[member.ticket_id]
    yield from evidence.tickets
