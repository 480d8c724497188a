"""blocks.validate: would Slack take it?"""

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.model import JSON
from bot.sandbox.saying import checked, checked_view


async def validate(call: Call) -> JSON:
    """One of ``blocks`` (a message's), ``message`` or ``view``."""
    given = [name for name in ("blocks", "message", "view") if call.arguments.get(name)]
    if len(given) != 1:
        raise SlackError("invalid_arguments", "[ERROR] give one of blocks, message and view")
    if given == ["view"]:
        checked_view(call.arguments["view"])
    else:
        message = call.data("message") if given == ["message"] else {"blocks": call.arguments["blocks"]}
        if not isinstance(message, dict):
            raise SlackError("invalid_arguments", "[ERROR] must provide an object [json-pointer:/message]")
        checked(message)
    return {}


METHODS = {"blocks.validate": Method(validate)}
