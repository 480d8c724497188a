"""Fills a template in."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bot.domain.nunjucks.builtins import GLOBALS
from bot.domain.nunjucks.execute import execute
from bot.domain.nunjucks.nodes import Body
from bot.domain.nunjucks.parser import parse
from bot.domain.nunjucks.runtime import State
from bot.domain.nunjucks.values import characters, units
from bot.errors import InputError


def render(template: str, values: Mapping[str, Any]) -> str:
    """The text that Nunjucks 3.2 makes of the template and JSON-like values, autoescape off.

    Raises InputError, with the line, where Nunjucks raises and where a template goes beyond its bounds;
    Unsupported for what Nunjucks could do and this does not.
    """
    if "{" not in template and "#}" not in template:
        return template
    try:
        body = _compiled(template)
    except RecursionError:
        raise InputError("The template is nested too deeply.") from None
    state = State(values, GLOBALS, execute)
    try:
        execute(body, state)
    except RecursionError:
        raise InputError(f"The template is nested too deeply (line {state.line}).") from None
    except InputError as error:
        raise _placed(error, state.line) from error
    except (OverflowError, ValueError):  # Python stops where JavaScript goes on with NaN or Infinity
        raise InputError(f"The template computes with a number out of range (line {state.line}).") from None
    return characters("".join(state.output))


def _placed(error: InputError, line: int) -> InputError:
    """The same, with the line of the template."""
    if " line " in error.message:
        return error
    return type(error)(f"{error.message.rstrip('.')} (line {line} of the template).", hint=error.hint)


@lru_cache(maxsize=512)
def _compiled(template: str) -> Body:
    return parse(units(template))
