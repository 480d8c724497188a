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


def neighbours(vectors: Floats) -> Neighbours:
    """The 15 nearest of each row; fewer below 225 rows, the square root of their number."""
    n = len(vectors)
    return nearest(vectors, min(NEIGHBOURS, n - 1, max(3, round(n**0.5))))


def neighbour_graph(near: Neighbours) -> Graph:
    """The symmetric graph of rows and their nearest.

    Weights are exp(3 CSLS): 2 cos(a, b) - r(a) - r(b) with r the mean cosine to the ten nearest (Conneau et
    al. 2018, "Word Translation Without Parallel Data"). It takes the pull out of hubs and of dense regions,
    so that one resolution suits narrow and broad needs at once. An edge found from both ends counts twice.
    """
    n, k = near.rows.shape
    crowd = near.similarity[:, :_SCALE].mean(axis=1)
    csls = 2 * near.similarity - crowd[:, None] - crowd[near.rows]
    weights = np.exp(_SHARPNESS * csls).astype(np.float64)
    ends = (np.repeat(np.arange(n), k), near.rows.ravel())
    directed = sparse.csr_array((weights.ravel(), ends), shape=(n, n))
    return sparse.csr_array(directed + directed.T)
