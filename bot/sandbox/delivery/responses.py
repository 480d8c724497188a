"""response_url: five messages within thirty minutes of a command or click."""

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import SlackError
from bot.sandbox.saying import checked

if TYPE_CHECKING:
    from bot.sandbox.hub import Hub

JSON = dict[str, Any]
USES, LIFE_SECONDS, KEPT = 5, 1_800.0, 10_000
CONTENT = ("text", "blocks", "attachments", "metadata")


@dataclass(slots=True)
class Response:
    """Where it goes. ``ts`` is the message that was clicked, ``hidden`` if only this person sees it."""

    team_id: str
    channel_id: str
    user_id: str
    until: float
    ts: str = ""
    hidden: bool = False
    thread_ts: str = ""
    left: int = USES


class Responses:
    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._open: dict[str, Response] = {}

    def issue(self, team_id: str, channel_id: str, user_id: str, message: JSON | None = None) -> str:
        """The URL."""
        token = f"{team_id}-{secrets.token_urlsafe(18)}"
        response = Response(team_id, channel_id, user_id, self._hub.ids.now() + LIFE_SECONDS)
        if message is not None:
            response.ts, response.hidden = message["ts"], bool(message.get("ephemeral"))
            response.thread_ts = message.get("thread_ts", "")
        self._open[token] = response
        while len(self._open) > KEPT:
            self._open.pop(next(iter(self._open)))
        return f"{self._hub.base_url}/response/{token}"

    def use(self, token: str, body: JSON) -> None:
        """Raises SlackError: ``expired_url``, ``used_url``, ``no_text`` and what block checks find."""
        response = self._open.get(token)
        if response is None or self._hub.ids.now() > response.until:
            raise SlackError("expired_url")
        if response.left == 0:
            raise SlackError("used_url")
        self.say(response, body)
        response.left -= 1

    def ack(self, team_id: str, channel_id: str, user_id: str, payload: Any) -> None:
        """What came with a command's ack: a text or a message."""
        body = {"text": payload} if isinstance(payload, str) else payload
        if isinstance(body, dict) and any(body.get(name) for name in CONTENT):
            self.say(Response(team_id, channel_id, user_id, 0), body)

    def say(self, response: Response, body: JSON) -> None:
        channel = self._hub.world.channel(response.channel_id)
        if _true(body.get("delete_original")):
            self._delete(response)
            return
        content = checked(body)
        replaces = _true(body.get("replace_original", not body.get("response_type")))
        if response.ts and replaces:
            self._replace(response, content)
            return
        message = {**self._hub.author(self._hub.world.teams[response.team_id]), **content}
        if thread_ts := body.get("thread_ts") or response.thread_ts:
            message["thread_ts"] = thread_ts
        if body.get("response_type") == "in_channel":
            self._hub.world.post(channel, message)
        else:
            self._hub.world.whisper(channel, response.user_id, message)

    def _replace(self, response: Response, content: JSON) -> None:
        world, channel = self._hub.world, self._hub.world.channel(response.channel_id)
        changes = {"text": "", "blocks": None, "attachments": None, **content}
        if not response.hidden:
            world.change(channel, response.ts, changes)
        elif not world.rewhisper(channel, response.user_id, response.ts, changes):
            raise SlackError("message_not_found")

    def _delete(self, response: Response) -> None:
        world, channel = self._hub.world, self._hub.world.channel(response.channel_id)
        if not response.hidden and response.ts:
            world.delete(channel, response.ts)
        elif not world.unwhisper(channel, response.user_id, response.ts):
            raise SlackError("message_not_found")


def _true(value: object) -> bool:
    return value is True or value == "true"
