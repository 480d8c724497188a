"""contains, contains-any, contains-all, and the same without regard to case."""

from collections.abc import Iterator
from typing import Any

from bot.domain.jsvalues import to_text
from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import SPACES, text_of
from bot.scorers.scorer import Scorer, base_type, require, yes_or_no
from bot.scorers.tools import Tools


def contains(assertion: Assertion, output: Output, _: Tools) -> Score:
    """The output holds the value, a text or a number."""
    value = assertion.value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    require(
        number or (isinstance(value, str) and value),
        f'"{base_type(assertion)}" needs a text or a number as its value',
    )
    text, wanted = _folded(assertion, text_of(output.value), to_text(value))
    return yes_or_no(wanted in text, assertion, f'contain "{to_text(value)}"')


def contains_some(assertion: Assertion, output: Output, _: Tools) -> Score:
    """The output holds any, or all, of the values: a list, or fields between commas."""
    values = _list(assertion)
    text, *wanted = _folded(assertion, text_of(output.value), *map(to_text, values))
    found = [each in text for each in wanted]
    every = base_type(assertion).endswith("-all")
    which = "all of" if every else "one of"
    told = f'contain {which} "{", ".join(map(to_text, values))}"'
    return yes_or_no(all(found) if every else any(found), assertion, told)


def _folded(assertion: Assertion, *texts: str) -> list[str]:
    return [text.lower() for text in texts] if base_type(assertion).startswith("i") else list(texts)


def _list(assertion: Assertion) -> list[Any]:
    value, name = assertion.value, base_type(assertion)
    require(value or isinstance(value, list), f'"{name}" needs a value')
    if isinstance(value, str):
        return list(_fields(value, name))
    require(isinstance(value, list), f'"{name}" needs a list of values')
    return list(value)


def _fields(text: str, name: str) -> Iterator[str]:
    """Fields between commas; a field in double quotes may hold commas, \\" and doubled quotes."""
    at = 0
    while (at := _skip(text, at, SPACES + ",")) < len(text):
        if text[at] == '"':
            field, at = _quoted(text, at + 1, name)
            at = _skip(text, at, SPACES)
            require(at >= len(text) or text[at] == ",", f'"{name}": a comma must follow a quoted field')
        else:
            end = text.find(",", at)
            end = len(text) if end < 0 else end
            field, at = text[at:end].strip(SPACES), end
        yield field


def _skip(text: str, at: int, characters: str) -> int:
    while at < len(text) and text[at] in characters:
        at += 1
    return at


def _quoted(text: str, at: int, name: str) -> tuple[str, int]:
    field = ""
    while at < len(text):
        if text[at : at + 2] in ('\\"', "\\\\", '""'):
            field += text[at + 1]
            at += 2
        elif text[at] == '"':
            return field, at + 1
        else:
            field += text[at]
            at += 1
    require(False, f'"{name}": a quoted field has no end')
    return field, at


SCORERS = (
    Scorer(types=("contains", "icontains"), grade=contains),
    Scorer(types=("contains-any", "contains-all", "icontains-any", "icontains-all"), grade=contains_some),
)
