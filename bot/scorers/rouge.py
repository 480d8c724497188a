"""rouge-n: how many words an output shares with a reference text (Lin 2004, ROUGE-1, F1)."""

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import text_of
from bot.scorers.kit.ngrams import clipped, ngrams
from bot.scorers.scorer import Scorer, graded, require
from bot.scorers.tools import Tools

DEFAULT_THRESHOLD = 0.75


def rouge(assertion: Assertion, output: Output, _: Tools) -> Score:
    require(isinstance(assertion.value, str), '"rouge-n" needs a text as its value')
    value = rouge_1(text_of(output.value).lower(), assertion.value.lower())
    return graded(value, assertion, DEFAULT_THRESHOLD, "ROUGE-N")


def rouge_1(candidate: str, reference: str) -> float:
    """The F1 of single words, 0..1; a word counts as often as both texts have it."""
    from bot.scorers.kit.treebank import tokens

    found, wanted = ngrams(tokens(candidate), 1), ngrams(tokens(reference), 1)
    overlap = clipped(found, wanted)
    if not overlap:
        return 0.0
    precision, recall = overlap / found.total(), overlap / wanted.total()
    low, high = sorted((precision, recall))
    return min(high, low * (2 / (1 + low / high)))  # the harmonic mean, rounded as js-rouge rounds it


SCORERS = (Scorer(types=("rouge-n",), grade=rouge),)
