"""Sharing a private answer: the button under it, the form behind that, and the note afterwards."""

from handlers.views import forms
from handlers.views.kit import (
    Block,
    Message,
    View,
    button,
    channel_link,
    context,
    markup,
    mention,
    message,
    modal,
    section,
)  # fmt: skip

ACTION = "answer_share"


def share_button(kind: str, about: str) -> Block:
    """``kind`` says what the answer is made of, ``about`` of which."""
    return button("Share in channel…", ACTION, f"{kind}|{about}")


def share_form(what: str, *, channel: str = "") -> View:
    return modal(
        "Share in a channel",
        forms.channel_select("to", "Where shall this be seen?", hint="We must both be in it."),
        context(markup("Everybody there sees it. What came from another private channel is left out.")),
        submit="Share", close="Cancel", callback_id=ACTION, private={"what": what, "channel": channel},
    )  # fmt: skip


def shared_by(told: Message, user: str) -> Message:
    """The answer with who shared it; what only works for the one who asked is taken off."""
    kept = [_without_share(block) for block in told.blocks]
    by = context(markup("Shared by {}", mention(user)))
    return Message(told.text, (*(block for block in kept if block), by))


def _without_share(block: Block) -> Block | None:
    if block.get("type") != "actions":
        return block
    elements = [each for each in block["elements"] if each.get("action_id") != ACTION]
    return {**block, "elements": elements} if elements else None


def shared_note(channel: str) -> Message:
    """``channel`` is its id."""
    return message(section(markup("Shared in {}.", channel_link(channel))))
