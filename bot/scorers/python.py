"""python: a user's own code over the output, only where a flag of the command line allows it."""

import json
from typing import Any

from bot.domain.jsvalues import is_number, stringify, to_number
from bot.domain.scoring import Assertion, Output, Score
from bot.errors import Unsupported
from bot.scorers.kit.files import PREFIX, located, script_of, text
from bot.scorers.kit.scripts import context_of
from bot.scorers.scorer import Scorer, require
from bot.scorers.tools import Tools
from bot.scorers.verdicts import ScriptFailed, of_flag, of_number, of_result

_CODE = "The Python code"
_RENAMED = {"pass_": "pass", "named_scores": "namedScores"}


async def python(assertion: Assertion, output: Output, tools: Tools) -> Score:
    """A boolean, a number or a dict with pass, score and reason; code that fails, fails."""
    if not tools.allow_python:
        raise Unsupported(
            '"python" is not run unless the command line allows it: it is code with all your rights.'
        )
    require(isinstance(assertion.value, str), '"python" needs a text as its value')
    source, function = _source(assertion.value, tools)
    from bot.scorers.kit.python_child import call  # asyncio takes 40 ms to import

    try:
        said = await call(source, function, [output.value, context_of(assertion, output)], tools.time_limit_s)
        return _score(said, assertion)
    except ScriptFailed as problem:
        return Score(False, 0.0, f"{_CODE} failed: {problem}")


def _source(value: str, tools: Tools) -> tuple[str, str]:
    script = script_of(value) if value.startswith(PREFIX) else None
    if script is None:
        return _wrapped(value), "main"
    if script.kind != ".py":
        raise Unsupported(f'{script.path}: "python" runs .py files only.')
    return text(located(script.path, tools)), script.function or "get_assert"


def _wrapped(code: str) -> str:
    """One line is an expression, several are a function's body; an indentation of its own is kept."""
    if "\n" not in code:
        return f"import json\n\ndef main(output, context):\n    return {code}\n"
    indented = next((line for line in code.split("\n") if line.strip() and line[0].isspace()), "")
    margin = indented[: len(indented) - len(indented.lstrip())] or "    "
    body = "\n".join(f"{margin}{line}" for line in code.split("\n"))
    return f"import json\n\ndef main(output, context):\n{body}\n"


def _score(said: Any, assertion: Assertion) -> Score:
    if isinstance(said, str) and said.lower() in ("true", "false"):
        said = said.lower() == "true"
    if isinstance(said, str) and said.startswith("{"):
        try:
            said = json.loads(said)
        except ValueError:
            raise ScriptFailed("it gives back broken JSON") from None
    if isinstance(said, bool):
        return of_flag(said, assertion, _CODE)
    if isinstance(said, dict):
        return _of_dict(said, assertion)
    number = to_number(said) if isinstance(said, str) and said.strip() else said
    if not is_number(number) or number != number:
        raise ScriptFailed(f"it gives back neither a boolean nor a number nor a dict, but {stringify(said)}")
    return of_number(number, assertion, _CODE)


def _of_dict(said: dict[str, Any], assertion: Assertion) -> Score:
    result = {_RENAMED.get(key, key): value for key, value in said.items()}
    whole = isinstance(result.get("pass"), bool) and is_number(result.get("score"))
    if not whole or not isinstance(result.get("reason"), str):
        raise ScriptFailed("a dict needs pass (a boolean), score (a number) and reason (a text)")
    if assertion.threshold is not None and result["score"] < assertion.threshold:
        below = f"Score {result['score']} is below threshold {assertion.threshold:g}"
        result |= {"pass": False, "reason": f"{below}: {result['reason']}" if result["reason"] else below}
    return of_result(result, assertion, _CODE)


SCORERS = (Scorer(types=("python",), awaited=python),)
