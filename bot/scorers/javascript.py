"""javascript: a user's expression or function over the output, run in a sandbox with limits."""

from typing import Any

from bot.domain.scoring import Assertion, Output, Score
from bot.errors import InputError, Unsupported
from bot.scorers.kit.files import PREFIX, script_of
from bot.scorers.kit.scripts import called, context_of
from bot.scorers.scorer import Scorer
from bot.scorers.tools import Tools
from bot.scorers.verdicts import of_flag, of_number, of_result

_CODE = "The JavaScript"
# What the code throws is a verdict; what stops the sandbox is not. So its errors are caught in there.
_GUARDED = """const verdict = (value) => {
  const type = typeof value;
  if (type === 'boolean' || type === 'number') return [value];
  const optional = (key, kind) => value[key] === undefined || typeof value[key] === kind;
  const fits = value !== null && type === 'object' && typeof value.pass === 'boolean'
    && typeof value.score === 'number' && typeof value.reason === 'string'
    && optional('namedScores', 'object') && optional('namedScoreWeights', 'object')
    && optional('tokensUsed', 'object') && optional('comment', 'string')
    && (value.componentResults === undefined || Array.isArray(value.componentResults))
    && optional('assertion', 'object');
  if (!fits) throw new Error('it gives back neither a boolean nor a number nor {pass, score, reason}');
  const { pass, score, reason, namedScores, namedScoreWeights } = value;
  return [{ pass, score, reason, namedScores, namedScoreWeights }];
};
const failure = (error) => ({ failed: String(error && error.message || error) });
try {
  const made = new Function('output', 'context', body);
  return Promise.resolve(made(output, context)).then(verdict).catch(failure);
} catch (error) {
  return failure(error);
}"""


def javascript(assertion: Assertion, output: Output, tools: Tools) -> Score:
    """A boolean, a number or ``{pass, score, reason}``; code that throws fails, also under "not-"."""
    if not isinstance(assertion.value, str):
        return Score(False, 0.0, '"javascript" needs a text as its value')
    said = _said(assertion, output, tools)
    if isinstance(said, dict):
        return Score(False, 0.0, f"{_CODE} failed: {said['failed']}")
    [value] = said
    if isinstance(value, bool):
        return of_flag(value, assertion, _CODE)
    if isinstance(value, dict):
        return of_result(value, assertion, _CODE)
    return of_number(value, assertion, _CODE)


def _said(assertion: Assertion, output: Output, tools: Tools) -> Any:
    from bot.javascript import Form, run
    from bot.javascript.bodies import function_body

    context = context_of(assertion, output)
    script = script_of(assertion.value) if assertion.value.startswith(PREFIX) else None
    if script is None:
        body = function_body(assertion.value, Form.ASSERTION)
        return run(_GUARDED, {"body": body, "output": output.value, "context": context})
    try:
        value = called(script, output.value, context, tools)
    except Unsupported:
        raise
    except InputError as error:
        return {"failed": error.message}
    return run(_GUARDED, {"body": "return output", "output": value, "context": {}})


SCORERS = (Scorer(types=("javascript",), grade=javascript),)
