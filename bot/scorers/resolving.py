"""An assertion as it is scored: its value filled in, the output transformed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.jsvalues import UNDEFINED
from bot.domain.scoring import Assertion, Output
from bot.errors import Unsupported
from bot.scorers.scorer import AssertionInvalid, base_type
from bot.scorers.tools import Tools

_FILE = "file://"
_PACKAGE = "package:"
_RUN_BY_SCORER = ("javascript", "python")  # what a script gives back is their verdict, not their value


def resolved(assertion: Assertion, output: Output, tools: Tools) -> tuple[Assertion, Output]:
    """Both as a scorer gets them. Raises AssertionInvalid, Unsupported."""
    if assertion.transform:
        from bot.scorers.kit.scripts import transformed

        output = replace(output, value=transformed(assertion.transform, output, tools))
    value = assertion.value
    if isinstance(value, str) and value.startswith(_FILE):
        value = _from_file(assertion, output, tools)
    else:
        value = filled(value, output.vars, tools)
    return (assertion if value is assertion.value else replace(assertion, value=value)), output


def filled(value: Any, variables: Mapping[str, Any], tools: Tools) -> Any:
    """A text, or the texts of a list, rendered with the case's variables; all else as it is."""
    if isinstance(value, str):
        return _text(value, variables)
    if isinstance(value, list | tuple):
        return [_item(each, variables, tools) for each in value]
    return value


def _item(item: Any, variables: Mapping[str, Any], tools: Tools) -> Any:
    if not isinstance(item, str):
        return item
    if item.startswith(_FILE):
        from bot.scorers.kit.files import content

        return content(item, tools)
    return _text(item, variables)


def _text(text: str, variables: Mapping[str, Any]) -> str:
    if text.startswith(_PACKAGE):
        raise Unsupported(f"{text} is not supported: values from packages are not loaded.")
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return text
    from bot.domain.nunjucks import render

    return render(text, variables)


def _from_file(assertion: Assertion, output: Output, tools: Tools) -> Any:
    """What a file holds, or what the function in it gives back."""
    from bot.scorers.kit.files import content, script_of
    from bot.scorers.kit.scripts import called, context_of

    script = script_of(assertion.value)
    if script is None:
        return content(assertion.value, tools)
    if base_type(assertion) in _RUN_BY_SCORER:
        return assertion.value
    value = called(script, output.value, context_of(assertion, output), tools)
    if isinstance(value, bool) or value is UNDEFINED or (isinstance(value, dict) and "pass" in value):
        raise AssertionInvalid(f'{script.path} must give back the value of "{assertion.type}", no verdict')
    return value
