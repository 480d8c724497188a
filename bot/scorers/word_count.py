"""word-count: how many words an output has, exactly or within a range."""

import math
from typing import Any

from bot.domain.jsvalues import to_number
from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import text_of, words
from bot.scorers.scorer import Scorer, require, yes_or_no
from bot.scorers.tools import Tools


def word_count(assertion: Assertion, output: Output, _: Tools) -> Score:
    """A number, or ``{min, max}`` with at least one of them; words are what stands between spaces."""
    value = assertion.value
    require(value is not None, '"word-count" needs a value')
    count = len(words(text_of(output.value)))
    if isinstance(value, dict):
        return _between(count, value, assertion)
    number = value if not isinstance(value, str) else to_number(value)
    require(
        isinstance(number, int | float) and not isinstance(number, bool) and not math.isnan(number),
        '"word-count" needs a number, or an object with "min" or "max"',
    )
    return yes_or_no(count == number, assertion, f"have {number:g} words, it has {count}")


def _between(count: int, limits: dict[str, Any], assertion: Assertion) -> Score:
    require("min" in limits or "max" in limits, '"word-count" needs "min" or "max"')
    low, high = limits.get("min", -math.inf), limits.get("max", math.inf)
    for limit in (low, high):
        require(isinstance(limit, int | float), '"word-count": "min" and "max" must be numbers')
    require(low <= high, '"word-count": "min" is above "max"')
    return yes_or_no(low <= count <= high, assertion, f"have {low:g} to {high:g} words, it has {count}")


SCORERS = (Scorer(types=("word-count",), grade=word_count),)
