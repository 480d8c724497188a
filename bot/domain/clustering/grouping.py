"""Tickets into groups: deterministic, whatever order they come in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from bot.domain.clustering.graph import Floats, Ints, neighbours
from bot.domain.clustering.partition import choose, group_sums, leiden, merged
from bot.domain.clustering.words import has_words
from bot.domain.tickets import Ticket
from bot.errors import InputError

Granularity = Literal["fewer", "normal", "more"]
_FACTORS = {"fewer": 0.5, "normal": 1.0, "more": 2.0}

MOST_CLUSTERED = 20_000
"""Different texts that are clustered; the rest join the nearest group."""
_FEW = 30
"""Fewer different texts than this have no graph worth the name and are linked by average similarity."""
_LINKED = 0.4
"""Mean cosine at which a few texts are about one thing; in MiniLM unlike requests lie near 0.1."""
_ALONE = 0.3
"""A ticket grouped with no other joins the nearest group from this cosine on, else it stays by itself."""
_SEED_SHARE = 0.7
"""A seed takes tickets from this share of the similarity of its ten nearest: short seeds score lower."""
_SEED_FLOOR = 0.3
_BLOCK = 8_192


@dataclass(frozen=True, slots=True)
class Grouping:
    """``labels``: each ticket's group from 0, -1 where a text holds no words; groups by falling size.

    ``names`` are the groups that a seed made, by group.
    """

    labels: Ints
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def groups(self) -> int:
        return int(self.labels.max(initial=-1)) + 1


@dataclass(frozen=True, slots=True)
class Measures:
    """``centroids`` (groups, dim), unit rows; per ticket ``centrality``, ``margin`` (0 if unassigned)."""

    centroids: Floats
    centrality: Floats
    margin: Floats


def group_tickets(
    tickets: Sequence[Ticket],
    vectors: Floats,
    *,
    granularity: str | float = "normal",
    seeds: Sequence[str] = (),
    seed_vectors: Floats | None = None,
) -> Grouping:
    """Group tickets by what they are about, from their unit ``vectors`` (n, dim) alone.

    Args:
        granularity: "fewer", "normal", "more", or a factor on the normal number of groups. Fewer are exact
            (the nearest groups are merged); more are as many as the data hold, near the factor at best.
        seeds: themes that are expected, in plain words; tickets near one form a group of that name first.
        seed_vectors: the seeds' unit vectors (len(seeds), dim); needed where there are seeds.

    Raises:
        InputError: an unknown granularity.
    """
    factor = _factor(granularity)
    rows = [row for row, ticket in enumerate(tickets) if has_words(ticket.text)]
    first, copy_of = _unique(tickets, rows)
    distinct = np.ascontiguousarray(vectors[first], np.float32)
    found = np.full(len(first), -1, np.intp)
    if len(seeds) and seed_vectors is not None and len(first):
        found = _seeded(distinct, np.asarray(seed_vectors, np.float32))
    taken = set(np.unique(found[found >= 0]).tolist())
    free = np.flatnonzero(found < 0)
    sample = free[_sample([tickets[first[i]] for i in free])]
    found[sample] = len(seeds) + _cluster(distinct[sample], factor)
    found = _join_alone(distinct, found, np.bincount(copy_of, minlength=len(first)), protected=len(seeds))
    labels = np.full(len(tickets), -1, np.intp)
    labels[rows] = found[copy_of]
    return _by_size(labels, {group: seeds[group] for group in taken})


def measure(vectors: Floats, labels: Ints) -> Measures:
    """Centroids, and how central and how clearly placed each ticket is (as documented in ``Member``)."""
    sums = group_sums(vectors, labels)
    centroids = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    centrality = np.zeros(len(labels), np.float32)
    margin = np.zeros(len(labels), np.float32)
    for start in range(0, len(labels), _BLOCK):
        rows = start + np.flatnonzero(labels[start : start + _BLOCK] >= 0)
        cosines = vectors[rows] @ centroids.T
        own = cosines[np.arange(len(rows)), labels[rows]].copy()
        centrality[rows] = own
        if len(centroids) > 1:
            cosines[np.arange(len(rows)), labels[rows]] = -1
            margin[rows] = own - cosines.max(axis=1)
    return Measures(centroids, centrality, margin)


def _factor(granularity: str | float) -> float:
    if isinstance(granularity, str):
        if granularity not in _FACTORS:
            raise InputError(
                f"{granularity!r} is no granularity.", hint=f"One of: {', '.join(_FACTORS)}, or a number."
            )
        return _FACTORS[granularity]
    if not 0 < granularity < 1e6:
        raise InputError(f"{granularity} is no granularity.", hint="A number above 0; 1 is normal.")
    return granularity


def _unique(tickets: Sequence[Ticket], rows: Sequence[int]) -> tuple[Ints, Ints]:
    """The first row of each different text, in an order that only the texts decide; and for each of ``rows``
    which of them it repeats."""
    by_text: dict[str, list[int]] = {}
    keys = [" ".join(tickets[row].text.casefold().split()) for row in rows]
    for row, key in zip(rows, keys, strict=True):
        by_text.setdefault(key, []).append(row)
    order = {key: i for i, key in enumerate(sorted(by_text))}
    first = [min(by_text[key], key=lambda row: (tickets[row].text, tickets[row].ticket_id)) for key in order]
    return np.array(first, np.intp), np.array([order[key] for key in keys], np.intp)


def _sample(tickets: Sequence[Ticket]) -> Ints:
    """All, or where there are too many the newest half and a fixed draw by hash; ascending."""
    if len(tickets) <= MOST_CLUSTERED:
        return np.arange(len(tickets))
    hashes = [blake2b(ticket.text.encode("utf-8", "replace"), digest_size=8).digest() for ticket in tickets]
    dated = [ticket.created_at.timestamp() if ticket.created_at else 0.0 for ticket in tickets]
    newest = sorted(range(len(tickets)), key=lambda i: (-dated[i], hashes[i]))
    half = MOST_CLUSTERED // 2
    drawn = sorted(newest[half:], key=lambda i: hashes[i])[: MOST_CLUSTERED - half]
    return np.array(sorted(newest[:half] + drawn), np.intp)


def _seeded(vectors: Floats, seeds: Floats) -> Ints:
    """The seed each ticket belongs to, -1 for none."""
    cosines = vectors @ seeds.T
    near = np.sort(cosines, axis=0)[-10:].mean(axis=0)
    cosines[cosines < np.maximum(_SEED_SHARE * near, _SEED_FLOOR)] = -1
    return np.where(cosines.max(axis=1) > -1, cosines.argmax(axis=1), -1)


def _cluster(vectors: Floats, factor: float) -> Ints:
    """Labels from 0 of different texts."""
    if len(vectors) < 2:
        return np.zeros(len(vectors), np.intp)
    if len(vectors) < _FEW:
        tree = linkage(vectors.astype(np.float64), "average", metric="cosine")
        linked: Ints = fcluster(tree, 1 - _LINKED * factor**0.5, "distance").astype(np.intp) - 1
        return linked
    choice = choose(vectors, neighbours(vectors))
    labels = leiden(choice.graph, choice.resolution * max(1.0, factor) ** 2)
    return merged(vectors, labels, max(1, round(factor * (labels.max() + 1)))) if factor < 1 else labels


def _join_alone(vectors: Floats, found: Ints, copies: Ints, protected: int) -> Ints:
    """Texts outside the sample, and groups of one ticket, join the nearest group.

    Groups below ``protected`` are seeds': they keep a single ticket and take no strangers.
    """
    tickets = np.bincount(found[found >= 0], copies[found >= 0], minlength=1)
    single = (found >= protected) & (tickets[found] == 1)
    homes = np.where(single | (found < protected), -1, found)
    if homes.max(initial=-1) < 0:
        return found
    centroids = measure(vectors, homes).centroids
    empty = ~centroids.any(axis=1)
    joined = found.copy()
    for start in range(0, len(found), _BLOCK):
        rows = start + np.flatnonzero((single | (found < 0))[start : start + _BLOCK])
        cosines = vectors[rows] @ centroids.T
        cosines[:, empty] = -1
        near = cosines.max(axis=1, initial=-1)
        joins = (near >= _ALONE) | (found[rows] < 0)
        joined[rows[joins]] = cosines.argmax(axis=1)[joins]
    return joined


def _by_size(labels: Ints, names: Mapping[int, str]) -> Grouping:
    """Groups renumbered by falling size; equal sizes keep their order, which the texts alone decided."""
    groups, counts = np.unique(labels[labels >= 0], return_counts=True)
    order = groups[np.argsort(-counts, kind="stable")]
    new = {int(old): i for i, old in enumerate(order)}
    return Grouping(
        np.array([new.get(int(label), -1) for label in labels], np.intp),
        {new[group]: name for group, name in names.items()},
    )
