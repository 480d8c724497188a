"""bleu and gleu: how many runs of up to four words an output shares with a reference text.

BLEU: Papineni et al. 2002 (doi:10.3115/1073083.1073135), over the lengths of run that the output has.
GLEU: Wu et al. 2016 (arXiv:1609.08144), the smaller of precision and recall.
"""

import math
from collections.abc import Sequence

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import SPACES, split_spaces, text_of
from bot.scorers.kit.ngrams import clipped, ngrams
from bot.scorers.scorer import Scorer, base_type, graded, require
from bot.scorers.tools import Tools

LENGTHS = (1, 2, 3, 4)
DEFAULT_THRESHOLD = 0.5
_NO_MATCH = 1e-7  # stands in for a precision of 0, whose logarithm there is not


def bleu(assertion: Assertion, output: Output, _: Tools) -> Score:
    value = bleu_score(text_of(output.value), _references(assertion))
    return graded(value, assertion, DEFAULT_THRESHOLD, "BLEU")


def gleu(assertion: Assertion, output: Output, _: Tools) -> Score:
    value = gleu_score(text_of(output.value), _references(assertion))
    return graded(value, assertion, DEFAULT_THRESHOLD, "GLEU")


def _references(assertion: Assertion) -> list[str]:
    value = assertion.value if isinstance(assertion.value, list) else [assertion.value]
    name = base_type(assertion)
    require(all(isinstance(each, str) for each in value), f'"{name}" needs a text or a list of texts')
    require(value, f'"{name}" needs at least one text')
    return value


def bleu_score(candidate: str, references: Sequence[str]) -> float:
    """0..1; runs longer than the candidate do not count against it."""
    if not candidate.strip(SPACES):
        return 0.0
    words, wanted = _words(candidate), [_words(each) for each in references]
    nearest = min((abs(len(each) - len(words)), len(each)) for each in wanted)[1]
    lengths = LENGTHS[: len(words)]
    mean_log = 0.0
    for length in lengths:
        found = ngrams(words, length)
        matched = max(clipped(found, ngrams(each, length)) for each in wanted)
        mean_log += 1 / len(lengths) * math.log(matched / found.total() or _NO_MATCH)
    brevity = 1.0 if len(words) > nearest else math.exp(1 - nearest / len(words))
    return brevity * math.exp(mean_log)


def gleu_score(candidate: str, references: Sequence[str]) -> float:
    """0..1, the best over the references; dots at the end of words do not count."""
    words = _without_dots(candidate)
    return max(_gleu(words, _without_dots(each)) for each in references) if words else 0.0


def _gleu(words: list[str], wanted: list[str]) -> float:
    if words == wanted:
        return 1.0
    matched = sum(clipped(ngrams(words, length), ngrams(wanted, length)) for length in LENGTHS)
    runs = [sum(max(len(side) - length + 1, 0) for length in LENGTHS) for side in (words, wanted)]
    return matched / max(runs) if all(runs) else 0.0


def _words(text: str) -> list[str]:
    return split_spaces(text.lower().strip(SPACES))


def _without_dots(text: str) -> list[str]:
    words = [word.rstrip(".") for word in _words(text)]
    return words if any(words) else []


SCORERS = (Scorer(types=("bleu",), grade=bleu), Scorer(types=("gleu",), grade=gleu))
