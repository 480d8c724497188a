"""What holds for everything that goes to Slack: structure by the sandbox's rules, and nothing live."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.blocks import check_message, check_view
from handlers.views.kit import Message, View

OURS = re.compile(r"<@U[A-Z0-9]+>|<#C[A-Z0-9]+>")
INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]"
)
LINK = re.compile(r"(?i)https?:/|ftp:/|file:/|www\.\w|mailto:\w|tel:\+|javascript:\w|skype:\w")
SHOWN = {"text", "title", "label", "name"}


def refusals(shown: Message | View) -> list[Any]:
    """Why Slack would refuse it."""
    if isinstance(shown, Message):
        assert shown.text.strip()
        assert json.loads(json.dumps(shown.blocks)) == list(shown.blocks)
        return list(check_message({"text": shown.text, "blocks": list(shown.blocks)}))
    return list(check_view(dict(shown)))


def live(shown: Message | View) -> list[str]:
    """Everything in it that could mention, link, style or hide."""
    found = []
    if isinstance(shown, Message):
        found += _in_markup(shown.text)
        parts: Any = list(shown.blocks)
    else:
        parts = dict(shown)
    for piece in _pieces(parts):
        found += _in_piece(piece)
    return found


def _in_piece(piece: Mapping[str, Any]) -> list[str]:
    kind, text = piece.get("type"), piece.get("text")
    found = []
    if kind == "mrkdwn":
        assert isinstance(text, str)
        found += _in_markup(text) + ([] if piece.get("verbatim") is True else ["not verbatim"])
    elif kind == "plain_text":
        found += [] if piece.get("emoji") is False else ["emoji codes are read"]
    elif kind in {"markdown", "image", "link", "broadcast", "usergroup", "channel", "emoji", "user"}:
        found.append(f"a {kind}")
    if "url" in piece or "image_url" in piece:
        found.append("an address")
    for name in SHOWN:
        if isinstance(piece.get(name), str):
            found += _in_text(piece[name])
    if isinstance(piece.get("initial_value"), str):
        found += [f"hidden {x!r}" for x in INVISIBLE.findall(piece["initial_value"])]
    return found


def _in_markup(text: str) -> list[str]:
    rest = OURS.sub("", text)
    found = ["an angle bracket"] if re.search(r"[<>]", rest) else []
    found += ["a cut or raw &"] if re.search(r"&(?!(?:amp|lt|gt);)", rest) else []
    return found + _in_text(text)


def _in_text(text: str) -> list[str]:
    found = [f"hidden {char!r}" for char in INVISIBLE.findall(text)]
    return found + [f"a link {link!r}" for link in LINK.findall(text)]


def markup_signs(shown: Message | View) -> dict[str, int]:
    """How many signs of Slack's markup its mrkdwn and its text hold, by sign."""
    texts = [shown.text] if isinstance(shown, Message) else []
    parts: Any = list(shown.blocks) if isinstance(shown, Message) else dict(shown)
    texts += [piece["text"] for piece in _pieces(parts) if piece.get("type") == "mrkdwn"]
    return {sign: sum(text.count(sign) for text in texts) for sign in "*~`"}


def _pieces(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        for part in value.values():
            yield from _pieces(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _pieces(part)
