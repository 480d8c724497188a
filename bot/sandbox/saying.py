"""The content of a message: read from arguments, checked as Slack checks it."""

from typing import Any

from bot.sandbox.arguments import decoded
from bot.sandbox.blocks import Problem, check_message, check_view
from bot.sandbox.errors import SlackError
from bot.sandbox.views import with_block_ids

JSON = dict[str, Any]
CHECKED = ("text", "blocks", "attachments", "markdown_text")


def checked(arguments: JSON) -> JSON:
    """``text``, ``blocks``, ``attachments`` and ``metadata`` as kept; SlackError if Slack refuses."""
    content: JSON = {"text": str(arguments.get("text") or "")}
    for name in ("blocks", "attachments", "metadata"):
        if arguments.get(name):
            content[name] = decoded(arguments[name])
    if markdown := arguments.get("markdown_text"):
        content["blocks"] = [{"type": "markdown", "text": str(markdown)}]
        content["text"] = str(markdown)
    refuse(check_message({name: arguments.get(name) for name in CHECKED}))
    if "blocks" in content:
        content["blocks"] = with_block_ids(content["blocks"])
    if not _is_metadata(content.get("metadata")):
        raise SlackError("invalid_metadata_format")
    return content


def refuse(problems: list[Problem]) -> None:
    """SlackError with the first one's name, and all of them in words; with blocks Slack says them twice."""
    if problems:
        words = [str(one).removeprefix("[ERROR] ") for one in problems]
        twice = {"errors": words} if problems[0].code == "invalid_blocks" else {}
        raise SlackError(problems[0].code, *map(str, problems), **twice)


def _is_metadata(metadata: object) -> bool:
    if metadata is None:
        return True
    return (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    )


def checked_view(view: object) -> JSON:
    """The view as a dict; SlackError if Slack refuses it."""
    view = decoded(view)
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", "[ERROR] must provide an object [json-pointer:/view]")
    refuse(check_view(view))
    return {**view, "blocks": decoded(view["blocks"])}
