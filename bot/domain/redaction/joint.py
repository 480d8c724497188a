"""Weights of features over several tokens (features.joint_features), found without writing their names.

Writing and hashing nine names for every token was a third of the time of a redaction. The weights are the
same, and they are handed back in the order of the names, so that sums are the same to the last bit.
"""

from collections.abc import Mapping, Sequence

Scores = tuple[float, float]
Found = tuple[Scores, ...]
BETWEEN = "|"  # stands between the parts of a name; texts that hold it themselves take the slow way

_PARTS = {"E": 2, "F": 3, "G": 2, "H": 3, "I": 3}
_MOST = 100_000


class JointWeights:
    """``labels`` for what the classes say, ``left`` and ``right`` for the words on either side."""

    def __init__(self, weights: Mapping[str, Scores]) -> None:
        self._weights = weights
        self._labels: dict[tuple[str, str, str, str], Found] = {}
        self.left: dict[tuple[str, str], tuple[Scores | None, dict[str, Scores]]] = {}
        self.right: dict[tuple[str, str], tuple[Scores | None, dict[str, Scores], dict[str, Scores]]] = {}
        for name, scores in weights.items():
            parts = name[1:].split(BETWEEN)
            if len(parts) == _PARTS.get(name[0]):
                self._file(name[0], parts, scores)

    def _file(self, template: str, parts: Sequence[str], scores: Scores) -> None:
        if template in "EF":
            known, before = self.left.get((parts[-2], parts[-1]), (None, {}))
            if template == "F":
                before[parts[0]] = scores
            self.left[parts[-2], parts[-1]] = (scores if template == "E" else known, before)
            return
        pair = (parts[1], parts[2]) if template == "H" else (parts[0], parts[1])
        known, around, after = self.right.get(pair, (None, {}, {}))
        if template == "H":
            around[parts[0]] = scores
        elif template == "I":
            after[parts[2]] = scores
        self.right[pair] = (scores if template == "G" else known, around, after)

    def of_labels(self, before2: str, before: str, at: str, after: str) -> Found:
        """Weights of the features A to D."""
        key = (before2, before, at, after)
        found = self._labels.get(key)
        if found is None:
            if len(self._labels) > _MOST:
                self._labels.clear()
            names = (
                f"A{before}|{at}",
                f"B{at}|{after}",
                f"C{before}|{at}|{after}",
                f"D{before2}|{before}|{at}",
            )
            found = tuple(self._weights[name] for name in names if name in self._weights)
            self._labels[key] = found
        return found
