"""regex: a JavaScript regular expression, found anywhere in the output."""

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import text_of
from bot.scorers.scorer import Scorer, require, yes_or_no
from bot.scorers.tools import Tools


def regex(assertion: Assertion, output: Output, _: Tools) -> Score:
    """What is no pattern fails, also under "not-"."""
    pattern = assertion.value
    from bot.scorers.kit.patterns import BadPattern, found

    require(pattern and isinstance(pattern, str), '"regex" needs a text as its value')
    try:
        met = found(pattern, text_of(output.value))
    except BadPattern as problem:
        return Score(False, 0.0, f"Not a regular expression of JavaScript: {problem}")
    return yes_or_no(met, assertion, f'match "{pattern}"')


SCORERS = (Scorer(types=("regex",), grade=regex),)
