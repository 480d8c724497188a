"""similar: how near the output's meaning is to a wanted one, by embeddings.

The embeddings are the run's own, the shipped MiniLM unless the settings name others: a threshold that was
found with other embeddings has to be found anew.
"""

from collections.abc import Callable

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import text_of
from bot.scorers.kit.judging import EPSILON
from bot.scorers.kit.vectors import Vector, cosine, dot, embedded, euclidean
from bot.scorers.scorer import Scorer, base_type, negated, require
from bot.scorers.tools import Tools

DEFAULT_THRESHOLD = 0.75
NEARNESS: dict[str, Callable[[Vector, Vector], float]] = {
    "similar": cosine,
    "similar:cosine": cosine,
    "similar:dot": dot,
    "similar:euclidean": euclidean,
}


async def similar(assertion: Assertion, output: Output, tools: Tools) -> Score:
    """Any of the wanted texts will do; with "not-", none of them may be near."""
    wanted = assertion.value if isinstance(assertion.value, list | tuple) else [assertion.value]
    kind = base_type(assertion)
    require(
        wanted and all(isinstance(each, str) for each in wanted), f'"{kind}" needs a text or a list of texts'
    )
    found, *others = await embedded([text_of(output.value), *wanted], tools, kind)
    scores = [_score(NEARNESS[kind](each, found), assertion) for each in others]
    if negated(assertion):
        failed = (score for score in scores if not score.passed)
        return next(failed, None) or min(scores, key=lambda score: score.value)
    passed = (score for score in scores if score.passed)
    best = next(passed, None) or max(scores, key=lambda score: score.value)
    if best.passed or len(scores) == 1:
        return best
    return Score(False, best.value, "None of the wanted texts is near enough")


def _score(value: float, assertion: Assertion) -> Score:
    threshold = DEFAULT_THRESHOLD if assertion.threshold is None else assertion.threshold
    inverse = negated(assertion)
    if base_type(assertion) == "similar:euclidean":  # a distance: less is nearer
        near, far = value <= threshold + EPSILON, value >= threshold - EPSILON
        name, share = "Distance", 1 / (1 + value)
    else:
        near, far = value >= threshold - EPSILON, value <= threshold + EPSILON
        name, share = "Similarity", value
    relation = "at least" if value >= threshold else "less than"
    reason = f"{name} {value:.2f} is {relation} threshold {threshold:g}"
    return Score(far if inverse else near, 1 - share if inverse else share, reason)


SCORERS = (Scorer(types=tuple(NEARNESS), awaited=similar),)
