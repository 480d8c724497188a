"""What people do to each other, and what the app hears of it."""

import re
from typing import Any

import pytest
from aiohttp import ClientSession, WSMsgType
from slack_bolt.async_app import AsyncApp

from bot.sandbox import Person, Sandbox
from bot.sandbox.faults import KINDS
from bot.sandbox.people import ACTS
from bot.sandbox.seed import ADA, BEN, BOT_USER, CHLOE, DEV, GENERAL, LEADS
from tests.paths import REPO
from tests.sandbox.conftest import connected, until
from tests.sandbox.test_signed_http import MANIFEST
from tests.sandbox.test_socket_mode import until_delivered

JSON = dict[str, Any]
README = (REPO / "bot" / "sandbox" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("@ben look", "<@U0BEN> look"),
        ("@Ben, look", "<@U0BEN>, look"),
        ("mail ben@ben.example", "mail ben@ben.example"),
        ("@nobody", "@nobody"),
        ("see #support.", "see <#C0SUPPORT|support>."),
        ("1 < 2 && 3 > 2", "1 &lt; 2 &amp;&amp; 3 &gt; 2"),
        ("<@U0BEN> &amp; <https://example.com|here>", "<@U0BEN> &amp; <https://example.com|here>"),
        ("<!channel> <script>", "&lt;!channel&gt; &lt;script&gt;"),
    ],
)
async def test_what_is_typed_and_what_is_sent(ada: Person, typed: str, sent: str) -> None:
    assert (await ada.post(GENERAL, typed))["message"]["text"] == sent


async def test_messages_are_edited_and_deleted(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    @app.event("message")
    async def said() -> None: ...

    async with connected(app, sandbox), sandbox.person(BEN) as ben, sandbox.person(DEV) as dev:
        ts = (await ben.post(GENERAL, "frist"))["ts"]
        assert (await dev.edit(GENERAL, ts, "x"))["error"] == "cant_update_message"
        assert (await ben.edit(GENERAL, ts, "first"))["message"]["edited"]["user"] == BEN
        assert (await dev.delete(GENERAL, ts))["error"] == "cant_delete_message"
        assert (await ada.delete(GENERAL, ts))["ok"] is True  # an admin
        done = await until_delivered(sandbox, "message", 3)
    events = [one["payload"]["event"] for one in done]
    assert [one.get("subtype") for one in events] == [None, "message_changed", "message_deleted"]
    assert (events[1]["message"]["text"], events[1]["previous_message"]["text"]) == ("first", "frist")
    assert events[2]["deleted_ts"] == ts


async def test_direct_messages_reach_the_app(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    @app.event("message")
    async def said() -> None: ...

    async with connected(app, sandbox):
        channel = (await ada.open_im(BOT_USER))["channel"]
        await ada.post(channel, "hello you")
        done = await until_delivered(sandbox, "message")
    event = done[0]["payload"]["event"]
    assert (event["channel_type"], event["channel"], event["user"]) == ("im", channel, ADA)


async def test_membership(app: AsyncApp, sandbox: Sandbox, ada: Person) -> None:
    for name in ("member_joined_channel", "member_left_channel"):

        @app.event(name)
        async def moved() -> None: ...

    async with connected(app, sandbox), sandbox.person(CHLOE) as chloe:
        assert (await ada.leave(GENERAL))["ok"] is True
        assert (await ada.post(GENERAL, "still here?"))["error"] == "not_in_channel"
        assert (await ada.join(GENERAL))["ok"] is True
        assert (await chloe.invite(LEADS, BOT_USER))["ok"] is True
        assert (await chloe.invite(LEADS, BOT_USER))["error"] == "already_in_channel"
        joined = await until_delivered(sandbox, "member_joined_channel", 2)
    invited = joined[1]["payload"]["event"]
    assert (invited["user"], invited["channel"], invited["inviter"]) == (BOT_USER, LEADS, CHLOE)


async def test_private_channels_cannot_be_joined_by_name(sandbox: Sandbox) -> None:
    async with sandbox.person(BEN) as ben:
        assert (await ben.join(LEADS))["error"] == "channel_not_found"


async def test_notices(sandbox: Sandbox, ada: Person) -> None:
    await sandbox.install(MANIFEST | {"settings": {"socket_mode_enabled": True}})
    assert (await ada.command(GENERAL, "/dance"))["error"] == "unknown_command"
    await ada.wait_for(lambda frame: frame == {
        "type": "notice", "channel": GENERAL, "text": "/dance is not a valid command.",
    })  # fmt: skip
    await ada.post(LEADS, "@plumbline what is new?")
    notice = await ada.wait_for(lambda frame: frame["type"] == "notice" and frame["channel"] == LEADS)
    assert notice["text"].startswith("Plumbline is not in #leads.")
    assert (await ada.shortcut("unknown"))["error"] == "shortcut_not_found"


async def test_what_was_read_is_not_counted(ada: Person) -> None:
    async def unread() -> int:
        channels = {one["id"]: one for one in (await ada.snapshot())["channels"]}
        return int(channels[GENERAL]["unread"])

    assert await unread() == 1
    await ada.act("read", channel=GENERAL)
    assert await unread() == 0


async def test_clicks_that_cannot_be(ada: Person) -> None:
    ts = (await ada.post(GENERAL, "no buttons"))["ts"]
    assert (await ada.click("go", channel=GENERAL, ts=ts))["error"] == "action_not_found"
    assert (await ada.click("go", channel=GENERAL, ts="1.0"))["error"] == "message_not_found"
    assert (await ada.submit("V0NO"))["error"] == "view_not_found"
    assert (await ada.react(GENERAL, "1.0", "eyes"))["error"] == "message_not_found"


async def test_at_most_ten_connections(sandbox: Sandbox) -> None:
    async with ClientSession() as session:
        address = f"{sandbox.url}/socket?ticket="
        sockets = [await session.ws_connect(address + sandbox.hub.sockets.ticket()) for _ in range(11)]
        hellos = [await socket.receive_json() for socket in sockets]
        async with session.get(address + "used") as used:
            assert used.status == 401
    assert [one.get("num_connections") for one in hellos] == [*range(1, 11), None]
    assert (hellos[10]["type"], hellos[10]["reason"]) == ("disconnect", "too_many_websockets")
    await until(lambda: sandbox.hub.sockets.count == 0)


async def test_envelopes_say_what_slack_says(sandbox: Sandbox, ada: Person) -> None:
    """Without an SDK between: hello, a command, a late ack, something not understood."""
    async with ClientSession() as session:
        socket = await session.ws_connect(f"{sandbox.url}/socket?ticket={sandbox.hub.sockets.ticket()}")
        assert (await socket.receive_json())["type"] == "hello"
        await ada.react(GENERAL, (await ada.messages(GENERAL))[0]["ts"], "eyes")
        first = await socket.receive_json()
        again = await socket.receive_json()
        assert (first["type"], first["accepts_response_payload"]) == ("events_api", False)
        assert [(one["retry_attempt"], one["retry_reason"]) for one in (first, again)] == [
            (0, ""),
            (1, "timeout"),
        ]
        assert first["envelope_id"] != again["envelope_id"]
        await socket.send_json({"envelope_id": again["envelope_id"]})
        await socket.send_json({"envelope_id": first["envelope_id"]})
        await socket.send_str("what?")
        done = await until_delivered(sandbox, "reaction_added", 2)
        await until(lambda: len(sandbox.log.since(kind="socket")) >= 3)
        await socket.close()
    assert [one["acked"] for one in done] == [False, True]
    assert [one["what"] for one in sandbox.log.since(kind="socket")][:3] == [
        "open",
        "late_ack",
        "not_understood",
    ]


async def test_the_server_pings(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's Node client reconnects when it hears no ping for half a minute."""
    monkeypatch.setattr("bot.sandbox.delivery.sockets.PING_SECONDS", 0.02)
    async with ClientSession() as session:
        address = f"{sandbox.url}/socket?ticket={sandbox.hub.sockets.ticket()}"
        async with session.ws_connect(address, autoping=False) as socket:
            kinds = [(await socket.receive(5)).type for _ in range(2)]
    assert kinds == [WSMsgType.TEXT, WSMsgType.PING]


def test_everything_one_can_do_is_in_the_readme() -> None:
    named = set(re.findall(r"`(\w+)`", README))
    assert set(ACTS) - named == set()
    assert set(KINDS) - named == set()
