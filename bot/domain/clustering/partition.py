"""Partitions of the graph: Leiden at many resolutions, and one that agrees with the best of them."""

from collections.abc import Sequence
from typing import NamedTuple

import graspologic_native  # type: ignore[import-untyped]  # ships no stubs
import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage

from bot.domain.clustering.graph import Floats, Graph, Ints

RESOLUTIONS = tuple(2.0 ** (step / 4) for step in range(-6, 21))
"""0.35 to 32 in steps of a fourth root of two: from a handful of groups to several hundred."""
_TEMPERATURE = 0.03
"""Scores this much below the best count 1/e in the consensus."""
_SEED = 0
_MANY, _MANY_COST = 1.75, 0.2
_SMALLEST_MEAN = 4
"""A partition into groups of fewer tickets on average is not considered."""


class Choice(NamedTuple):
    """The resolution the data speak for, and the graph reweighted by what good partitions agree on."""

    graph: Graph
    resolution: float


def leiden(graph: Graph, resolution: float) -> Ints:
    """Labels from 0 by Leiden with modularity (Traag, Waltman and van Eck 2019); the same each time."""
    _, communities = graspologic_native.leiden_csr(
        graph.indptr.astype(np.int64),
        graph.indices.astype(np.int32),
        graph.data.astype(np.float64),
        graph.shape[0],
        resolution=resolution,
        iterations=2,
        seed=_SEED,
    )
    return np.fromiter((communities[node] for node in range(graph.shape[0])), np.intp, graph.shape[0])


def choose(graph: Graph, vectors: Floats, resolutions: Sequence[float] = RESOLUTIONS) -> Choice:
    """Choose the resolution by ``separation`` less ``excess``, and weigh each edge by the partitions that keep it.

    The weight of an edge is multiplied by the share of partitions with both its ends in one group, each
    partition counting exp((score - best) / 0.03): evidence accumulation (Fred and Jain 2005), with good
    partitions heard more. It makes the outcome depend less on the one resolution that happened to win.
    """
    partitions = [leiden(graph, resolution) for resolution in resolutions]
    scores = np.array([separation(vectors, labels) - excess(labels) for labels in partitions])
    best = int(scores.argmax())
    votes = np.exp((scores - scores[best]) / _TEMPERATURE)
    edges = graph.tocoo()
    row, column = edges.coords
    agreed = np.zeros(len(edges.data))
    for labels, vote in zip(partitions, votes / votes.sum(), strict=True):
        agreed += vote * (labels[row] == labels[column])
    # A trace of the old weight keeps the graph connected where nobody agrees.
    agreed += 1e-3
    return Choice(
        sparse.csr_array((edges.data * agreed, (row, column)), shape=graph.shape), resolutions[best]
    )


def excess(labels: Ints) -> float:
    """What many groups cost: 0.2 ln(groups / 1.75 sqrt(n)) above 1.75 sqrt(n) groups, nothing up to there.

    People resend and forms repeat: near-copies make tight little groups, so that separation alone goes on
    rising until every wording is a theme of its own. 1.75 sqrt(n) lies near or above the needs of every labelled log
    we know of full size (77 needs in 3,925 tickets: 110; 150 in 6,750: 144).
    """
    groups = int(labels.max()) + 1
    return _MANY_COST * max(0.0, float(np.log(groups / (_MANY * len(labels) ** 0.5))))


def merged(vectors: Floats, labels: Ints, groups: int) -> Ints:
    """The same labels with the groups nearest each other made one, until ``groups`` are left."""
    if labels.max() < groups:
        return labels
    sums = group_sums(vectors, labels)
    tree = linkage(sums / np.linalg.norm(sums, axis=1, keepdims=True), "average", metric="cosine")
    joined = fcluster(tree, groups, "maxclust").astype(np.intp) - 1
    return joined[labels]


def separation(vectors: Floats, labels: Ints) -> float:
    """How well groups hold together and keep apart, higher is better; -inf where it says nothing.

    Per ticket with a = 1 - cosine to its own centroid computed WITHOUT it and b = 1 - cosine to the nearest
    other centroid: the simplified silhouette (b - a) / max(a, b), which alone would choose too many groups,
    plus 2 (cos own - cos other), which alone would choose too few. Leaving the ticket out of its own centroid
    is what stops tiny groups from looking perfect. The mean over all tickets; a ticket alone has a = 1.
    """
    groups = int(labels.max()) + 1
    if groups < 2 or len(labels) < _SMALLEST_MEAN * groups:
        return float("-inf")
    sums = group_sums(vectors, labels)
    norms = np.linalg.norm(sums, axis=1)
    cosines = vectors @ (sums / np.maximum(norms, 1e-9)[:, None]).T
    rows = np.arange(len(labels))
    own = cosines[rows, labels].copy()
    cosines[rows, labels] = -1
    other = cosines.max(axis=1)
    norm = norms[labels]
    without = (own * norm - 1) / np.sqrt(np.maximum(norm**2 - 2 * own * norm + 1, 1e-9))
    without[np.bincount(labels)[labels] == 1] = 0
    a, b = 1 - without, 1 - other
    return float(np.mean((b - a) / np.maximum(np.maximum(a, b), 1e-6) + 2 * (own - other)))


def group_sums(vectors: Floats, labels: Ints) -> Floats:
    """Sum of the vectors of each group, (groups, dim); labels below 0 are left out."""
    members = np.flatnonzero(labels >= 0)
    groups = int(labels.max(initial=-1)) + 1
    chosen = sparse.csr_array(
        (np.ones(len(members), np.float32), (labels[members], members)), shape=(groups, len(vectors))
    )
    sums: Floats = chosen @ vectors
    return sums
