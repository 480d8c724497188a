"""The graph of nearest neighbours that tickets are grouped on."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]
Graph = Any
"""A scipy.sparse.csr_array, which carries no types: symmetric, non-negative, n x n."""

NEIGHBOURS = 15
_SCALE = 10
"""Neighbours that say how crowded a ticket's surroundings are."""
_SHARPNESS = 3.0
_BLOCK = 512


class Neighbours(NamedTuple):
    """For each of n rows its k nearest others, nearest first: ``rows`` and cosine ``similarity``, (n, k)."""

    rows: Ints
    similarity: Floats


def nearest(vectors: Floats, k: int) -> Neighbours:
    """Exact neighbours by cosine of unit rows; O(n^2) time in blocks, so that memory stays at 512 x n."""
    n = len(vectors)
    index = np.empty((n, k), np.intp)
    similarity = np.empty((n, k), np.float32)
    for start in range(0, n, _BLOCK):
        block = vectors[start : start + _BLOCK] @ vectors.T
        rows = np.arange(len(block))
        block[rows, start + rows] = -np.inf
        found = np.argpartition(block, n - k, axis=1)[:, n - k :]
        values = np.take_along_axis(block, found, axis=1)
        # Ties by row number: equal texts must not depend on how the partition left them.
        order = np.lexsort((found, -values), axis=1)
        index[start : start + _BLOCK] = np.take_along_axis(found, order, axis=1)
        similarity[start : start + _BLOCK] = np.take_along_axis(values, order, axis=1)
    return Neighbours(index, similarity)


def neighbour_graph(vectors: Floats) -> Graph:
    """Symmetric graph of the 15 nearest (fewer below 225 rows: the square root of their number).

    Weights are exp(3 CSLS): 2 cos(a, b) - r(a) - r(b) with r the mean cosine to the ten nearest (Conneau et
    al. 2018, "Word Translation Without Parallel Data"). It takes the pull out of hubs and of dense regions,
    so that one resolution suits narrow and broad needs at once. An edge found from both ends counts twice.
    """
    n = len(vectors)
    k = min(NEIGHBOURS, n - 1, max(3, round(n**0.5)))
    index, similarity = nearest(vectors, k)
    crowd = similarity[:, :_SCALE].mean(axis=1)
    weights = np.exp(_SHARPNESS * (2 * similarity - crowd[:, None] - crowd[index])).astype(np.float64)
    rows = np.repeat(np.arange(n), k)
    directed = sparse.csr_array((weights.ravel(), (rows, index.ravel())), shape=(n, n))
    return sparse.csr_array(directed + directed.T)
