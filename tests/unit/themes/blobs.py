"""Made-up tickets whose groups are known: points around random directions."""

from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.domain.themes import Theme
from bot.domain.tickets import Ticket
from bot.ports import Vectors

MONDAY = datetime(2026, 8, 3, 12, tzinfo=UTC)
NOUNS = "card refund login invoice delivery seat password transfer address receipt voucher parcel".split()  # noqa: SIM905
"""One subject per group, so that names can be checked."""


def blobs(
    sizes: list[int], *, spread: float = 0.03, dim: int = 48, seed: int = 0
) -> tuple[Vectors, npt.NDArray[np.intp]]:
    """Unit rows around one random direction per group, and the group of each row."""
    rng = np.random.default_rng(seed)
    centres = np.linalg.qr(rng.normal(size=(dim, len(sizes))))[0].T
    truth = np.repeat(np.arange(len(sizes)), sizes)
    points = centres[truth] + rng.normal(scale=spread, size=(len(truth), dim))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return points.astype(np.float32), truth


def tickets(truth: npt.NDArray[np.intp], *, days: int = 56) -> list[Ticket]:
    """One ticket per row: different texts on the group's noun, one a few hours, two requesters each group."""
    return [
        Ticket(
            ticket_id=f"t{row:05}",
            text=f"Please replace my {NOUNS[group % len(NOUNS)]} number {_spell(row)}",
            created_at=MONDAY + timedelta(days=row * 37 % days),
            requester=f"person-{group}-{row % 2}",
        )
        for row, group in enumerate(truth.tolist())
    ]


def _spell(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def partition(themes: list[Theme]) -> set[frozenset[str]]:
    return {frozenset(theme.ticket_ids) for theme in themes}


def agreement(a: npt.NDArray[np.intp], b: npt.NDArray[np.intp]) -> float:
    """Adjusted Rand index (Hubert and Arabie 1985), from pairs."""
    upper = np.triu_indices(len(a), 1)
    same_a, same_b = (x[upper[0]] == x[upper[1]] for x in (a, b))
    both, expected = (same_a & same_b).sum(), same_a.sum() * same_b.sum() / len(same_a)
    return float((both - expected) / ((same_a.sum() + same_b.sum()) / 2 - expected))
