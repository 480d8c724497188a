"""What people wrote with a 👎, in groups with their own words. Loads scipy: import it where it is needed."""

from collections.abc import Iterable, Sequence

from bot.domain.clustering import group_tickets
from bot.domain.clustering.graph import Floats
from bot.domain.clustering.grouping import measure
from bot.domain.clustering.naming import Names, name_groups
from bot.domain.clustering.quotes import choose_quote
from bot.domain.feedback.reasons import Remarks, Said, shift, words_of
from bot.domain.feedback.summary import Judgement
from bot.domain.tickets import Ticket

QUOTES = 2
_LABEL = 60  # characters of a label that is a quote


def grouped(now: Sequence[Judgement], before: Sequence[Judgement], vectors: Floats) -> tuple[Remarks, ...]:
    """What people wrote in groups by nearness in meaning, the largest of this span first.

    ``vectors`` (n, dim): unit rows of ``words_of``, those of ``now`` and then those of ``before``; both have
    words. Few texts are linked by average similarity, many by their graph, as tickets are.
    """
    everything = [*now, *before]
    tickets = [Ticket(str(row), words_of(each)) for row, each in enumerate(everything)]
    grouping = group_tickets(tickets, vectors)
    centrality = measure(vectors, grouping.labels).centrality
    groups: list[list[int]] = [[] for _ in range(grouping.groups)]
    for row in sorted(range(len(tickets)), key=lambda row: (-centrality[row], row)):
        if grouping.labels[row] >= 0:
            groups[grouping.labels[row]].append(row)
    named = name_groups([[tickets[row].text for row in rows] for rows in groups])
    found = [
        _remarks(rows, names, everything, tickets, len(now))
        for rows, names in zip(groups, named, strict=True)
    ]
    return tuple(sorted((each for each in found if each.n), key=lambda each: (-each.n, each.label)))


def _remarks(
    rows: Sequence[int], names: Names, said: Sequence[Judgement], tickets: Sequence[Ticket], newer: int
) -> Remarks:
    mine = [row for row in rows if row < newer]
    quotes = _quotes([tickets[row] for row in mine], names, said)
    return Remarks(
        label=_label(names, quotes),
        people=len({said[row].vote.user for row in mine}),
        outputs=tuple(dict.fromkeys(said[row].vote.output for row in mine)),
        quotes=quotes,
        shift=shift(len(mine), len(rows) - len(mine)),
    )


def _quotes(tickets: Iterable[Ticket], names: Names, said: Sequence[Judgement]) -> tuple[Said, ...]:
    """Two verbatim pieces at most, of different texts."""
    left = list(tickets)
    found: list[Said] = []
    while left and len(found) < QUOTES:
        quote = choose_quote(left, (names.name, *names.phrases))
        if not quote.text:
            break
        found.append(Said(quote.text, said[int(quote.ticket_id)].vote.output))
        text = next(ticket.text for ticket in left if ticket.ticket_id == quote.ticket_id)
        left = [ticket for ticket in left if ticket.text != text and quote.text not in ticket.text]
    return tuple(found)


def _label(names: Names, quotes: Sequence[Said]) -> str:
    """A phrase of theirs; one word alone says too little of a complaint, so that a quote stands for it."""
    if (" " in names.name and names.phrases) or not quotes:
        return names.name
    text = min((quote.text for quote in quotes), key=len)
    return text if len(text) <= _LABEL else text[:_LABEL].rsplit(" ", 1)[0] + " …"
