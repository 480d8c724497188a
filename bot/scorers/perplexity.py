"""perplexity and perplexity-score: how sure the model was of its own words."""

import math

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.scorer import PASSED, Scorer, base_type, negated, require
from bot.scorers.tools import Tools


def perplexity(assertion: Assertion, output: Output, _: Tools) -> Score:
    """e to the mean negative log probability: at most ``threshold``, which may be left out."""
    value, limit = math.exp(-_mean(assertion, output)), assertion.threshold
    if limit is None or (value <= limit) is not negated(assertion):
        return Score(True, 1.0, PASSED)
    relation = "at most" if negated(assertion) else "above"
    return Score(False, 0.0, f"Perplexity {value:.2f} is {relation} threshold {limit:g}")


def perplexity_score(assertion: Assertion, output: Output, _: Tools) -> Score:
    """The logistic of the mean log probability, 0..1: at least ``threshold``, which may be left out."""
    value, limit = 1 / (1 + math.exp(-_mean(assertion, output))), assertion.threshold
    inverse = negated(assertion)
    passed = limit is None or (value >= limit) is not inverse
    return Score(passed, 1 - value if inverse else value, f"Perplexity score {value:.2f}")


def _mean(assertion: Assertion, output: Output) -> float:
    require(
        output.log_probs, f'"{base_type(assertion)}" needs log probabilities, which this model did not give'
    )
    return sum(output.log_probs or ()) / len(output.log_probs or ())


SCORERS = (
    Scorer(types=("perplexity",), grade=perplexity),
    Scorer(types=("perplexity-score",), grade=perplexity_score),
)
