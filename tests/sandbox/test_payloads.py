"""Interactions and refusals in the shapes that the types of @slack/bolt and Slack's pages describe."""

import re
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Person, Sandbox
from bot.sandbox.seed import ADA, GENERAL, SUPPORT
from tests.sandbox.blocks.examples import asking, mrkdwn, option, plain
from tests.sandbox.conftest import connected

JSON = dict[str, Any]
ANYTHING = re.compile(".*")
SELECT: JSON = {
    "type": "static_select", "action_id": "pick", "options": [option("a"), option("b")],
    "initial_option": option("a"), "placeholder": plain("Pick"),
}  # fmt: skip
BUTTON: JSON = {"type": "button", "action_id": "go", "text": plain("Go"), "value": "7", "style": "primary"}
ROW: JSON = {"type": "actions", "block_id": "row", "elements": [SELECT, BUTTON]}
CHANNEL: JSON = {"type": "conversations_select", "action_id": "to", "response_url_enabled": True}
MODAL: JSON = {
    "type": "modal", "callback_id": "m", "title": plain("T"), "submit": plain("S"),
    "blocks": [ROW, {**asking(CHANNEL), "block_id": "where"}],
}  # fmt: skip


def listening(app: AsyncApp) -> list[JSON]:
    """Everything the app is sent, in order; a click on a message opens the modal."""
    heard: list[JSON] = []

    @app.action(ANYTHING)
    @app.view(ANYTHING)
    @app.shortcut(ANYTHING)
    async def hear(body: JSON, ack: AsyncAck, client: AsyncWebClient) -> None:
        heard.append(body)
        await ack()
        if body["type"] == "block_actions" and "view" not in body:
            await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    return heard


async def test_actions_carry_what_their_element_says(
    app: AsyncApp, sandbox: Sandbox, client: AsyncWebClient, ada: Person
) -> None:
    heard = listening(app)
    async with connected(app, sandbox):
        ts = (await client.chat_postMessage(channel=GENERAL, text="row", blocks=[ROW]))["ts"]
        await ada.click("pick", channel=GENERAL, ts=ts, block_id="row", value="b")
        view = await ada.wait_for_modal()
        await ada.click("go", view_id=view["id"], block_id="row")
    chosen, pressed = heard
    [action] = chosen["actions"]
    assert action.pop("action_ts")
    assert action == {
        "type": "static_select", "block_id": "row", "action_id": "pick", "selected_option": option("b"),
        "initial_option": option("a"), "placeholder": plain("Pick"),
    }  # fmt: skip
    assert chosen["state"]["values"]["row"]["pick"] == {
        "type": "static_select",
        "selected_option": option("b"),
    }
    assert chosen["response_url"]
    [action] = pressed["actions"]
    assert action.pop("action_ts")
    assert action == {**BUTTON, "block_id": "row"}
    assert "state" not in pressed
    assert "response_url" not in pressed
    assert pressed["container"] == {"type": "view", "view_id": view["id"]}


async def test_a_chosen_channel_has_a_response_url(
    app: AsyncApp, sandbox: Sandbox, client: AsyncWebClient, ada: Person
) -> None:
    heard = listening(app)
    async with connected(app, sandbox):
        ts = (await client.chat_postMessage(channel=GENERAL, text="row", blocks=[ROW]))["ts"]
        await ada.click("go", channel=GENERAL, ts=ts)
        view = await ada.wait_for_modal()
        assert (await ada.submit(view["id"], {"where": {"to": SUPPORT}}))["ok"]
    [url] = heard[-1]["response_urls"]
    assert url.pop("response_url").startswith(f"{sandbox.url}/response/")
    assert url == {"block_id": "where", "action_id": "to", "channel_id": SUPPORT}


async def test_shortcuts_do_not_say_whose_they_are(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    heard = listening(app)
    async with connected(app, sandbox):
        await ada.shortcut("draft")
        ts = (await ada.post(GENERAL, "words"))["ts"]
        await ada.message_shortcut("make", GENERAL, ts)
    short, action = (one for one in heard if one["type"] in ("shortcut", "message_action"))
    common = {
        "type",
        "callback_id",
        "trigger_id",
        "user",
        "team",
        "token",
        "action_ts",
        "is_enterprise_install",
        "enterprise",
    }
    assert set(short) == common
    assert set(action) == common | {"message_ts", "response_url", "message", "channel"}
    assert short["user"]["id"] == ADA


async def test_refused_blocks_are_told_twice(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(
            channel=GENERAL, text="a", blocks=[{"type": "header", "text": mrkdwn()}]
        )
    words = "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"
    assert refused.value.response["errors"] == [words]
    assert refused.value.response["response_metadata"] == {"messages": [f"[ERROR] {words}"]}


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"blocks": [{"type": "header", "text": mrkdwn()}]}, "/0/text/type"),
        ({"message": {"blocks": [{"type": "header", "text": mrkdwn()}]}}, "/blocks/0/text/type"),
        ({"view": {"type": "home", "blocks": [{"type": "header", "text": mrkdwn()}]}}, "/blocks/0/text/type"),
    ],
    ids=["blocks", "message", "view"],
)
async def test_blocks_validate_points_into_what_was_given(
    client: AsyncWebClient, given: JSON, pointer: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call("blocks.validate", json=given)
    assert refused.value.response["errors"] == [
        {"code": "failed_constraint", "message": "unsupported type: mrkdwn", "pointer": pointer}
    ]


async def test_an_update_may_say_less_than_a_message(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel=GENERAL, text="x" * 40_000))["ts"]
    assert (await client.chat_update(channel=GENERAL, ts=ts, text="x" * 4000))["ok"]
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await client.chat_update(channel=GENERAL, ts=ts, text="x" * 4001)


async def test_only_what_is_offered_can_be_chosen(client: AsyncWebClient, ada: Person) -> None:
    ts = (await client.chat_postMessage(channel=GENERAL, text="row", blocks=[ROW]))["ts"]
    refused = await ada.click("pick", channel=GENERAL, ts=ts, value="c")
    assert refused == {"ok": False, "error": "option_not_found"}
