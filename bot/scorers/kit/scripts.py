"""Users' JavaScript as promptfoo calls it: with the output, and a context that tells of the call."""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.jsvalues import UNDEFINED
from bot.domain.scoring import Assertion, Output
from bot.errors import InputError, Unsupported
from bot.scorers.kit.files import JAVASCRIPT, PREFIX, Script, located, script_of, text
from bot.scorers.scorer import AssertionInvalid
from bot.scorers.tools import Tools

_DEFAULT_EXPORT = re.compile(r"^[ \t]*export[ \t]+default[ \t]+", re.MULTILINE)
_MODULE_WORDS = re.compile(r"^[ \t]*(?:import\b[^(]|export\b)", re.MULTILINE)
_CALL = """const module = { exports: {} }, exports = module.exports;
new Function('module', 'exports', source)(module, exports);
const loaded = name && module.exports && module.exports[name];
const given = [loaded, module.exports, module.exports && module.exports.default];
const made = given.find((one) => typeof one === 'function');
if (!made) throw new Error('the file exports no function');
return made(output, context);"""


def context_of(assertion: Assertion, output: Output) -> dict[str, Any]:
    """What a script may know of the call. Undefined in promptfoo is left out."""
    response = {
        "output": output.value,
        "cost": output.cost,
        "finishReason": output.finish_reason,
        "logProbs": None if output.log_probs is None else list(output.log_probs),
    }
    context = {
        "prompt": output.prompt,
        "vars": dict(output.vars),
        "test": {"vars": dict(output.vars)},
        "logProbs": response["logProbs"],
        "providerResponse": {key: value for key, value in response.items() if value is not None},
        "config": assertion.rest.get("config"),
    }
    return {key: value for key, value in context.items() if value is not None}


def transformed(code: str, output: Output, tools: Tools) -> Any:
    """The output after a transform. Raises AssertionInvalid where it throws or gives nothing back."""
    from bot.javascript import Form, run

    context = {"vars": dict(output.vars), "prompt": {"label": output.prompt}}
    try:
        if code.startswith(PREFIX):
            value = called(_transform_script(code), output.value, context, tools)
        else:
            value = run(code, {"output": output.value, "context": context}, form=Form.TRANSFORM)
    except Unsupported:
        raise
    except InputError as error:
        raise AssertionInvalid(f"The transform failed: {error.message}") from None
    if value is None or value is UNDEFINED:
        raise AssertionInvalid("The transform gave no value back")
    return value


def _transform_script(code: str) -> Script:
    script = script_of(code)
    if script is None:
        raise AssertionInvalid(f"{code} is no script")
    return script


def called(script: Script, output: Any, context: Mapping[str, Any], tools: Tools) -> Any:
    """What the function of a JavaScript file gives back."""
    from bot.javascript import run

    if script.kind not in JAVASCRIPT:
        raise Unsupported(f"{script.path} is not run: only JavaScript is, in a sandbox.")
    source = text(located(script.path, tools))
    if script.kind != ".cjs":
        source = _DEFAULT_EXPORT.sub("module.exports.default = ", source)
    if _MODULE_WORDS.search(source):
        raise Unsupported(f"{script.path} is not run: imports and named exports are not supported.")
    names = {"source": source, "name": script.function, "output": output, "context": context}
    return run(_CALL, names)
