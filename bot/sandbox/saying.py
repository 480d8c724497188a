"""The content of a message: read from arguments, checked as Slack checks it."""

from typing import Any

from bot.sandbox.arguments import decoded
from bot.sandbox.errors import SlackError
from bot.sandbox.views import with_block_ids

JSON = dict[str, Any]
LONGEST_TEXT = 40_000


def checked(arguments: JSON) -> JSON:
    """``text``, ``blocks``, ``attachments`` and ``metadata`` as kept; SlackError if Slack refuses."""
    content: JSON = {"text": str(arguments.get("text") or "")}
    for name in ("blocks", "attachments", "metadata"):
        if arguments.get(name):
            content[name] = decoded(arguments[name])
    if markdown := arguments.get("markdown_text"):
        content["blocks"] = [{"type": "markdown", "text": str(markdown)}]
        content["text"] = str(markdown)
    _refuse(content)
    if "blocks" in content:
        content["blocks"] = with_block_ids(content["blocks"])
    if not _is_metadata(content.get("metadata")):
        raise SlackError("invalid_metadata_format")
    return content


def _refuse(content: JSON) -> None:
    if not isinstance(content.get("blocks", []), list):
        raise SlackError("invalid_blocks_format")
    if not (content["text"] or content.get("blocks") or content.get("attachments")):
        raise SlackError("no_text")
    if len(content["text"]) > LONGEST_TEXT:
        raise SlackError("msg_too_long")


def _is_metadata(metadata: object) -> bool:
    if metadata is None:
        return True
    return (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    )


def refuse_view(view: object) -> JSON:
    """The view as a dict; SlackError where Slack refuses it."""
    view = decoded(view)
    if not isinstance(view, dict) or not isinstance(view.get("blocks", []), list):
        raise SlackError("invalid_arguments", "[ERROR] must provide an object [json-pointer:/view]")
    if view.get("type") not in ("modal", "home"):
        raise SlackError("invalid_arguments", "[ERROR] unsupported type [json-pointer:/view/type]")
    return view
