"""Socket Mode at the wire: the official SDK on one side, a person on the other."""

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Person, Sandbox
from bot.sandbox.seed import ADA, BEN, GENERAL
from tests.sandbox.conftest import connected, until

JSON = dict[str, Any]
MODAL: JSON = {
    "type": "modal",
    "callback_id": "wishes",
    "title": {"type": "plain_text", "text": "Wishes"},
    "submit": {"type": "plain_text", "text": "Send"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}
BUTTON: JSON = {
    "type": "actions",
    "block_id": "row",
    "elements": [
        {"type": "button", "action_id": "go", "value": "7", "text": {"type": "plain_text", "text": "Go"}},
    ],
}


def deliveries(sandbox: Sandbox, name: str) -> list[JSON]:
    return [one for one in sandbox.log.since(kind="delivery") if one["name"] == name]


async def until_delivered(sandbox: Sandbox, name: str, count: int = 1) -> list[JSON]:
    """Waits until ``count`` deliveries of that name were settled."""

    def settled() -> list[JSON]:
        return [one for one in deliveries(sandbox, name) if one["acked"] is not None]

    await until(lambda: len(settled()) >= count)
    return settled()


async def test_a_command_is_acked_with_a_private_answer(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    heard: list[JSON] = []

    @app.command("/plumb")
    async def plumb(ack: Any, command: JSON) -> None:
        heard.append(command)
        await ack("On it.")

    async with connected(app, sandbox):
        assert await ada.command(GENERAL, "/plumb story draft") == {"ok": True}
    message = await ada.wait_for_message(lambda one: one["text"] == "On it.")
    assert message["ephemeral"] is True
    assert message["user"] == "U0APP"
    command = heard[0]
    assert {
        key: command[key] for key in ("command", "text", "channel_id", "channel_name", "user_id", "team_id")
    } == {
        "command": "/plumb",
        "text": "story draft",
        "channel_id": GENERAL,
        "channel_name": "general",
        "user_id": ADA,
        "team_id": "T0SILLGROVE",
    }
    assert command["response_url"].startswith(f"{sandbox.url}/response/")
    async with sandbox.person(BEN) as ben:
        assert all(one["text"] != "On it." for one in await ben.messages(GENERAL))


async def test_a_command_that_nobody_acks_fails_with_a_notice(
    app: AsyncApp, sandbox: Sandbox, ada: Person
) -> None:
    @app.command("/plumb")
    async def plumb() -> None:
        await asyncio.sleep(0)

    async with connected(app, sandbox):
        answer = await ada.command(GENERAL, "/plumb help")
    assert answer["error"] == "operation_timeout"
    notice = await ada.wait_for(lambda frame: frame["type"] == "notice")
    assert notice["text"] == '/plumb failed with the error "operation_timeout"'


async def test_a_command_without_a_connection_fails_at_once(ada: Person) -> None:
    assert (await ada.command(GENERAL, "/plumb help"))["error"] == "dispatch_failed"


async def test_a_modal_is_opened_checked_and_submitted(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    submitted: list[JSON] = []

    @app.shortcut("ask")
    async def ask(ack: Any, shortcut: JSON, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=MODAL)

    @app.view("wishes")
    async def wishes(ack: Any, view: JSON) -> None:
        submitted.append(view)
        if view["state"]["values"]["what"]["text"]["value"] == "no":
            await ack(response_action="errors", errors={"what": "Think again."})
        else:
            await ack()

    async with connected(app, sandbox):
        await ada.shortcut("ask")
        view = await ada.wait_for_modal()
        empty = await ada.submit(view["id"])
        refused = await ada.submit(view["id"], {"what": {"text": "no"}})
        taken = await ada.submit(view["id"], {"what": {"text": "yes"}})
    assert empty["errors"] == {"what": "Please complete this required field."}
    assert refused["errors"] == {"what": "Think again."}
    assert taken["ok"] is True
    assert [one["state"]["values"]["what"]["text"] for one in submitted] == [
        {"type": "plain_text_input", "value": "no"},
        {"type": "plain_text_input", "value": "yes"},
    ]
    await ada.wait_for(lambda frame: frame == {"type": "modal_closed", "view_id": view["id"]})


async def test_modals_are_pushed_updated_and_cleared(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    def named(title: str) -> JSON:
        return {
            **MODAL,
            "callback_id": title,
            "title": {"type": "plain_text", "text": title},
            "blocks": [{"type": "divider"}],
        }

    @app.shortcut("ask")
    async def ask(ack: Any, shortcut: JSON, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=named("one"))

    @app.view("one")
    async def one(ack: Any) -> None:
        await ack(response_action="push", view=named("two"))

    @app.view("two")
    async def two(ack: Any) -> None:
        await ack(response_action="update", view=named("three"))

    @app.view("three")
    async def three(ack: Any) -> None:
        await ack(response_action="clear")

    def titled(title: str) -> Any:
        return lambda view: view["title"]["text"] == title

    async with connected(app, sandbox):
        await ada.shortcut("ask")
        first = await ada.wait_for_modal(titled("one"))
        await ada.submit(first["id"])
        second = await ada.wait_for_modal(titled("two"))
        assert (second["previous_view_id"], second["root_view_id"]) == (first["id"], first["id"])
        await ada.submit(second["id"])
        third = await ada.wait_for_modal(titled("three"))
        assert third["id"] == second["id"]
        await ada.submit(third["id"])
    assert (await ada.snapshot())["stack"] == []


async def test_closing_a_modal_that_asked_to_be_told(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    closed: asyncio.Queue[JSON] = asyncio.Queue()

    @app.shortcut("ask")
    async def ask(ack: Any, shortcut: JSON, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=MODAL)

    @app.view_closed("wishes")
    async def gone(ack: Any, body: JSON) -> None:
        await ack()
        closed.put_nowait(body)

    async with connected(app, sandbox):
        await ada.shortcut("ask")
        view = await ada.wait_for_modal()
        await ada.close_view(view["id"])
        body = await asyncio.wait_for(closed.get(), 5)
    assert body["view"]["id"] == view["id"]
    assert body["is_cleared"] is False


async def test_a_click_tells_where_it_was_made(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    heard: list[JSON] = []

    @app.action("go")
    async def go(ack: Any, body: JSON, respond: Any) -> None:
        heard.append(body)
        await ack()
        await respond(text="gone", replace_original=True)

    async with connected(app, sandbox):
        posted = await app.client.chat_postMessage(channel=GENERAL, text="ready", blocks=[BUTTON])
        assert (await ada.click("go", channel=GENERAL, ts=posted["ts"]))["ok"] is True
        await ada.wait_for_message(lambda one: one["text"] == "gone")
    body = heard[0]
    assert body["actions"][0]["value"] == "7"
    assert body["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": GENERAL,
        "is_ephemeral": False,
    }
    assert body["message"]["text"] == "ready"
    assert body["user"]["id"] == ADA


async def test_message_shortcuts_carry_the_message(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    heard: list[JSON] = []

    @app.shortcut({"type": "message_action", "callback_id": "keep"})
    async def keep(ack: Any, shortcut: JSON) -> None:
        heard.append(shortcut)
        await ack()

    async with connected(app, sandbox):
        said = await ada.post(GENERAL, "The lamp flickers")
        assert (await ada.message_shortcut("keep", GENERAL, said["ts"]))["ok"] is True
    assert heard[0]["message"]["text"] == "The lamp flickers"
    assert heard[0]["channel"] == {"id": GENERAL, "name": "general"}


async def test_external_selects_ask_the_app_and_know_its_options(
    app: AsyncApp, sandbox: Sandbox, ada: Person
) -> None:
    chosen: list[JSON] = []
    select = {
        "type": "external_select",
        "action_id": "plant",
        "placeholder": {"type": "plain_text", "text": "Plant"},
    }
    block = {"type": "actions", "block_id": "row", "elements": [select]}

    @app.options("plant")
    async def plants(ack: Any, payload: JSON) -> None:
        label = {"type": "plain_text", "text": payload["value"].title()}
        await ack(options=[{"text": label, "value": payload["value"]}])

    @app.action("plant")
    async def plant(ack: Any, action: JSON) -> None:
        chosen.append(action)
        await ack()

    async with connected(app, sandbox):
        posted = await app.client.chat_postMessage(channel=GENERAL, text="which?", blocks=[block])
        offered = await ada.options("plant", "basil", channel=GENERAL, ts=posted["ts"])
        await ada.click("plant", channel=GENERAL, ts=posted["ts"], value="basil")
    assert [one["value"] for one in offered["options"]] == ["basil"]
    assert chosen[0]["selected_option"]["text"]["text"] == "Basil"


async def test_events_reach_the_app(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    heard: list[str] = []

    async def hear(event: JSON) -> None:
        heard.append(event["type"])

    for name in (
        "app_mention",
        "message",
        "reaction_added",
        "reaction_removed",
        "app_home_opened",
        "file_shared",
    ):
        app.event(name)(hear)
    async with connected(app, sandbox):
        said = await ada.post(GENERAL, "<@U0APP> look")
        await ada.react(GENERAL, said["ts"], "thumbsup")
        await ada.react(GENERAL, said["ts"], "thumbsup", on=False)
        await ada.open_home()
        await ada.upload("notes.txt", b"wet", channel=GENERAL)
        await until_delivered(sandbox, "file_shared")
        await until_delivered(sandbox, "app_mention")
    names = {one["name"] for one in sandbox.log.since(kind="delivery") if one["acked"]}
    assert names == {
        "app_mention",
        "message",
        "reaction_added",
        "reaction_removed",
        "app_home_opened",
        "file_shared",
    }
    assert set(heard) == names
    mention = deliveries(sandbox, "app_mention")[0]["payload"]
    assert mention["event"]["text"] == "<@U0APP> look"
    assert mention["authorizations"][0]["user_id"] == "U0APP"


async def test_the_bots_own_messages_come_back_as_events(app: AsyncApp, sandbox: Sandbox) -> None:
    async with connected(app, sandbox):
        posted = await app.client.chat_postMessage(channel=GENERAL, text="mine")
        done = await until_delivered(sandbox, "message")
    event = done[0]["payload"]["event"]
    assert (event["ts"], event["bot_id"], event["channel_type"]) == (posted["ts"], "B0APP", "channel")


async def test_an_event_nobody_acks_comes_four_times(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    async with connected(app, sandbox):  # no listener: Bolt answers 404, so no ack
        await ada.react(GENERAL, (await ada.messages(GENERAL))[0]["ts"], "eyes")
        done = await until_delivered(sandbox, "reaction_added", 4)
    assert [one["retry"] for one in done] == [0, 1, 2, 3]
    assert not any(one["acked"] for one in done)
    assert len({one["payload"]["event_id"] for one in done}) == 1


async def test_retries_say_so_to_the_app(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    attempts: list[str | None] = []

    @app.event("reaction_added")
    async def reacted(request: Any) -> None:
        attempts.append(request.headers.get("x-slack-retry-num", [None])[0])

    sandbox.hub.faults.add({"on": "delivery:*/reaction_added", "what": "drop_after", "times": 2})
    async with connected(app, sandbox):
        await ada.react(GENERAL, (await ada.messages(GENERAL))[0]["ts"], "eyes")
        done = await until_delivered(sandbox, "reaction_added", 3)
    assert [one["acked"] for one in done] == [False, False, True]
    assert attempts == ["0", "1", "2"]


async def test_a_connection_that_dies_with_an_event_on_it(
    app: AsyncApp, sandbox: Sandbox, ada: Person
) -> None:
    @app.event("reaction_added")
    async def reacted() -> None: ...

    sandbox.hub.faults.add({"on": "delivery:*/reaction_added", "what": "disconnect"})
    async with connected(app, sandbox), connected(app, sandbox):
        assert sandbox.hub.sockets.count == 2
        await ada.react(GENERAL, (await ada.messages(GENERAL))[0]["ts"], "eyes")
        done = await until_delivered(sandbox, "reaction_added", 2)
    assert [(one["retry"], one["acked"]) for one in done] == [(0, False), (1, True)]
    assert done[0]["error"] == "connection_lost"


async def test_each_event_goes_to_one_of_several_connections(
    app: AsyncApp, sandbox: Sandbox, ada: Person
) -> None:
    heard: list[str] = []

    @app.event("message")
    async def said(event: JSON) -> None:
        heard.append(event["text"])

    async with connected(app, sandbox), connected(app, sandbox), connected(app, sandbox):
        for number in range(12):
            await ada.post(GENERAL, f"number {number}")
        await until_delivered(sandbox, "message", 12)
    assert sorted(heard) == sorted(f"number {number}" for number in range(12))


async def test_the_sdk_comes_back_when_asked_to_refresh(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    @app.command("/plumb")
    async def plumb(ack: Any) -> None:
        await ack("here again")

    async with connected(app, sandbox):
        await sandbox.hub.sockets.disconnect("refresh_requested")
        assert sandbox.hub.sockets.count == 0
        await until(lambda: sandbox.hub.sockets.count == 1)
        await ada.command(GENERAL, "/plumb help")
        await ada.wait_for_message(lambda one: one["text"] == "here again")


async def test_a_duplicate_has_the_same_event_id(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    ids: list[str] = []

    @app.event("message")
    async def said(body: JSON) -> None:
        ids.append(body["event_id"])

    sandbox.hub.faults.add({"on": "delivery:events_api/*", "what": "duplicate"})
    async with connected(app, sandbox):
        await ada.post(GENERAL, "once")
        await until(lambda: len(ids) == 2)
    assert len(set(ids)) == 1


async def test_reordered_events_change_places(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    heard: list[str] = []

    @app.event("message")
    async def said(event: JSON) -> None:
        heard.append(event["text"])

    sandbox.hub.faults.add({"on": "delivery:events_api/message", "what": "reorder"})
    async with connected(app, sandbox):
        await ada.post(GENERAL, "first")
        await ada.post(GENERAL, "second")
        await until_delivered(sandbox, "message", 2)
    assert heard == ["second", "first"]


async def test_two_hundred_commands_at_once(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    @app.command("/plumb")
    async def plumb(ack: Any) -> None:
        await ack()

    sandbox.hub.dispatcher.patience = type(sandbox.hub.dispatcher.patience)(ack=30)
    async with connected(app, sandbox):
        answers = await asyncio.gather(*(ada.command(GENERAL, f"/plumb {number}") for number in range(200)))
    assert all(answer["ok"] for answer in answers)
