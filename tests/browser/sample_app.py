"""A small Bolt app that uses what the page can do; it knows nothing of the product."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.browser.blocks import FORM, JSON, STORY, button, modal, mrkdwn, options, plain

MANIFEST: JSON = {
    "display_information": {"name": "Plumbline", "description": "Stories from support logs"},
    "features": {
        "bot_user": {"display_name": "Plumbline"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [
            {"command": "/plumb", "description": "Stories and digests", "usage_hint": "story draft | help"}
        ],
        "shortcuts": [
            {"name": "New story", "type": "global", "callback_id": "new", "description": "Draft a story"},
            {"name": "Make a story", "type": "message", "callback_id": "make", "description": "From this"},
        ],
    },
    "oauth_config": {
        "scopes": {"bot": ["assistant:write", "chat:write", "commands", "files:read", "files:write"]}
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


def sample_app(sandbox: Sandbox) -> AsyncApp:
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    app = AsyncApp(client=client, signing_secret=sandbox.signing_secret)
    _commands(app)
    _modals(app)
    _rest(app)
    return app


def _commands(app: AsyncApp) -> None:
    @app.command("/plumb")
    async def plumb(ack: AsyncAck, body: JSON, client: AsyncWebClient, respond: AsyncRespond) -> None:
        await ack()
        if body["text"].startswith("story"):
            await client.views_open(trigger_id=body["trigger_id"], view=modal())
        else:
            await respond(text="*Ask* me for stories")

    @app.shortcut("make")
    async def make(ack: AsyncAck, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        place: Any = {"channel": body["channel"]["id"], "user": body["user"]["id"]}
        await client.chat_postEphemeral(**place, text=f"From: {body['message']['text']}")


def _modals(app: AsyncApp) -> None:
    @app.view("form")
    async def submitted(ack: AsyncAck, view: JSON, client: AsyncWebClient) -> None:
        values = view["state"]["values"]
        title = values["title"]["value"]["value"]
        if len(title) < 5:
            await ack(response_action="errors", errors={"title": "At least five letters."})
            return
        await ack()
        kind = values["kind"]["value"]["selected_option"]["value"]
        files = [file["name"] for file in values["log"]["value"]["files"]]
        await client.chat_postMessage(channel="C0GENERAL", text=f"Drafted {title} ({kind}) {files}")

    @app.action("push")
    async def push(ack: AsyncAck, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        second = {"type": "modal", "title": plain("Second"), "blocks": STORY[:1]}
        await client.views_push(trigger_id=body["trigger_id"], view=second)

    @app.action("update")
    async def update(ack: AsyncAck, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        done = {"type": "alert", "level": "success", "text": mrkdwn("Updated in place.")}
        await client.views_update(view_id=body["view"]["id"], view=modal(blocks=[done, *FORM[1:]]))


def _rest(app: AsyncApp) -> None:
    @app.event("app_home_opened")
    async def opened(event: JSON, client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            blocks = [*STORY[:2], {"type": "actions", "elements": [button("Refresh", "refresh")]}]
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("refresh")
    async def refresh(ack: AsyncAck, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        view = {"type": "home", "blocks": [{"type": "header", "text": plain("Fresh")}]}
        await client.views_publish(user_id=body["user"]["id"], view=view)

    @app.options(re.compile(".*"))
    async def suggest(ack: AsyncAck, payload: JSON) -> None:
        await ack(options=[one for one in options("Refunds", "Pumps") if payload["value"] in one["value"]])

    @app.action(re.compile(".*"))
    async def clicked(ack: AsyncAck) -> None:
        await ack()
