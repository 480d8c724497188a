"""The second level: themes gathered under a common name where there are too many for one list."""

from collections.abc import Sequence

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from bot.domain.clustering.graph import Floats, Ints
from bot.domain.clustering.naming import name_groups

MOST_THEMES = 40
"""Themes that one list still holds."""
_TICKETS = 30


def parents(centroids: Floats, texts: Sequence[Sequence[str]]) -> list[str | None]:
    """The parent's name for each theme, all None up to 40 themes.

    ``centroids`` (themes, dim), unit rows; ``texts`` each theme's tickets, most central first. Ward's method,
    which keeps groups alike in size, links them into about the square root of twice their number. Themes left
    by themselves keep no parent.
    """
    n = len(centroids)
    if n <= MOST_THEMES:
        return [None] * n
    wanted = round((2 * n) ** 0.5)
    tree = linkage(centroids.astype(np.float64), "ward")
    labels: Ints = fcluster(tree, wanted, "maxclust").astype(np.intp) - 1
    groups = [np.flatnonzero(labels == label).tolist() for label in range(int(labels.max()) + 1)]
    shared = [rows for rows in groups if len(rows) > 1]
    names = name_groups(
        [[text for row in rows for text in texts[row][:_TICKETS]] for rows in shared], broad=True
    )
    found: list[str | None] = [None] * n
    for rows, name in zip(shared, names, strict=True):
        for row in rows:
            found[row] = name.name
    return found
