"""A message as chat.postMessage gets it."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.blocks.schema import JSON, String
from bot.sandbox.blocks.surfaces import LONGEST_MARKDOWN, Problem, block_flaws, check_blocks, decoded

LONGEST_TEXT = 40_000
MOST_ATTACHMENTS = 100


def check_message(arguments: JSON) -> list[Problem]:
    """Why Slack would refuse ``text``, ``blocks``, ``attachments`` or ``markdown_text``; else empty."""
    text, markdown = arguments.get("text"), arguments.get("markdown_text")
    blocks, attachments = decoded(arguments.get("blocks")), decoded(arguments.get("attachments"))
    found = [*_text("text", text, LONGEST_TEXT), *_text("markdown_text", markdown, LONGEST_MARKDOWN)]
    if markdown and (text or blocks):
        message = "must not be given together with text or blocks"
        found.append(Problem("markdown_text_conflict", message, "/markdown_text"))
    if blocks not in (None, ""):
        found += check_blocks(blocks, "message")
    if attachments not in (None, ""):
        found += _attachments(attachments)
    if not found and not any(_says_something(one) for one in (text, markdown, blocks, attachments)):
        found.append(Problem("no_text", "missing required field: text", "/text"))
    return found


def _says_something(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def _text(name: str, value: Any, most: int) -> Iterator[Problem]:
    if value is not None:
        code = "msg_too_long" if isinstance(value, str) else "invalid_arguments"
        yield from (Problem(code, *flaw) for flaw in String(most).flaws(value, f"/{name}"))


def _attachments(attachments: Any) -> Iterator[Problem]:
    if not isinstance(attachments, list):
        yield Problem("invalid_attachments", "must provide an array", "/attachments")
        return
    if len(attachments) > MOST_ATTACHMENTS:
        message = f"no more than {MOST_ATTACHMENTS} items allowed"
        yield Problem("too_many_attachments", message, "/attachments")
    for number, one in enumerate(attachments):
        yield from _attachment(one, f"/attachments/{number}")


def _attachment(attachment: Any, at: str) -> Iterator[Problem]:
    if not isinstance(attachment, dict):
        yield Problem("invalid_attachments", "must provide an object", at)
    elif not isinstance(blocks := attachment.get("blocks", []), list):
        yield Problem("invalid_attachments", "must provide an array", f"{at}/blocks")
    else:
        flaws = block_flaws(blocks, "message", f"{at}/blocks")
        yield from (Problem("invalid_attachments", *flaw) for flaw in flaws)
