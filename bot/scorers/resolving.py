"""An assertion as it is scored: its value filled in, the output transformed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.scoring import Assertion, Output
from bot.errors import Unsupported
from bot.scorers.tools import Tools

_FILE = "file://"


def resolved(assertion: Assertion, output: Output, tools: Tools) -> tuple[Assertion, Output]:
    """Both as a scorer gets them. Raises AssertionInvalid, Unsupported."""
    if assertion.transform:
        output = replace(output, value=_transformed(assertion, output, tools))
    value = filled(assertion.value, output.vars, tools)
    return (assertion if value is assertion.value else replace(assertion, value=value)), output


def filled(value: Any, variables: Mapping[str, Any], tools: Tools) -> Any:
    """A text, or the texts of a list, rendered with the case's variables; all else as it is."""
    if isinstance(value, str):
        return _text(value, variables, tools)
    if isinstance(value, list | tuple):
        return [_text(each, variables, tools) if isinstance(each, str) else each for each in value]
    return value


def _text(text: str, variables: Mapping[str, Any], tools: Tools) -> Any:
    if text.startswith(_FILE):
        return _file(text.removeprefix(_FILE), tools)
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return text
    from bot.domain.nunjucks import render

    return render(text, variables)


def _file(name: str, tools: Tools) -> Any:
    raise Unsupported(f"{name}: values from files")


def _transformed(assertion: Assertion, output: Output, tools: Tools) -> Any:
    raise Unsupported("transform")
