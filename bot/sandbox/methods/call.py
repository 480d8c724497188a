"""One call of the Web API: who asks, for what, with which arguments."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.sandbox.arguments import decoded
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.model import JSON, Channel, Team, User
from bot.sandbox.world import World

T = TypeVar("T")
FREE = 9
PAGE = 100


@dataclass(frozen=True, slots=True)
class Method:
    """``scope`` is what the app must have (any of those named); ``tier`` is Slack's rate limit tier, 0 one a
    second per channel; ``caller`` is whose token it takes: bot, app or anyone."""

    run: "Callable[[Call], Awaitable[JSON]]"
    scope: tuple[str, ...] = ()
    tier: int = 3
    caller: str = "bot"


@dataclass(slots=True)
class Call:
    hub: Hub
    name: str
    arguments: JSON
    team: Team
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.hub.world

    @property
    def bot(self) -> str:
        return self.team.bot_user

    def text(self, name: str, default: str = "") -> str:
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise SlackError("invalid_arguments", f"[ERROR] missing required field: {name}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.arguments.get(name)
        return default if value is None else value in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int = 0) -> int:
        value = self.arguments.get(name)
        if value in (None, ""):
            return default
        try:
            return int(float(str(value)))
        except ValueError as error:
            raise SlackError(
                "invalid_arguments", f"[ERROR] must be an integer [json-pointer:/{name}]"
            ) from error

    def data(self, name: str) -> Any:
        """A list or object, given as such or as JSON text; None where it is missing."""
        return decoded(self.arguments.get(name)) if self.arguments.get(name) else None

    def names(self, name: str) -> list[str]:
        """A list, given as such or separated by commas."""
        value = decoded(self.arguments.get(name) or [])
        return [str(one) for one in value] if isinstance(value, list) else str(value).split(",")

    def channel(self, name: str = "channel") -> Channel:
        """The channel meant, which the bot can see: a private one only from inside."""
        channel = self.world.channel(self.text(name), self.team.id)
        if channel.kind != "channel" and self.bot not in channel.members:
            raise SlackError("channel_not_found")
        return channel

    def own_channel(self, name: str = "channel") -> Channel:
        """As ``channel``, and the bot is in it."""
        channel = self.channel(name)
        if self.bot not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def user(self, user_id: str) -> User:
        """Somebody of this workspace."""
        user = self.world.user(user_id)
        if user.team_id != self.team.id:
            raise SlackError("user_not_found")
        return user

    def page(self, everything: Sequence[T]) -> tuple[list[T], JSON]:
        """The part asked for by ``cursor`` and ``limit``, and the answer's ``response_metadata``."""
        start = cursor_start(self.text("cursor"))
        limit = max(1, min(self.number("limit", PAGE), 1000))
        part = list(everything[start : start + limit])
        more = start + limit < len(everything)
        return part, {"next_cursor": cursor_at(start + limit) if more else ""}


def cursor_at(position: int) -> str:
    return f"bmV4dDo{position}="


def cursor_start(cursor: str) -> int:
    if not cursor:
        return 0
    digits = cursor.removeprefix("bmV4dDo").removesuffix("=")
    if not digits.isdigit():
        raise SlackError("invalid_cursor")
    return int(digits)
