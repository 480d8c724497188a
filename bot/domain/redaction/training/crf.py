"""A linear-chain conditional random field, trained by L-BFGS.

Sutton and McCallum, An Introduction to Conditional Random Fields, 2012, chapters 4 and 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences of one length: ``rows`` (sentences, length) index token rows, ``gold`` holds their labels."""

    rows: npt.NDArray[np.int64]
    gold: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weights:
    """``features`` (features, labels), ``transitions`` (labels, labels), ``starts`` (labels,)."""

    features: Array
    transitions: Array
    starts: Array


def batches(labels: Sequence[Sequence[int]]) -> list[Batch]:
    """Groups sentences by length, so that every step runs on whole arrays."""
    by_length: dict[int, list[tuple[int, Sequence[int]]]] = {}
    row = 0
    for sentence in labels:
        by_length.setdefault(len(sentence), []).append((row, sentence))
        row += len(sentence)
    return [
        Batch(
            np.array([start for start, _ in group])[:, None] + np.arange(length)[None, :],
            np.array([list(gold) for _, gold in group]),
        )
        for length, group in sorted(by_length.items())
        if length
    ]


def train(
    matrix: csr_matrix, groups: Sequence[Batch], labels: int, *, penalty: float = 1.0, rounds: int = 120
) -> Weights:
    """Maximum a posteriori weights under a Gaussian prior; ``matrix`` is (tokens, features) of 0 and 1."""
    count = matrix.shape[1]
    transposed = matrix.T.tocsr()

    def unpack(flat: Array) -> Weights:
        split = count * labels
        return Weights(
            flat[:split].reshape(count, labels),
            flat[split : split + labels * labels].reshape(labels, labels),
            flat[split + labels * labels :],
        )

    def objective(flat: Array) -> tuple[float, Array]:
        weights = unpack(flat)
        scores = matrix @ weights.features
        residual = np.zeros_like(scores)
        transitions, starts = np.zeros((labels, labels)), np.zeros(labels)
        loss = 0.0
        for group in groups:
            loss += _accumulate(group, scores, weights, residual, transitions, starts)
        gradient = np.concatenate([(transposed @ residual).ravel(), transitions.ravel(), starts])
        return loss + 0.5 * penalty * float(flat @ flat), gradient + penalty * flat

    start = np.zeros(count * labels + labels * labels + labels)
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 6})
    return unpack(found.x)


def _accumulate(
    group: Batch, scores: Array, weights: Weights, residual: Array, transitions: Array, starts: Array
) -> float:
    """Adds expected minus observed counts of one batch; returns its negative log-likelihood."""
    emissions = scores[group.rows]
    size, length, labels = emissions.shape
    gold = group.gold
    forward, backward = np.empty_like(emissions), np.zeros_like(emissions)
    forward[:, 0] = emissions[:, 0] + weights.starts
    for t in range(1, length):
        forward[:, t] = emissions[:, t] + _lse(forward[:, t - 1, :, None] + weights.transitions, 1)
    for t in range(length - 2, -1, -1):
        ahead = (emissions[:, t + 1] + backward[:, t + 1])[:, None, :]
        backward[:, t] = _lse(weights.transitions + ahead, 2)
    total = _lse(forward[:, -1], 1)
    marginals = np.exp(forward + backward - total[:, None, None])
    index = np.arange(size)
    observed = (
        emissions[index[:, None], np.arange(length)[None, :], gold].sum() + weights.starts[gold[:, 0]].sum()
    )
    for t in range(1, length):
        pair = (
            forward[:, t - 1, :, None]
            + weights.transitions
            + (emissions[:, t] + backward[:, t])[:, None, :]
            - total[:, None, None]
        )
        transitions += np.exp(pair).sum(axis=0)
        np.add.at(transitions, (gold[:, t - 1], gold[:, t]), -1.0)
        observed += weights.transitions[gold[:, t - 1], gold[:, t]].sum()
    starts += marginals[:, 0].sum(axis=0)
    np.add.at(starts, gold[:, 0], -1.0)
    marginals[index[:, None], np.arange(length)[None, :], gold] -= 1.0
    residual[group.rows.ravel()] = marginals.reshape(-1, labels)
    return float(total.sum() - observed)


def _lse(values: Array, axis: int) -> Array:
    """Logarithm of the sum of exponentials along ``axis``."""
    top = values.max(axis=axis, keepdims=True)
    summed: Array = np.log(np.exp(values - top).sum(axis=axis)) + np.squeeze(top, axis)
    return summed
