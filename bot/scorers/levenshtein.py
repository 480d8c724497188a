"""levenshtein: how many single edits lie between the output and the value."""

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import code_units, text_of
from bot.scorers.scorer import Scorer, require, yes_or_no
from bot.scorers.tools import Tools

DEFAULT_THRESHOLD = 5


def levenshtein(assertion: Assertion, output: Output, _: Tools) -> Score:
    """At most ``threshold`` insertions, deletions and substitutions of UTF-16 code units."""
    from rapidfuzz.distance import Levenshtein

    value = assertion.value
    require(isinstance(value, str), '"levenshtein" needs a text as its value')
    distance = Levenshtein.distance(code_units(text_of(output.value)), code_units(value))
    limit = DEFAULT_THRESHOLD if assertion.threshold is None else assertion.threshold
    return yes_or_no(
        distance <= limit, assertion, f"be within {limit:g} edits of the value, it is {distance} away"
    )


SCORERS = (Scorer(types=("levenshtein",), grade=levenshtein),)
