"""From Slack's payloads to asks; the payloads are in the shape that Slack's reference shows."""

import json
from typing import Any

from handlers.ask import Ask
from handlers.ids import ask_of, channel_in

COMMAND = {
    "command": "/plumb", "text": "story draft &lt;x&gt; &amp; y ", "team_id": "T1", "user_id": "U1",
    "channel_id": "C1", "channel_name": "support", "trigger_id": "1.2.abc", "response_url": "http://r",
}  # fmt: skip


def button(**more: Any) -> dict[str, Any]:
    return {
        "type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"},
        "container": {"type": "message", "message_ts": "9.1", "channel_id": "D1", "is_ephemeral": False},
        "channel": {"id": "D1", "name": "directmessage"},
        "message": {"ts": "9.1", "text": "card", "bot_id": "B1"},
        "trigger_id": "t", "response_url": "http://r",
        "actions": [{"action_id": "story_approve", "value": "ST-1", "type": "button", "action_ts": "5.5"}],
        **more,
    }  # fmt: skip


def test_a_command() -> None:
    ask = ask_of("command", COMMAND)
    assert ask.key == "cmd:T1:1.2.abc"
    assert ask.text == "story draft <x> & y"
    assert (ask.user, ask.channel, ask.response_url) == ("U1", "C1", "http://r")


def test_a_click_is_the_same_ask_when_it_comes_again_and_another_when_clicked_again() -> None:
    first, again = ask_of("action", button()), ask_of("action", button(trigger_id="other"))
    assert first.key == again.key
    later = button()
    later["actions"][0]["action_ts"] = "6.5"
    assert ask_of("action", later).key != first.key
    other = button(user={"id": "U2", "team_id": "T1"})
    assert ask_of("action", other).key != first.key
    assert first.value == "ST-1"
    assert first.message == {"ts": "9.1", "text": "card", "bot_id": "B1"}
    assert first.in_direct_messages


def test_a_select_gives_its_option() -> None:
    body = button()
    body["actions"][0] = {
        "action_id": "story_more", "type": "overflow", "action_ts": "1",
        "selected_option": {"value": "share:ST-2"},
    }  # fmt: skip
    assert ask_of("action", body).value == "share:ST-2"


def test_a_form() -> None:
    state = {
        "values": {
            "title": {"x": {"type": "plain_text_input", "value": "New title"}},
            "empty": {"x": {"type": "plain_text_input", "value": None}},
            "source": {"x": {"type": "static_select", "selected_option": {"value": "sample"}}},
            "none": {"x": {"type": "static_select", "selected_option": None}},
            "many": {"x": {"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}},
            "file": {"x": {"type": "file_input", "files": [{"id": "F1", "name": "a.csv"}]}},
            "channel": {"x": {"type": "conversations_select", "selected_conversation": "C5"}},
        }
    }
    view = {
        "id": "V1", "hash": "h1", "callback_id": "story_edit", "state": state,
        "private_metadata": json.dumps({"story": "ST-1", "channel": "D9"}),
    }  # fmt: skip
    ask = ask_of("submission", {"team": {"id": "T1"}, "user": {"id": "U1"}, "view": view})
    assert ask.key == "sub:T1:V1:h1"
    assert ask.channel == "D9"
    assert ask.private["story"] == "ST-1"
    assert ask.values == {
        "title": "New title", "empty": None, "source": "sample", "none": None, "many": ["a", "b"],
        "file": ["F1"], "channel": "C5",
    }  # fmt: skip


def test_metadata_that_is_not_ours_is_nothing() -> None:
    for text in ("", "not json", "[1]", "3"):
        view: dict[str, object] = {
            "id": "V",
            "hash": "h",
            "callback_id": "c",
            "private_metadata": text,
            "state": {"values": {}},
        }
        assert ask_of("submission", {"team": {"id": "T"}, "user": {"id": "U"}, "view": view}).private == {}


def test_events() -> None:
    reaction = {
        "team_id": "T1", "event_id": "Ev1",
        "event": {"type": "reaction_added", "user": "U1", "reaction": "+1",
                  "item": {"type": "message", "channel": "C7", "ts": "3.3"}},
    }  # fmt: skip
    ask = ask_of("event", reaction)
    assert (ask.key, ask.channel, ask.action) == ("ev:T1:Ev1", "C7", "reaction_added")
    joined = {"team_id": "T1", "event_id": "Ev2", "event": {"type": "team_join", "user": {"id": "U9"}}}
    assert ask_of("event", joined).user == "U9"


def test_an_ask_survives_being_stored() -> None:
    ask = ask_of("action", button())
    assert Ask.from_json(json.loads(json.dumps(ask.as_json()))) == ask


def test_mentions() -> None:
    assert channel_in("from <#C12AB|support> last 2d") == "C12AB"
    assert channel_in("#support") == ""
