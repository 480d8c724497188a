"""Deliveries over HTTP, received by Bolt in a small aiohttp server."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError

from bot.sandbox import Person, Sandbox
from bot.sandbox.seed import GENERAL
from tests.sandbox.test_socket_mode import BUTTON, MODAL, until_delivered

JSON = dict[str, Any]
MANIFEST: JSON = {
    "display_information": {"name": "Plumbline"},
    "features": {
        "bot_user": {"display_name": "Plumbline"},
        "slash_commands": [{"command": "/plumb", "description": "Stories", "usage_hint": "story draft"}],
        "shortcuts": [{"name": "Ask", "type": "global", "callback_id": "ask"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "reactions:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_mention", "reaction_added"]}},
}


class Receiver:
    """Bolt behind an address; ``refusals`` are statuses to answer with before Bolt is asked."""

    def __init__(self, app: AsyncApp) -> None:
        self._app = app
        self.refusals: list[tuple[int, dict[str, str]]] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        body = await request.text()
        if self.refusals and "url_verification" not in body:
            status, headers = self.refusals.pop(0)
            return web.Response(status=status, headers=headers)
        bolt = await self._app.async_dispatch(AsyncBoltRequest(body=body, headers=dict(request.headers)))
        headers = {name: values[0] for name, values in bolt.headers.items()}
        return web.Response(status=bolt.status, body=bolt.body.encode(), headers=headers)


@pytest.fixture
async def receiver(app: AsyncApp) -> AsyncIterator[Receiver]:
    receiver = Receiver(app)
    application = web.Application()
    application.add_routes([web.post("/slack/events", receiver.handle)])
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield receiver
    await runner.cleanup()


async def test_the_address_must_answer_the_challenge(sandbox: Sandbox, receiver: Receiver) -> None:
    assert await sandbox.install(MANIFEST, receiver.url) == {"ok": True, "app_id": "A0SANDBOX"}
    nowhere = receiver.url.replace("/slack/events", "/nothing")
    assert await sandbox.install(MANIFEST, nowhere) == {"ok": False, "error": "url_not_verified"}


async def test_a_command_and_its_answer(
    app: AsyncApp, sandbox: Sandbox, receiver: Receiver, ada: Person
) -> None:
    @app.command("/plumb")
    async def plumb(ack: Any, command: JSON) -> None:
        await ack(text=f"heard {command['text']}", response_type="in_channel")

    await sandbox.install(MANIFEST, receiver.url)
    assert (await ada.command(GENERAL, "/plumb two & two"))["ok"] is True
    message = await ada.wait_for_message(lambda one: one["text"] == "heard two & two")
    assert "ephemeral" not in message


async def test_interactions_come_as_a_signed_form(
    app: AsyncApp, sandbox: Sandbox, receiver: Receiver, ada: Person
) -> None:
    clicked: list[str] = []

    @app.action("go")
    async def go(ack: Any, action: JSON) -> None:
        clicked.append(action["value"])
        await ack()

    @app.shortcut("ask")
    async def ask(ack: Any, shortcut: JSON, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=MODAL)

    @app.view("wishes")
    async def wishes(ack: Any) -> None:
        await ack(response_action="errors", errors={"what": "Not that."})

    await sandbox.install(MANIFEST, receiver.url)
    posted = await app.client.chat_postMessage(channel=GENERAL, text="ready", blocks=[BUTTON])
    await ada.click("go", channel=GENERAL, ts=posted["ts"])
    await ada.shortcut("ask")
    view = await ada.wait_for_modal()
    answer = await ada.submit(view["id"], {"what": {"text": "snow"}})
    assert clicked == ["7"]
    assert answer["errors"] == {"what": "Not that."}
    assert receiver.headers[-1]["content-type"] == "application/x-www-form-urlencoded"


async def test_a_wrong_secret_is_refused_by_bolt(sandbox: Sandbox, receiver: Receiver, ada: Person) -> None:
    await sandbox.install(MANIFEST, receiver.url)
    sandbox.hub.http._secret = "another"
    assert (await ada.command(GENERAL, "/plumb help"))["error"] == "dispatch_failed"


async def test_a_failed_event_comes_again_with_a_reason(
    app: AsyncApp, sandbox: Sandbox, receiver: Receiver, ada: Person
) -> None:
    heard: list[JSON] = []

    @app.event("reaction_added")
    async def reacted(event: JSON) -> None:
        heard.append(event)

    await sandbox.install(MANIFEST, receiver.url)
    receiver.headers.clear()
    receiver.refusals = [(500, {}), (503, {})]
    await ada.react(GENERAL, (await ada.messages(GENERAL))[0]["ts"], "eyes")
    await until_delivered(sandbox, "reaction_added", 3)
    seen = [(one.get("x-slack-retry-num"), one.get("x-slack-retry-reason")) for one in receiver.headers]
    assert seen == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert len(heard) == 1


async def test_an_app_may_ask_for_no_retries(sandbox: Sandbox, receiver: Receiver, ada: Person) -> None:
    await sandbox.install(MANIFEST, receiver.url)
    receiver.refusals = [(500, {"X-Slack-No-Retry": "1"})]
    receiver.headers.clear()
    ts = (await ada.messages(GENERAL))[0]["ts"]
    await ada.react(GENERAL, ts, "eyes")
    await until_delivered(sandbox, "reaction_added", 1)
    receiver.refusals = [(500, {"X-Slack-No-Retry": "1"})]
    await ada.react(GENERAL, ts, "wave")
    await until_delivered(sandbox, "reaction_added", 2)
    assert len(receiver.headers) == 2


async def test_only_what_was_subscribed_is_sent(
    app: AsyncApp, sandbox: Sandbox, receiver: Receiver, ada: Person
) -> None:
    @app.event("app_mention")
    async def mentioned() -> None: ...

    await sandbox.install(MANIFEST, receiver.url)
    await ada.post(GENERAL, "@plumbline hello")
    await until_delivered(sandbox, "app_mention")
    assert [one["name"] for one in sandbox.log.since(kind="delivery")] == ["app_mention"]


async def test_scopes_of_the_manifest_hold(app: AsyncApp, sandbox: Sandbox, receiver: Receiver) -> None:
    await sandbox.install(MANIFEST, receiver.url)
    with pytest.raises(SlackApiError) as refused:
        await app.client.reactions_add(channel=GENERAL, timestamp="1.000001", name="eyes")
    answer = refused.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", "reactions:write")
    assert answer["provided"] == "chat:write,commands,reactions:read"
    assert (await app.client.auth_test()).headers["X-OAuth-Scopes"] == "chat:write,commands,reactions:read"


async def test_a_slow_app_runs_into_the_limit(
    app: AsyncApp, sandbox: Sandbox, receiver: Receiver, ada: Person
) -> None:
    hold = asyncio.Event()

    @app.command("/plumb")
    async def plumb(ack: Any) -> None:
        await hold.wait()
        await ack()

    await sandbox.install(MANIFEST, receiver.url)
    answer = await ada.command(GENERAL, "/plumb help")
    hold.set()
    assert answer["error"] == "operation_timeout"
