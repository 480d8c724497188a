"""The side of a person: what they see in the page, and what they do there."""

from collections.abc import Awaitable, Callable

from bot.sandbox.hub import Hub
from bot.sandbox.model import JSON, User
from bot.sandbox.people import pressing, saying

Act = Callable[[Hub, User, JSON], Awaitable[JSON]]

ACTS: dict[str, Act] = {
    "post": saying.post,
    "edit": saying.edit,
    "delete": saying.delete,
    "command": saying.command,
    "react": saying.react,
    "join": saying.join,
    "leave": saying.leave,
    "invite": saying.invite,
    "open_im": saying.open_im,
    "read": saying.read,
    "click": pressing.click,
    "submit": pressing.submit,
    "close": pressing.close,
    "shortcut": pressing.shortcut,
    "message_shortcut": pressing.message_shortcut,
    "home": pressing.home,
    "options": pressing.suggest,
}
