"""What was retrieved for an answer, as a config gives it, and its units."""

import re
from collections.abc import Sequence
from typing import Any

from bot.domain.scoring import Assertion, Output
from bot.scorers.kit.js import SPACES
from bot.scorers.scorer import base_type, require
from bot.scorers.tools import Tools

Context = str | list[str]
_SENTENCE_END = re.compile(f"(?<=[.!?])[{SPACES}]+")
_NUMBER_ONLY = re.compile(r"[0-9]+[.)]")


def context_of(assertion: Assertion, output: Output, tools: Tools, fallback: str = "") -> Context:
    """The case's ``context``, a text or its chunks, or what ``contextTransform`` takes from the output.

    Raises AssertionInvalid where there is none.
    """
    value: Any = output.vars.get("context") or fallback
    code = assertion.rest.get("contextTransform")
    if code:
        from bot.scorers.kit.scripts import transformed

        require(isinstance(code, str), "contextTransform must be text")
        value = transformed(code, output, tools)
    chunks = list(value) if isinstance(value, list | tuple) else [value]
    require(
        chunks and all(isinstance(each, str) and each for each in chunks),
        f'"{base_type(assertion)}" needs a context: a variable "context", text or a list of texts, '
        "or a contextTransform",
    )
    return value if isinstance(value, str) else chunks


def question_of(assertion: Assertion, output: Output) -> str:
    query = output.vars.get("query")
    require(isinstance(query, str), f'"{base_type(assertion)}" needs a variable "query", the question')
    return str(query)


def joined(context: Context) -> str:
    return context if isinstance(context, str) else "\n\n".join(context)


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip(SPACES)]


def in_units(context: Context) -> bool:
    """Whether it comes cut into chunks or lines."""
    return not isinstance(context, str) or len(lines(context)) > 1


def units(context: Context) -> list[str]:
    """Chunks; or lines, where there are several; or sentences. A bare "2." is none."""
    if not isinstance(context, str):
        return [chunk for chunk in context if chunk.strip(SPACES)]
    return sentences(context)


def sentences(text: str) -> list[str]:
    found = lines(text)
    parts: Sequence[str] = found if len(found) > 1 else _SENTENCE_END.split(text)
    stripped = (part.strip(SPACES) for part in parts)
    return [part for part in stripped if part and not _NUMBER_ONLY.fullmatch(part)]
