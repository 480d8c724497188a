"""starts-with: the first words of an output."""

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import text_of
from bot.scorers.scorer import Scorer, require, yes_or_no
from bot.scorers.tools import Tools


def starts_with(assertion: Assertion, output: Output, _: Tools) -> Score:
    value = assertion.value
    require(value and isinstance(value, str), '"starts-with" needs a text as its value')
    return yes_or_no(text_of(output.value).startswith(value), assertion, f'start with "{value}"')


SCORERS = (Scorer(types=("starts-with",), grade=starts_with),)
