"""What a workspace consists of: teams, people, channels with their messages, files."""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

JSON = dict[str, Any]
Kind = Literal["channel", "private", "im"]

WHISPERS_KEPT = 500


@dataclass(slots=True)
class User:
    """Somebody with an account. ``is_restricted`` is a guest, ``is_stranger`` is of another organisation."""

    id: str
    team_id: str
    name: str
    real_name: str
    title: str = ""
    email: str = ""
    color: str = "4a4a68"
    tz: str = "Europe/London"
    status_emoji: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False
    bot_id: str = ""


@dataclass(slots=True)
class Team:
    """A workspace and its installation of the app: ``bot_token`` is empty where it is not installed."""

    id: str
    name: str
    domain: str
    bot_user: str
    bot_id: str
    bot_token: str
    scopes: frozenset[str] | None = None


@dataclass(slots=True)
class Channel:
    """A conversation. Messages are Slack's own JSON, kept by ts; ``order`` holds the ts of those in the
    channel itself, ``threads`` the replies by their root, both sorted."""

    id: str
    team_id: str
    name: str
    kind: Kind
    creator: str = ""
    created: int = 0
    topic: str = ""
    purpose: str = ""
    is_archived: bool = False
    members: dict[str, None] = field(default_factory=dict)
    messages: dict[str, JSON] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    threads: dict[str, list[str]] = field(default_factory=dict)
    whispers: dict[str, deque[JSON]] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    pins: dict[str, JSON] = field(default_factory=dict)
    bookmarks: dict[str, JSON] = field(default_factory=dict)

    def add(self, message: JSON) -> None:
        ts, root = message["ts"], message.get("thread_ts", "")
        self.messages[ts] = message
        if root in ("", ts) or message.get("subtype") == "thread_broadcast":
            insort(self.order, ts)
        if root not in ("", ts):
            insort(self.threads.setdefault(root, []), ts)

    def remove(self, ts: str) -> JSON:
        message = self.messages.pop(ts)
        for listed in (self.order, self.threads.get(message.get("thread_ts", ""), [])):
            place = bisect_left(listed, ts)
            if listed[place : place + 1] == [ts]:
                del listed[place]
        return message

    def whisper(self, user: str, message: JSON) -> None:
        self.whispers.setdefault(user, deque(maxlen=WHISPERS_KEPT)).append(message)

    def whispered(self, user: str, ts: str) -> JSON | None:
        return next((one for one in self.whispers.get(user, ()) if one["ts"] == ts), None)

    def unhush(self, user: str, ts: str) -> bool:
        """Takes an ephemeral message away; false where there is none."""
        message = self.whispered(user, ts)
        if message is not None:
            self.whispers[user].remove(message)
        return message is not None

    def replies(self, root: str) -> list[JSON]:
        """A thread without its root, oldest first."""
        return [self.messages[ts] for ts in self.threads.get(root, ())]

    def open_to(self, user: User) -> bool:
        """May they read it?"""
        outside = user.is_restricted or user.is_stranger
        return user.id in self.members or (self.kind == "channel" and not outside)

    @property
    def slack_type(self) -> str:
        """``channel_type`` of events."""
        return {"channel": "channel", "private": "group", "im": "im"}[self.kind]


@dataclass(slots=True)
class File:
    """An upload. ``data`` is empty until it came; ``shares`` are (channel, ts) pairs."""

    id: str
    team_id: str
    user: str
    name: str
    title: str
    mimetype: str
    created: int
    data: bytes = b""
    alt: str = ""
    complete: bool = False
    shares: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that changed: ``kind`` and what belongs to it."""

    kind: str
    team_id: str
    channel: Channel | None = None
    data: JSON = field(default_factory=dict)


def lean(values: JSON, keep: Iterable[str] = ()) -> JSON:
    """Without what is empty: Slack leaves such fields out."""
    return {key: value for key, value in values.items() if key in keep or value not in (None, "", [], {})}
