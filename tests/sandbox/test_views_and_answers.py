"""Trigger ids, the stack of modals, App Home, response URLs, streams."""

from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import Person, Sandbox
from bot.sandbox.seed import ADA, GENERAL, TEAM
from tests.sandbox.conftest import Clock, connected
from tests.sandbox.test_socket_mode import BUTTON, MODAL, until_delivered
from tests.sandbox.test_web_api import refused

JSON = dict[str, Any]
HOME: JSON = {"type": "home", "blocks": [{"type": "divider"}]}


def trigger(sandbox: Sandbox) -> str:
    return sandbox.hub.triggers.issue(ADA, TEAM)


async def test_a_trigger_works_once(client: AsyncWebClient, sandbox: Sandbox) -> None:
    given = trigger(sandbox)
    await client.views_open(trigger_id=given, view=MODAL)
    assert await refused(client.views_open(trigger_id=given, view=MODAL)) == "exchanged_trigger_id"
    assert await refused(client.views_open(trigger_id="1.2.3", view=MODAL)) == "invalid_trigger_id"


@pytest.mark.parametrize(("waited", "error"), [(3.0, ""), (3.01, "expired_trigger_id")])
async def test_a_trigger_lives_three_seconds(
    client: AsyncWebClient, sandbox: Sandbox, now: Clock, waited: float, error: str
) -> None:
    given = trigger(sandbox)
    now.time += waited
    if error:
        assert await refused(client.views_open(trigger_id=given, view=MODAL)) == error
    else:
        assert (await client.views_open(trigger_id=given, view=MODAL))["ok"] is True


async def test_three_modals_and_no_more(client: AsyncWebClient, sandbox: Sandbox) -> None:
    await client.views_open(trigger_id=trigger(sandbox), view=MODAL)
    for _ in range(2):
        await client.views_push(trigger_id=trigger(sandbox), view=MODAL)
    assert await refused(client.views_push(trigger_id=trigger(sandbox), view=MODAL)) == "push_limit_reached"


async def test_a_modal_is_updated_by_its_hash(client: AsyncWebClient, sandbox: Sandbox, ada: Person) -> None:
    view = (await client.views_open(trigger_id=trigger(sandbox), view={**MODAL, "external_id": "mine"}))[
        "view"
    ]
    changed = {**MODAL, "external_id": "mine", "private_metadata": "x"}
    update = client.views_update
    newer = (await update(view_id=view["id"], hash=view["hash"], view=changed))["view"]
    assert newer["hash"] != view["hash"]
    assert await refused(update(view_id=view["id"], hash=view["hash"], view=changed)) == "hash_conflict"
    assert (await update(external_id="mine", view=changed))["view"]["id"] == view["id"]
    assert await refused(update(view_id="V0NO", view=changed)) == "not_found"
    again = client.views_push(trigger_id=trigger(sandbox), view={**MODAL, "external_id": "mine"})
    assert await refused(again) == "duplicate_external_id"
    await ada.wait_for(lambda frame: frame["type"] == "modal_changed")


async def test_app_home(app: AsyncApp, client: AsyncWebClient, sandbox: Sandbox, ada: Person) -> None:
    opened: list[JSON] = []

    @app.event("app_home_opened")
    async def home(event: JSON) -> None:
        opened.append(event)
        await client.views_publish(user_id=event["user"], view=HOME)

    assert await ada.home() is None
    async with connected(app, sandbox):
        await ada.open_home()
        view = await ada.wait_for_home()
        await ada.open_home("messages")
        await until_delivered(sandbox, "app_home_opened", 2)
    assert view["type"] == "home"
    assert [(one["tab"], "view" in one) for one in opened] == [("home", False), ("messages", False)]
    newest = await ada.home()
    assert newest is not None
    published = await client.views_publish(user_id=ADA, view=HOME, hash=newest["hash"])
    assert published["view"]["id"] == view["id"]
    assert await refused(client.views_publish(user_id=ADA, view=HOME, hash="old")) == "hash_conflict"
    assert await refused(client.views_publish(user_id=ADA, view=MODAL)) == "invalid_arguments"


async def test_inputs_of_a_modal_are_told_while_typing(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    block = {**MODAL["blocks"][0], "dispatch_action": True}
    heard: list[JSON] = []

    @app.action("text")
    async def typed(ack: Any, body: JSON) -> None:
        heard.append(body)
        await ack()

    async with connected(app, sandbox):
        await app.client.views_open(trigger_id=trigger(sandbox), view={**MODAL, "blocks": [block]})
        view = await ada.wait_for_modal()
        await ada.click("text", view_id=view["id"], value="bas")
    assert heard[0]["actions"][0]["value"] == "bas"
    assert heard[0]["view"]["state"]["values"]["what"]["text"]["value"] == "bas"
    assert heard[0]["container"] == {"type": "view", "view_id": view["id"]}


async def response_url(app: AsyncApp, sandbox: Sandbox, person: Person) -> str:
    """Of a command."""
    urls: list[str] = []

    @app.command("/plumb")
    async def plumb(ack: Any, command: JSON) -> None:
        await ack()
        urls.append(command["response_url"])

    async with connected(app, sandbox):
        await person.command(GENERAL, "/plumb help")
    return urls[0]


async def test_a_response_url_works_five_times(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    webhook = AsyncWebhookClient(await response_url(app, sandbox, ada))
    answers = [await webhook.send(text=f"answer {number}") for number in range(6)]
    assert [one.status_code for one in answers] == [200] * 5 + [404]
    assert answers[5].body == '{"ok": false, "error": "used_url"}'
    seen = [one["text"] for one in await ada.messages(GENERAL) if one.get("ephemeral")]
    assert seen == [f"answer {number}" for number in range(5)]


@pytest.mark.parametrize(("waited", "status"), [(1800.0, 200), (1800.1, 404)])
async def test_a_response_url_lives_half_an_hour(
    app: AsyncApp, sandbox: Sandbox, ada: Person, now: Clock, waited: float, status: int
) -> None:
    webhook = AsyncWebhookClient(await response_url(app, sandbox, ada))
    now.time += waited
    assert (await webhook.send(text="late?")).status_code == status


async def test_a_response_goes_into_the_channel_if_asked(
    app: AsyncApp, sandbox: Sandbox, ada: Person
) -> None:
    webhook = AsyncWebhookClient(await response_url(app, sandbox, ada))
    await webhook.send(text="for all", response_type="in_channel")
    message = await ada.wait_for_message(lambda one: one["text"] == "for all")
    assert "ephemeral" not in message


@pytest.mark.parametrize("hidden", [True, False], ids=["ephemeral", "public"])
async def test_a_clicked_message_is_replaced_and_deleted(
    app: AsyncApp, sandbox: Sandbox, ada: Person, hidden: bool
) -> None:
    urls: list[str] = []

    @app.action("go")
    async def go(ack: Any, body: JSON) -> None:
        await ack()
        urls.append(body["response_url"])

    async with connected(app, sandbox):
        if hidden:
            await app.client.chat_postEphemeral(channel=GENERAL, user=ADA, text="ready", blocks=[BUTTON])
        else:
            await app.client.chat_postMessage(channel=GENERAL, text="ready", blocks=[BUTTON])
        posted = await ada.wait_for_message(lambda one: one["text"] == "ready")
        await ada.click("go", channel=GENERAL, ts=posted["ts"])
    payload = sandbox.log.since(kind="delivery")[-1]["payload"]
    assert (payload["container"]["is_ephemeral"], "message" in payload) == (hidden, not hidden)
    webhook = AsyncWebhookClient(urls[0])
    await webhook.send(text="replaced", replace_original=True)
    changed = await ada.wait_for_message(lambda one: one["text"] == "replaced")
    assert changed["ts"] == posted["ts"]
    assert not changed.get("blocks")
    await webhook.send(text="beside it", replace_original=False)
    await ada.wait_for_message(lambda one: one["text"] == "beside it" and one["ts"] != posted["ts"])
    await webhook.send(delete_original=True)
    await ada.wait_for(lambda frame: frame["type"] == "message_deleted" and frame["ts"] == posted["ts"])
    assert posted["ts"] not in [one["ts"] for one in await ada.messages(GENERAL)]


async def test_a_stream_grows_with_its_plan(client: AsyncWebClient, ada: Person) -> None:
    root = (await ada.post(GENERAL, "draft something"))["ts"]
    stream = await client.chat_stream(
        channel=GENERAL,
        thread_ts=root,
        recipient_team_id=TEAM,
        recipient_user_id=ADA,
        task_display_mode="plan",
    )
    await stream.append(chunks=[{"type": "plan_update", "title": "Drafting"}])
    task = {"type": "task_update", "id": "1", "title": "Reading"}
    await stream.append(chunks=[{**task, "status": "in_progress"}])
    await stream.append(chunks=[{**task, "status": "complete", "output": "212 tickets"}])
    await stream.append(markdown_text="**Done**", chunks=[])
    assert (await ada.messages(GENERAL, root))[-1]["streaming"] is True
    answer = await stream.stop(
        markdown_text=".",
        blocks=[{"type": "divider"}],
        metadata={"event_type": "story", "event_payload": {"key": "k"}},
    )
    message = answer["message"]
    plan, text, divider = message["blocks"]
    assert (plan["type"], plan["title"], [task["status"] for task in plan["tasks"]]) == (
        "plan",
        "Drafting",
        ["complete"],
    )
    assert (text["type"], text["text"], divider["type"]) == ("markdown", "**Done**.", "divider")
    assert (message["text"], message["metadata"]["event_payload"]) == ("**Done**.", {"key": "k"})
    assert "streaming" not in (await ada.messages(GENERAL, root))[-1]
    late = client.chat_appendStream(channel=GENERAL, ts=message["ts"], markdown_text="x")
    assert await refused(late) == "message_not_in_streaming_state"


@pytest.mark.parametrize(("waited", "error"), [(300.0, ""), (300.1, "message_not_in_streaming_state")])
async def test_a_stream_ends_after_five_minutes(
    client: AsyncWebClient, ada: Person, now: Clock, waited: float, error: str
) -> None:
    root = (await ada.post(GENERAL, "draft something"))["ts"]
    started = await client.chat_startStream(
        channel=GENERAL, thread_ts=root, recipient_team_id=TEAM, recipient_user_id=ADA, markdown_text="a"
    )
    now.time += waited
    append = client.chat_appendStream(channel=GENERAL, ts=started["ts"], markdown_text="b")
    if error:
        assert await refused(append) == error
        assert "streaming" not in (await ada.messages(GENERAL, root))[-1]
    else:
        await append
        assert (await ada.messages(GENERAL, root))[-1]["text"] == "ab"


async def test_streams_are_refused_as_slack_refuses(client: AsyncWebClient, ada: Person) -> None:
    root = (await ada.post(GENERAL, "draft something"))["ts"]
    start: JSON = {"channel": GENERAL, "thread_ts": root, "recipient_user_id": ADA}
    assert await refused(client.chat_startStream(**start)) == "missing_recipient_team_id"
    both = client.chat_startStream(
        **start, recipient_team_id=TEAM, markdown_text="a", chunks=[{"type": "plan_update", "title": "b"}]
    )
    assert await refused(both) == "cannot_provide_both_markdown_text_and_chunks"
    odd = client.chat_startStream(**start, recipient_team_id=TEAM, chunks=[{"type": "song"}])
    assert await refused(odd) == "invalid_chunks"
    long = client.chat_startStream(**start, recipient_team_id=TEAM, markdown_text="x" * 12_001)
    assert await refused(long) == "msg_too_long"


async def test_a_message_with_no_content_is_refused_at_a_response_url(
    app: AsyncApp, sandbox: Sandbox, ada: Person
) -> None:
    url = await response_url(app, sandbox, ada)
    async with aiohttp.ClientSession() as session, session.post(url, json={}) as answer:
        assert (await answer.json())["error"] == "no_text"
