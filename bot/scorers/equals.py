"""equals: the text itself, or the same JSON."""

from bot.domain.jsvalues import stringify, to_text
from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import parse_json, same, text_of
from bot.scorers.scorer import Scorer, yes_or_no
from bot.scorers.tools import Tools


def equals(assertion: Assertion, output: Output, _: Tools) -> Score:
    """A list or object equals an output that is the same JSON; all else equals its own text."""
    value, text = assertion.value, text_of(output.value)
    if isinstance(value, list | dict) or (value is None and "value" in assertion.rest):
        try:
            met = same(value, parse_json(text))
        except ValueError:
            met = False
        return yes_or_no(met, assertion, f"equal {stringify(value)}")
    wanted = "undefined" if value is None else to_text(value)
    return yes_or_no(wanted == text, assertion, f'equal "{wanted}"')


SCORERS = (Scorer(types=("equals",), grade=equals),)
