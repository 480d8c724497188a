"""How much the outputs of one arm differ from each other: distinct-n and self-BLEU.

Neither says that outputs are good; both say when a prompt makes them all alike.
"""

import math
from collections import Counter
from collections.abc import Sequence

LENGTHS = (1, 2, 3, 4)
_NO_MATCH = 0.1  # counted where no run matches: method 1 of Chen and Cherry 2014 (doi:10.3115/v1/W14-3346)

Runs = Counter[tuple[str, ...]]


def distinct(texts: Sequence[str], length: int) -> float | None:
    """How many different runs of so many words there are, as a share of all runs of all texts (Li et al.
    2016, arXiv:1510.03055): 1 where none occurs twice, None where no text is that long.

    It falls with the amount of text: compare arms on the same cases only.
    """
    runs: Runs = Counter()
    for text in texts:
        runs.update(_runs(_words(text), length))
    return len(runs) / runs.total() if runs else None


def self_bleu(texts: Sequence[str]) -> float | None:
    """The mean BLEU-4 of each text against all others (Zhu et al. 2018, arXiv:1802.01886), 0..1: 1 where each
    is found among the others. None with fewer than two texts that have words."""
    told = [words for words in map(_words, texts) if words]
    if len(told) < 2:
        return None
    by_length = [[_runs(words, length) for words in told] for length in LENGTHS]
    most = [_two_highest(runs) for runs in by_length]
    lengths = Counter(map(len, told))
    return math.fsum(
        _bleu(index, len(words), by_length, most, lengths) for index, words in enumerate(told)
    ) / len(told)


def _bleu(
    index: int,
    size: int,
    by_length: Sequence[Sequence[Runs]],
    most: Sequence["dict[tuple[str, ...], tuple[int, int]]"],
    lengths: Counter[int],
) -> float:
    """Over the lengths of run that the text has."""
    logs = []
    for runs, highest in zip(by_length, most, strict=True):
        own = runs[index]
        if not own:
            break
        matched = sum(min(count, _elsewhere(highest[run], count)) for run, count in own.items())
        logs.append(math.log((matched or _NO_MATCH) / own.total()))
    nearest = min(
        (abs(other - size), other) for other, texts in lengths.items() if other != size or texts > 1
    )[1]
    brevity = min(0.0, 1 - nearest / size)
    return math.exp(brevity + math.fsum(logs) / len(logs))


def _two_highest(texts: Sequence[Runs]) -> "dict[tuple[str, ...], tuple[int, int]]":
    """How often each run occurs in the text that has it most often, and in the next: all that is needed to
    know the most among the others, without comparing every text with every other."""
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for runs in texts:
        for run, count in runs.items():
            first, second = found.get(run, (0, 0))
            found[run] = (count, first) if count > first else (first, max(second, count))
    return found


def _elsewhere(highest: tuple[int, int], own: int) -> int:
    """The most that another text has: where ``own`` is the highest, the next one."""
    return highest[1] if own == highest[0] else highest[0]


def _words(text: str) -> list[str]:
    return text.lower().split()


def _runs(words: Sequence[str], length: int) -> Runs:
    return Counter(zip(*(words[start:] for start in range(length)), strict=False))
