"""Groups into themes: ids, people's edits, members, names, quotes, trends and neighbours."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np

from bot.domain.clustering.edits import ThemeEdit, apply_to_groups, names_given
from bot.domain.clustering.graph import Floats, Ints
from bot.domain.clustering.grouping import Grouping, measure
from bot.domain.clustering.identity import identify
from bot.domain.clustering.naming import READ, Names, name_groups
from bot.domain.clustering.parents import parents
from bot.domain.clustering.quotes import choose_quote
from bot.domain.clustering.trend import complete_weeks, trends
from bot.domain.themes import Member, Theme, Trend
from bot.domain.tickets import Ticket

FEWEST, SMALLEST_SHARE = 3, 0.003
"""A theme of fewer than three tickets, or of under 0.3 % of the log, is emerging."""
_NEIGHBOURS = 3


class _Group(NamedTuple):
    """A group after people's edits; ``rows`` of its tickets, most central first."""

    theme_id: str
    name: str
    rows: Ints


def build_themes(
    tickets: Sequence[Ticket],
    vectors: Floats,
    grouping: Grouping,
    *,
    previous: Sequence[Theme] = (),
    edits: Sequence[ThemeEdit] = (),
    now: datetime | None = None,
) -> list[Theme]:
    """Themes by falling number of tickets, with the ids they had in ``previous`` and ``edits`` applied.

    ``vectors`` (n, dim), unit rows, as given to ``group_tickets``. Without ``now`` the log's own dates decide
    which week is complete.
    """
    labels, names, ids = _edited(tickets, grouping, previous, edits)
    measures = measure(vectors, labels)
    groups = [
        _Group(ids[label], names.get(label, ""), _central_first(tickets, labels, label, measures.centrality))
        for label in range(len(ids))
    ]
    texts = [[tickets[row].text for row in group.rows[:READ]] for group in groups]
    named = name_groups(texts, given=[group.name for group in groups])
    above = parents(measures.centroids, texts)
    near = _nearest(measures.centroids)
    weekly = _trends(tickets, groups, now)
    least = max(FEWEST, SMALLEST_SHARE * len(tickets))
    return [
        Theme(
            id=group.theme_id,
            name=named[i].name,
            phrases=named[i].phrases,
            **_quoted(tickets, group, named[i]),
            members=tuple(
                Member(tickets[row].ticket_id, float(measures.centrality[row]), float(measures.margin[row]))
                for row in group.rows
            ),
            requesters=len({tickets[row].requester for row in group.rows} - {None}),
            trend=weekly[i],
            emerging=len(group.rows) < least,
            parent=above[i],
            neighbours=tuple(ids[j] for j in near[i]),
        )
        for i, group in enumerate(groups)
    ]


def _edited(
    tickets: Sequence[Ticket], grouping: Grouping, previous: Sequence[Theme], edits: Sequence[ThemeEdit]
) -> tuple[Ints, dict[int, str], list[str]]:
    """Labels after the edits, renumbered by falling size; given names by label; theme ids by label."""
    members: dict[int, set[str]] = {label: set() for label in range(grouping.groups)}
    for ticket, label in zip(tickets, grouping.labels, strict=True):
        if label >= 0:
            members[int(label)].add(ticket.ticket_id)
    ids = identify(members, previous, edits)
    rows = {ticket.ticket_id: row for row, ticket in enumerate(tickets)}
    labels = apply_to_groups(grouping.labels, ids, rows, edits)
    sizes = np.bincount(labels[labels >= 0], minlength=grouping.groups)
    order = [int(label) for label in np.argsort(-sizes, kind="stable") if sizes[label]]
    given = names_given(edits)
    names = {new: given.get(ids[old], grouping.names.get(old, "")) for new, old in enumerate(order)}
    place = np.full(grouping.groups + 1, -1, np.intp)
    place[order] = np.arange(len(order))
    return place[labels], names, [ids[old] for old in order]


def _central_first(tickets: Sequence[Ticket], labels: Ints, label: int, centrality: Floats) -> Ints:
    rows = np.flatnonzero(labels == label)
    ticket_ids = np.array([tickets[row].ticket_id for row in rows.tolist()])
    # Rounded, so that equal texts stand by id however the last bits of their cosines fell.
    order: Ints = rows[np.lexsort((ticket_ids, -np.round(centrality[rows], 5)))]
    return order


def _quoted(tickets: Sequence[Ticket], group: _Group, names: Names) -> Mapping[str, str]:
    quote = choose_quote([tickets[row] for row in group.rows[:READ]], (names.name, *names.phrases))
    return {"quote": quote.text, "quote_id": quote.ticket_id}


def _nearest(centroids: Floats) -> list[list[int]]:
    """For each theme the nearest others by centroid, nearest first."""
    cosines = centroids @ centroids.T
    np.fill_diagonal(cosines, -2)
    order = np.argsort(-cosines, axis=1, kind="stable")
    return [row[: min(_NEIGHBOURS, len(centroids) - 1)].tolist() for row in order]


def _trends(tickets: Sequence[Ticket], groups: Sequence[_Group], now: datetime | None) -> list[Trend]:
    weeks = complete_weeks([ticket.created_at for ticket in tickets], now)
    if not weeks.mondays or not groups:
        return [Trend() for _ in groups]
    weekly = np.stack([weeks.counts([tickets[row].created_at for row in group.rows]) for group in groups])
    everything = weeks.counts([ticket.created_at for ticket in tickets])
    return trends(weekly, everything - weekly.sum(axis=0))
