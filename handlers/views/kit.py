"""Blocks within Slack's limits: foreign text comes in as ``str`` and is made dead, markup as ``Markup``."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from handlers.views.rich import Element, Leaf, bold, bullets, faint, line, quote, rich_text, words
from handlers.views.text import Markup, channel_link, clip, dead, escape, joined, length, markup, mention
from handlers.views.twin import characters, twin

__all__ = [
    "MOST_OPTIONS", "Block", "Element", "Leaf", "Markup", "Message", "View", "actions", "bold", "bullets",
    "button", "channel_link", "characters", "clip", "context", "dead", "divider", "escape", "faint",
    "feedback", "fit", "header", "home_view", "joined", "judged", "length", "line", "link_button", "markup",
    "mention", "message", "modal", "option", "overflow", "plain", "plain_text", "plain_text_of", "quote",
    "rich_text", "section", "select", "words",
]  # fmt: skip

Block = dict[str, Any]
View = Mapping[str, Any]
Style = Literal["primary", "danger", ""]

VOTE = "output_feedback"  # the action of every thumb
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MOST_OPTIONS = 100
CHARACTERS = 12_000  # in all; Slack refuses a message somewhere above 13,000
VIEW_CHARACTERS = 100_000  # Slack refuses a view of more than 250,000 as JSON
TEXT_CHARACTERS = 3_900  # chat.update refuses a ``text`` of more than 4,000


@dataclass(frozen=True, slots=True)
class Message:
    """What a view returns: blocks, and the plain text that stands in where blocks cannot be shown."""

    text: str
    blocks: tuple[Block, ...] = ()


def message(*blocks: Block) -> Message:
    """Blocks with their twin in plain text; its first line is what notifications show."""
    kept = fit(blocks, _not_shown)
    return Message(clip(twin(kept), TEXT_CHARACTERS) or "…", kept)


def plain_text_of(told: Message) -> Message:
    """The same without any block, for where Slack refuses them."""
    return Message(told.text)


def modal(
    title: str,
    *blocks: Block,
    submit: str = "",
    close: str = "Close",
    callback_id: str = "",
    private: Mapping[str, Any] | None = None,
) -> View:
    """A modal; without ``submit`` it only shows. ``private`` comes back with it, as JSON."""
    view: dict[str, Any] = {
        "type": "modal",
        "title": plain_text(title, 24),
        "close": plain_text(close, 24),
        "blocks": _in_view(blocks),
    }
    if submit:
        view["submit"] = plain_text(submit, 24)
    if callback_id:
        view["callback_id"] = callback_id
    if private:
        view["private_metadata"] = json.dumps(private, ensure_ascii=False)
    return view


def home_view(*blocks: Block) -> View:
    return {"type": "home", "blocks": _in_view(blocks)}


def _in_view(blocks: Sequence[Block]) -> list[Block]:
    return list(fit(blocks, _not_shown, most=VIEW_BLOCKS, most_characters=VIEW_CHARACTERS))


def _not_shown(n: int) -> Markup:
    return markup("{} more not shown", n)


def plain_text(text: str, most: int) -> dict[str, Any]:
    """A text object in which nothing is read as markup, mention, link or emoji."""
    return {"type": "plain_text", "text": clip(" ".join(dead(text).split()), most) or "–", "emoji": False}


def _mrkdwn(text: Markup, most: int) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": clip(text, most) or "–", "verbatim": True}


def header(text: str) -> Block:
    return {"type": "header", "text": plain_text(text, 150)}


def section(
    text: Markup | None = None, *, fields: Sequence[Markup] = (), accessory: Mapping[str, Any] | None = None
) -> Block:
    """Our own words; foreign ones in them are escaped by ``markup``. At most ten fields are shown."""
    block: Block = {"type": "section"}
    if text is not None or not fields:
        block["text"] = _mrkdwn(text or Markup(), 3000)
    if fields:
        block["fields"] = [_mrkdwn(field, 2000) for field in fields[:10]]
    if accessory is not None:
        block["accessory"] = dict(accessory)
    return block


def plain(text: str, *, accessory: Mapping[str, Any] | None = None) -> Block:
    """A paragraph of foreign text."""
    block: Block = {"type": "section", "text": {**plain_text("", 1), "text": clip(dead(text), 3000) or "–"}}
    return block if accessory is None else {**block, "accessory": dict(accessory)}


def context(*parts: Markup | str) -> Block:
    """Small print: our own as Markup, foreign as ``str``; at most ten parts."""
    shown = [part for part in parts if part][:10] or [markup("–")]
    elements = [_mrkdwn(part, 2000) if isinstance(part, Markup) else plain_text(part, 2000) for part in shown]
    return {"type": "context", "elements": elements}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Mapping[str, Any]) -> Block:
    return {"type": "actions", "elements": [dict(element) for element in elements[:25]]}


def button(
    label: str, action_id: str, value: str = "", style: Style = "", confirm: Mapping[str, str] | None = None
) -> Block:
    """``confirm``: title, text, confirm and deny, asked before it counts."""
    element: Block = {"type": "button", "text": plain_text(label, 75), "action_id": action_id}
    if value:
        element["value"] = _value(value)
    if style:
        element["style"] = style
    if confirm:
        most = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
        element["confirm"] = {name: plain_text(confirm[name], limit) for name, limit in most.items()}
    return element


def _value(text: str) -> str:
    """What a button carries, as far as Slack takes it."""
    return text.encode("utf-8", "ignore").decode()[:2000]


def link_button(label: str, action_id: str, url: str) -> Block:
    """Opens ``url``, which is one of ours, never one from a ticket or a model."""
    return {**button(label, action_id), "url": url}


def option(label: str, value: str, description: str = "") -> Block:
    """``value`` is an id of ours within 150 characters."""
    shown: Block = {"text": plain_text(label, 75), "value": value}
    return {**shown, "description": plain_text(description, 75)} if description else shown


def select(action_id: str, options: Sequence[Block], *, initial: str = "", placeholder: str = "") -> Block:
    """One of up to a hundred options; ``initial`` is a value."""
    shown = list(options[:MOST_OPTIONS])
    element: Block = {"type": "static_select", "action_id": action_id, "options": shown}
    chosen = [each for each in shown if each["value"] == initial]
    if chosen:
        element["initial_option"] = chosen[0]
    return {**element, "placeholder": plain_text(placeholder, 150)} if placeholder else element


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    return {"type": "overflow", "action_id": action_id, "options": list(options[:5])}


def feedback(output: str) -> Block:
    """Thumbs on an output by its name, "story:ST-14"; they live in messages only, once in each. The block
    keeps its id when the message is drawn again, so that the thumb that was pressed stays pressed."""
    thumbs = {"positive_button": ("Useful", "up"), "negative_button": ("Not useful", "down")}
    element: Block = {"type": "feedback_buttons", "action_id": VOTE}
    for name, (label, thumb) in thumbs.items():
        element[name] = {"text": plain_text(label, 75), "value": _value(f"{thumb}:{output}")}
    return {"type": "context_actions", "block_id": VOTE, "elements": [element]}


def judged(told: Message) -> str:
    """The output that a message's thumbs are for, "" where it has none."""
    for block in told.blocks:
        if block["type"] == "context_actions":
            value = str(block["elements"][0]["positive_button"]["value"])
            return value.partition(":")[2]
    return ""


Items = Iterable[Block | Sequence[Block]]


def fit(
    items: Items,
    more: Callable[[int], Markup],
    *,
    head: Sequence[Block] = (),
    tail: Sequence[Block] = (),
    most: int = MESSAGE_BLOCKS,
    most_characters: int = CHARACTERS,
) -> tuple[Block, ...]:
    """``head``, as many items as there is room for, ``more(n)`` for the n left out, ``tail``. An item is a
    block or several that stay together; the others wait behind the first that does not fit."""
    groups = [[item] if isinstance(item, dict) else list(item) for item in items]
    room = most - len(head) - len(tail)
    letters = most_characters - characters([*head, *tail])
    shown: list[Block] = []
    for number, group in enumerate(groups):
        last = number == len(groups) - 1
        spare_blocks, spare_letters = (0, 0) if last else (1, 200)
        room, letters = room - len(group), letters - characters(group)
        if room < spare_blocks or letters < spare_letters:
            shown.append(context(more(len(groups) - number)))
            break
        shown += group
    return (*head, *shown, *tail)
