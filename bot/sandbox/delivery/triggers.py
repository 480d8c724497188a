"""Trigger ids: a person's click may open one modal, within three seconds."""

import secrets
from dataclasses import dataclass

from bot.sandbox.errors import SlackError
from bot.sandbox.ids import Ids

LIFE_SECONDS = 3.0
KEPT = 5_000


@dataclass(slots=True)
class Trigger:
    """Who clicked, and until when it counts."""

    user_id: str
    team_id: str
    until: float
    used: bool = False


class Triggers:
    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._triggers: dict[str, Trigger] = {}

    def issue(self, user_id: str, team_id: str) -> str:
        now = self._ids.now()
        trigger_id = f"{self._ids.new('')}.{int(now)}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(user_id, team_id, now + LIFE_SECONDS)
        while len(self._triggers) > KEPT:
            self._triggers.pop(next(iter(self._triggers)))
        return trigger_id

    def exchange(self, trigger_id: str, team_id: str) -> Trigger:
        """Uses it up; SlackError where it is unknown, used or too old."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None or trigger.team_id != team_id:
            raise SlackError("invalid_trigger_id" if trigger_id else "invalid_arguments")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._ids.now() > trigger.until:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger
