"""is-html and contains-html: HTML as browsers read it, whole or by its signs within the text."""

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import text_of
from bot.scorers.scorer import Scorer, yes_or_no
from bot.scorers.tools import Tools


def is_html(assertion: Assertion, output: Output, _: Tools) -> Score:
    from bot.scorers.kit import html_text

    return yes_or_no(html_text.is_html(text_of(output.value)), assertion, "be HTML")


def contains_html(assertion: Assertion, output: Output, _: Tools) -> Score:
    from bot.scorers.kit import html_text

    return yes_or_no(html_text.has_html(text_of(output.value)), assertion, "contain HTML")


SCORERS = (Scorer(types=("is-html",), grade=is_html), Scorer(types=("contains-html",), grade=contains_html))
