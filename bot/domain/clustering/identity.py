"""Which of the themes found now is which of those found before."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from scipy.optimize import linear_sum_assignment

from bot.domain.clustering.edits import ThemeEdit
from bot.domain.themes import Theme

SAME = 0.3
"""Overlap, as Jaccard among the tickets both runs knew, from which two groups are one theme."""
_NUMBER = re.compile(r"TH-(\d+)")


def identify(
    groups: Mapping[int, AbstractSet[str]], previous: Sequence[Theme], edits: Sequence[ThemeEdit]
) -> dict[int, str]:
    """A theme id for each group of ticket ids, largest total overlap first (Hungarian method).

    Only tickets that both runs know are compared, so that a growing log does not make strangers of its
    themes. Groups like no earlier theme get the next free number in their order. A theme that an edit took
    from the list is known by the tickets it had then.
    """
    known = {theme.id: frozenset(theme.ticket_ids) for theme in previous}
    known |= {edit.theme_id: frozenset(edit.members) for edit in edits if edit.members}
    now = frozenset().union(*groups.values()) if groups else frozenset()
    before = frozenset().union(*known.values()) if known else frozenset()
    overlap = _overlap([group & before for group in groups.values()], [old & now for old in known.values()])
    labels, old_ids = list(groups), list(known)
    ids = {
        labels[i]: old_ids[j]
        for i, j in zip(*linear_sum_assignment(overlap, maximize=True), strict=True)
        if overlap[i, j] >= SAME
    }
    used = {*known, *(edit.theme_id for edit in edits), *(edit.into for edit in edits)}
    number = max((int(found[1]) for name in used if (found := _NUMBER.fullmatch(name))), default=0)
    for label in labels:
        if label not in ids:
            number += 1
            ids[label] = f"TH-{number}"
    return ids


def _overlap(now: Sequence[AbstractSet[str]], before: Sequence[AbstractSet[str]]) -> np.ndarray:
    """Jaccard similarity, (len(now), len(before)), by counting only pairs that share a ticket."""
    home = {ticket: i for i, group in enumerate(now) for ticket in group}
    shared = np.zeros((len(now), len(before)))
    for j, old in enumerate(before):
        for ticket in old:
            if ticket in home:
                shared[home[ticket], j] += 1
    sizes = np.add.outer([len(group) for group in now], [len(old) for old in before])
    jaccard: np.ndarray = shared / np.maximum(sizes - shared, 1)
    return jaccard
