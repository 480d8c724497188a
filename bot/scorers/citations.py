"""citations: every quote and every [id] of the output stands in a source of the case. Plumbline's own."""

import re
from typing import Any

from bot.domain.jsvalues import stringify
from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import text_of
from bot.scorers.scorer import AssertionInvalid, Scorer, negated, require
from bot.scorers.tools import Tools

DEFAULT_SOURCE = "context"
DEFAULT_THRESHOLD = 1.0
_QUOTE = re.compile("“([^“”]+)”")
_ID = re.compile(r"\[([^\[\]\n]{1,80})\](?!\()")  # no link of Markdown
_SPACES = re.compile(r"\s+")


def citations(assertion: Assertion, output: Output, _: Tools) -> Score:
    """The share of citations that are true, 0..1, against a threshold of all; 0 where nothing is cited.

    The value names the variable that holds the sources, "context" by itself. A quote between “ and ” must
    stand there word for word, spaces and line ends apart; an id between [ and ] must stand there too.
    """
    source = _source(assertion, output)
    text = text_of(output.value)
    cited = [_flat(each) for each in (*_QUOTE.findall(text), *_ID.findall(text))]
    wrong = [each for each in cited if each not in source]
    share = 1 - len(wrong) / len(cited) if cited else 0.0
    threshold = DEFAULT_THRESHOLD if assertion.threshold is None else assertion.threshold
    inverse = negated(assertion)
    passed = (bool(cited) and share >= threshold) is not inverse
    return Score(passed, 1 - share if inverse else share, _told(cited, wrong))


def _told(cited: list[str], wrong: list[str]) -> str:
    if not cited:
        return "The output cites nothing"
    if not wrong:
        return f"All {len(cited)} citations stand in the source"
    return f"{len(wrong)} of {len(cited)} citations do not stand in the source, such as “{wrong[0][:80]}”"


def _source(assertion: Assertion, output: Output) -> str:
    name = assertion.value or DEFAULT_SOURCE
    require(isinstance(name, str), '"citations" takes the name of a variable')
    if name not in output.vars:
        raise AssertionInvalid(f'"citations": the case has no variable named {name}')
    return _flat(_plain(output.vars[name]))


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(_plain(each) for each in value)
    if isinstance(value, dict):
        return "\n".join(_plain(each) for each in value.values())
    return stringify(value) or ""


def _flat(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


SCORERS = (Scorer(types=("citations", "groundedness"), grade=citations),)
