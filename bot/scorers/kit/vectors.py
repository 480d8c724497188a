"""Texts as vectors, and how near they are to each other."""

import math
from collections.abc import Sequence

from bot.errors import Unsupported
from bot.scorers.tools import Tools

Vector = Sequence[float]


async def embedded(texts: Sequence[str], tools: Tools, kind: str) -> list[Vector]:
    """One vector per text. Raises Unsupported without embeddings."""
    if tools.embed is None:
        raise Unsupported(f'"{kind}" needs embeddings, which are not connected here.')
    return [[float(number) for number in row] for row in await tools.embed(texts)]


def dot(left: Vector, right: Vector) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))


def cosine(left: Vector, right: Vector) -> float:
    """0 where a vector is nothing but zeros."""
    lengths = math.sqrt(dot(left, left)) * math.sqrt(dot(right, right))
    return dot(left, right) / lengths if lengths else 0.0


def euclidean(left: Vector, right: Vector) -> float:
    return math.dist(left, right)
