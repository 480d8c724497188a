"""Inputs for modals. Each stands in a block of its own, whose id is the name its entry comes back under."""

from collections.abc import Sequence
from typing import Any

from bot.domain.fence import visible
from handlers.views.kit import MOST_OPTIONS, Block, clip, plain_text, select

LONGEST_ENTRY = 3000
CHANNELS = {"include": ["public", "private"], "exclude_bot_users": True}


def _asked(name: str, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain_text(label, 2000),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    return {**block, "hint": plain_text(hint, 2000)} if hint else block


def entry(text: str, most: int, *, multiline: bool = False) -> str:
    """What an input shows of a text: all of it that can be seen, as it is, since it is there to be edited."""
    lines = [visible(line) for line in text.splitlines()]
    return clip(("\n" if multiline else " ").join(lines).strip(), most)


def text_input(
    name: str,
    label: str,
    *,
    initial: str = "",
    most: int = LONGEST_ENTRY,
    multiline: bool = False,
    placeholder: str = "",
    hint: str = "",
    optional: bool = False,
) -> Block:
    """What is typed is at most ``most`` characters; ``initial`` is shown as ``entry`` says."""
    element: Block = {"type": "plain_text_input", "multiline": multiline, "max_length": most}
    if shown := entry(initial, most, multiline=multiline):
        element["initial_value"] = shown
    if placeholder:
        element["placeholder"] = plain_text(placeholder, 150)
    return _asked(name, label, element, hint=hint, optional=optional)


def choice(
    name: str,
    label: str,
    options: Sequence[Block],
    *,
    initial: str = "",
    placeholder: str = "",
    hint: str = "",
    optional: bool = False,
) -> Block:
    """One of up to a hundred options; ``initial`` is a value."""
    element = select(name, options, initial=initial, placeholder=placeholder)
    return _asked(name, label, element, hint=hint, optional=optional)


def choices(
    name: str,
    label: str,
    options: Sequence[Block],
    *,
    initial: Sequence[str] = (),
    hint: str = "",
    optional: bool = False,
) -> Block:
    """Any of up to a hundred options."""
    shown = list(options[:MOST_OPTIONS])
    element: Block = {"type": "multi_static_select", "options": shown}
    chosen = [each for each in shown if each["value"] in initial]
    element = {**element, "initial_options": chosen} if chosen else element
    return _asked(name, label, element, hint=hint, optional=optional)


def radios(name: str, label: str, options: Sequence[Block], *, initial: str = "") -> Block:
    """One of up to ten options, all of them seen at once; ``initial`` is a value."""
    element: Block = {"type": "radio_buttons", "options": list(options[:10])}
    chosen = [each for each in options if each["value"] == initial]
    return _asked(name, label, {**element, "initial_option": chosen[0]} if chosen else element)


def checks(
    name: str, label: str, options: Sequence[Block], *, initial: Sequence[str] = (), optional: bool = True
) -> Block:
    """Up to ten boxes, all of them seen at once; ``initial`` are values."""
    shown = list(options[:10])
    element: Block = {"type": "checkboxes", "options": shown}
    if chosen := [each for each in shown if each["value"] in initial]:
        element["initial_options"] = chosen
    return _asked(name, label, element, optional=optional)


def channel_select(name: str, label: str, *, hint: str = "", optional: bool = False) -> Block:
    element: dict[str, Any] = {"type": "conversations_select", "filter": CHANNELS}
    element["placeholder"] = plain_text("Choose a channel", 150)
    return _asked(name, label, element, hint=hint, optional=optional)


def date_input(name: str, label: str, *, initial: str = "", hint: str = "", optional: bool = False) -> Block:
    """A day; ``initial`` as 2026-12-04."""
    element: Block = {"type": "datepicker"}
    return _asked(
        name,
        label,
        {**element, "initial_date": initial} if initial else element,
        hint=hint,
        optional=optional,
    )


def channels_select(name: str, label: str, *, initial: Sequence[str] = (), hint: str = "") -> Block:
    """Any number of channels, none among them; ``initial`` are ids."""
    element: dict[str, Any] = {"type": "multi_conversations_select", "filter": CHANNELS}
    element["placeholder"] = plain_text("Choose channels", 150)
    element |= {"initial_conversations": list(initial)} if initial else {}
    return _asked(name, label, element, hint=hint, optional=True)


def person_select(name: str, label: str, *, initial: str = "") -> Block:
    """Somebody of the workspace, or nobody; ``initial`` is an id."""
    element: Block = {"type": "users_select", "placeholder": plain_text("Choose somebody", 150)}
    return _asked(name, label, {**element, "initial_user": initial} if initial else element, optional=True)


def file_input(name: str, label: str, *, hint: str = "", optional: bool = False) -> Block:
    """One file."""
    return _asked(name, label, {"type": "file_input", "max_files": 1}, hint=hint, optional=optional)
