"""What somebody asked of the bot: one plain value for commands, clicks, forms, shortcuts and events."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

Kind = Literal["command", "action", "submission", "shortcut", "event"]


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asked what, from where. Made of plain values: it is stored with its job and read back.

    ``key`` names this very ask, the same for every redelivery of it. ``text`` are a command's words behind
    the verb. ``value`` is the clicked button's value or the selected option; ``values`` are a form's entries
    by block id; ``private`` is a modal's or message's private data. ``message`` is the message clicked or
    chosen (ts, thread_ts, text, user). ``response_url`` and ``trigger_id`` are short-lived. ``at`` is when
    they clicked or reacted, in Slack's seconds; 0 where Slack does not say.
    """

    kind: Kind
    key: str
    team: str
    user: str
    channel: str = ""
    channel_name: str = ""
    text: str = ""
    action: str = ""
    value: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    private: Mapping[str, Any] = field(default_factory=dict)
    message: Mapping[str, Any] = field(default_factory=dict)
    event: Mapping[str, Any] = field(default_factory=dict)
    view_id: str = ""
    view_hash: str = ""
    response_url: str = ""
    trigger_id: str = ""
    at: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Ask":
        return cls(**data)

    @property
    def moment(self) -> datetime | None:
        return datetime.fromtimestamp(self.at, UTC) if self.at else None

    @property
    def in_direct_messages(self) -> bool:
        return self.channel.startswith("D")
