"""blocks.validate: would Slack take it?"""

from bot.sandbox.blocks import Problem, check_blocks, check_message, check_view
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.model import JSON


async def validate(call: Call) -> JSON:
    """One of ``blocks`` (a message's), ``message`` or ``view``; ``errors`` point into what was given."""
    given = [name for name in ("blocks", "message", "view") if call.arguments.get(name)]
    if len(given) != 1:
        message = "must provide exactly one of `blocks`, `view`, or `message`"
        raise SlackError("invalid_arguments", message)
    [kind] = given
    if problems := _problems(kind, call.data(kind)):
        root = "" if kind == "message" else f"/{kind}"
        errors = [_told(problem, root) for problem in problems]
        raise SlackError(problems[0].code, *map(str, problems), errors=errors)
    return {}


def _problems(kind: str, value: object) -> list[Problem]:
    if kind == "blocks":
        return check_blocks(value, "message")
    if kind == "view":
        return check_view(value)
    if not isinstance(value, dict):
        return [Problem("invalid_arguments", "must provide an object", "/message")]
    return check_message(value)


def _told(problem: Problem, root: str) -> JSON:
    pointer = problem.pointer.removeprefix(root)
    return {"code": "failed_constraint", "message": problem.message, "pointer": pointer}


METHODS = {"blocks.validate": Method(validate)}
