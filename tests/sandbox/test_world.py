"""Whatever happens in whatever order, the state stays sound and can be kept."""

import json
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from bot.sandbox import Patience
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.seed import ADA, BEN, CHLOE, GENERAL, TEAM
from bot.sandbox.state import dump, load

JSON = dict[str, Any]
PEOPLE = st.sampled_from([ADA, BEN, CHLOE])


def silent_hub() -> Hub:
    """Nobody listens, so nothing is sent."""
    hub = Hub(now=lambda: 1_795_000_000.0, patience=Patience())
    hub.world.listeners.clear()
    return hub


class Talking(RuleBasedStateMachine):
    """People talk in a channel; a plain list of what was said tells what must be there."""

    messages = Bundle("messages")

    def __init__(self) -> None:
        super().__init__()
        self.hub = silent_hub()
        self.channel = self.hub.world.channels[GENERAL]
        self.said: dict[str, tuple[str, str]] = {
            ts: (message["user"], "") for ts, message in self.channel.messages.items()
        }

    @rule(target=messages, user=PEOPLE)
    def post(self, user: str) -> str:
        ts: str = self.hub.world.post(self.channel, {"user": user, "team": TEAM, "text": "x"})["ts"]
        self.said[ts] = (user, "")
        return ts

    @rule(target=messages, user=PEOPLE, to=messages)
    def reply(self, user: str, to: str) -> str:
        root = self.said[to][1] if self.said[to][1] in self.said else to
        message = {"user": user, "team": TEAM, "text": "x", "thread_ts": to}
        ts: str = self.hub.world.post(self.channel, message)["ts"]
        self.said[ts] = (user, root)
        return ts

    @rule(ts=consumes(messages))
    def delete(self, ts: str) -> None:
        self.hub.world.delete(self.channel, ts)
        del self.said[ts]

    @rule(ts=messages, user=PEOPLE, name=st.sampled_from(["eyes", "wave"]))
    def react(self, ts: str, user: str, name: str) -> None:
        there = [
            one["users"] for one in self.channel.messages[ts].get("reactions", []) if one["name"] == name
        ]
        if there and user in there[0]:
            with pytest.raises(SlackError, match="already_reacted"):
                self.hub.world.react(self.channel, ts, user, name)
            self.hub.world.unreact(self.channel, ts, user, name)
        else:
            self.hub.world.react(self.channel, ts, user, name)

    @invariant()
    def the_channel_holds_what_was_said(self) -> None:
        assert self.channel.order == sorted(ts for ts, (_, root) in self.said.items() if not root)
        assert set(self.channel.messages) == set(self.said)

    @invariant()
    def roots_count_their_replies(self) -> None:
        for ts, message in self.channel.messages.items():
            replies = {one: user for one, (user, root) in self.said.items() if root == ts}
            assert message.get("reply_count", 0) == len(replies)
            assert set(message.get("reply_users", [])) == set(replies.values())

    @invariant()
    def reactions_count_their_people(self) -> None:
        for message in self.channel.messages.values():
            for reaction in message.get("reactions", []):
                assert reaction["count"] == len(reaction["users"]) == len(set(reaction["users"])) > 0

    @invariant()
    def it_can_be_kept(self) -> None:
        kept = json.loads(json.dumps(dump(self.hub)))
        other = silent_hub()
        load(other, kept)
        assert dump(other) == kept


TestTalking = Talking.TestCase
TestTalking.settings = settings(max_examples=25, stateful_step_count=20, deadline=None, derandomize=True)
