"""Posts: what is said into a channel exactly once, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class PostState(StrEnum):
    """``queued`` was never tried; ``sending`` may or may not have arrived; the other two are final."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Post:
    """One message. ``key`` is unique within the team and travels with the message, so that it can be found
    again. ``about`` names what people judge or act on by it ("story:ST-14"), empty where there is nothing.
    ``text`` is the plain twin of ``blocks``."""

    key: str
    channel: str
    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()
    thread_ts: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """A post and what became of it; ``ts`` is Slack's id within the channel, empty until it is known."""

    post: Post
    state: PostState
    attempts: int = 0
    ts: str = ""
    error: str = ""
