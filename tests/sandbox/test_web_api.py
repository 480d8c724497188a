"""Every method of the Web API, called by the official client."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Person, Sandbox
from bot.sandbox.methods import METHODS
from bot.sandbox.seed import ADA, BEN, BOT_TOKEN, BOT_USER, FRANK, GENERAL, LEADS, SUPPORT
from tests.sandbox.conftest import Clock

JSON = dict[str, Any]


async def refused(call: Any) -> str:
    """Slack's name for why the call was refused."""
    with pytest.raises(SlackApiError) as refusal:
        await call
    error: str = refusal.value.response["error"]
    return error


async def test_who_am_i(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == (BOT_USER, "B0APP", "T0SILLGROVE")
    assert (await client.team_info())["team"]["name"] == "Sillgrove"
    assert (await client.bots_info(bot="B0APP"))["bot"]["user_id"] == BOT_USER
    assert (await client.api_test())["ok"] is True
    assert await refused(client.api_test(error="my_error")) == "my_error"


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("xoxb-nobody", "auth.test", "invalid_auth"),
        ("xapp-sandbox", "auth.test", "not_allowed_token_type"),
        ("xoxb-sandbox", "apps.connections.open", "not_allowed_token_type"),
        ("xoxb-sandbox", "no.such", "unknown_method"),
    ],
)
async def test_tokens(sandbox: Sandbox, token: str, method: str, error: str) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with (
        aiohttp.ClientSession() as session,
        session.post(sandbox.api_url + method, headers=headers) as answer,
    ):
        assert answer.status == 200
        assert (await answer.json())["error"] == error


@pytest.mark.parametrize("way", ["query", "form", "json", "multipart", "get"])
async def test_arguments_come_in_every_way(sandbox: Sandbox, way: str) -> None:
    given = {"channel": GENERAL, "text": "Grüße & <b>", "token": BOT_TOKEN}
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in given.items():
        form.add_field(name, value)
    ways: dict[str, dict[str, Any]] = {
        "query": {"params": given},
        "get": {"params": given},
        "form": {"data": given},
        "json": {"json": given},
        "multipart": {"data": form},
    }
    sent = ways[way]
    async with (
        aiohttp.ClientSession() as session,
        session.request(
            "GET" if way == "get" else "POST", sandbox.api_url + "chat.postMessage", **sent
        ) as answer,
    ):
        assert (await answer.json())["message"]["text"] == "Grüße & <b>"
    assert "token" not in sandbox.calls("chat.postMessage")[0]["arguments"]


async def test_malformed_json_is_refused(sandbox: Sandbox) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {BOT_TOKEN}"}
    async with aiohttp.ClientSession() as session:
        for body, error in (("{", "invalid_json"), ("[1]", "json_not_object")):
            async with session.post(
                sandbox.api_url + "chat.postMessage", data=body, headers=headers
            ) as answer:
                assert (await answer.json())["error"] == error


async def test_post_update_delete(client: AsyncWebClient, ada: Person) -> None:
    posted = await client.chat_postMessage(
        channel=GENERAL, text="one", metadata={"event_type": "post", "event_payload": {"key": "k1"}}
    )
    ts = posted["ts"]
    await client.chat_update(channel=GENERAL, ts=ts, text="two")
    history = await client.conversations_history(
        channel=GENERAL, include_all_metadata=True, oldest=ts, inclusive=True
    )
    message = history["messages"][0]
    assert (message["text"], message["metadata"]["event_payload"]) == ("two", {"key": "k1"})
    assert message["edited"]["user"] == BOT_USER
    plain = await client.conversations_history(channel=GENERAL, oldest=ts, inclusive=True)
    assert "metadata" not in plain["messages"][0]
    await client.chat_delete(channel=GENERAL, ts=ts)
    await ada.wait_for(lambda frame: frame == {"type": "message_deleted", "channel": GENERAL, "ts": ts})
    assert await refused(client.chat_update(channel=GENERAL, ts=ts, text="three")) == "message_not_found"


async def test_others_messages_are_not_the_bots_to_change(client: AsyncWebClient, ada: Person) -> None:
    ts = (await ada.post(GENERAL, "mine"))["ts"]
    assert await refused(client.chat_update(channel=GENERAL, ts=ts, text="yours")) == "cant_update_message"
    assert await refused(client.chat_delete(channel=GENERAL, ts=ts)) == "cant_delete_message"


async def test_posting_is_refused_as_slack_refuses(client: AsyncWebClient, sandbox: Sandbox) -> None:
    post = client.chat_postMessage
    assert await refused(post(channel="C0NOWHERE", text="x")) == "channel_not_found"
    assert await refused(post(channel=LEADS, text="x")) == "channel_not_found"
    outside = sandbox.world.create("T0SILLGROVE", "elsewhere", "channel", ADA)
    assert await refused(post(channel=outside.id, text="x")) == "not_in_channel"
    assert await refused(client.api_call("chat.postMessage", json={"channel": GENERAL})) == "no_text"
    assert await refused(post(channel=GENERAL, text="x" * 40_001)) == "msg_too_long"
    assert (await post(channel=GENERAL, text="x" * 40_000))["ok"] is True
    assert await refused(post(channel=GENERAL, text="x", thread_ts="1.000001")) == "thread_not_found"
    bad = {"event_type": "post"}
    assert (
        await refused(
            client.api_call("chat.postMessage", json={"channel": GENERAL, "text": "x", "metadata": bad})
        )
        == "invalid_metadata_format"
    )


async def test_posting_by_name_and_to_a_person(client: AsyncWebClient, sandbox: Sandbox) -> None:
    assert (await client.chat_postMessage(channel="#general", text="x"))["channel"] == GENERAL
    answer = await client.chat_postMessage(channel=BEN, text="psst")
    im = sandbox.world.im_between(BEN, BOT_USER)
    assert im is not None
    assert answer["channel"] == im.id


async def test_ephemeral_messages(client: AsyncWebClient, sandbox: Sandbox, ada: Person) -> None:
    answer = await client.chat_postEphemeral(channel=GENERAL, user=ADA, text="only you")
    seen = await ada.wait_for_message(lambda one: one["text"] == "only you")
    assert (seen["ts"], seen["ephemeral"]) == (answer["message_ts"], True)
    history = await client.conversations_history(channel=GENERAL)
    assert all(one["text"] != "only you" for one in history["messages"])
    assert (
        await refused(client.chat_postEphemeral(channel=GENERAL, user=FRANK, text="x"))
        == "user_not_in_channel"
    )
    assert (
        await refused(client.chat_postEphemeral(channel=GENERAL, user="U0NO", text="x")) == "user_not_found"
    )


async def test_me_message_and_permalink(client: AsyncWebClient, sandbox: Sandbox) -> None:
    ts = (await client.chat_meMessage(channel=GENERAL, text="waves"))["ts"]
    link = await client.chat_getPermalink(channel=GENERAL, message_ts=ts)
    assert link["permalink"] == f"{sandbox.url}/archives/{GENERAL}/p{ts.replace('.', '')}"


async def test_threads(client: AsyncWebClient, now: Clock) -> None:
    root = (await client.chat_postMessage(channel=GENERAL, text="root"))["ts"]
    first = (await client.chat_postMessage(channel=GENERAL, text="first", thread_ts=root))["ts"]
    nested = await client.chat_postMessage(channel=GENERAL, text="second", thread_ts=first)
    assert nested["message"]["thread_ts"] == root
    await client.chat_postMessage(channel=GENERAL, text="loud", thread_ts=root, reply_broadcast=True)
    replies = await client.conversations_replies(channel=GENERAL, ts=root)
    assert [one["text"] for one in replies["messages"]] == ["root", "first", "second", "loud"]
    assert (replies["messages"][0]["reply_count"], replies["messages"][0]["reply_users"]) == (3, [BOT_USER])
    history = await client.conversations_history(channel=GENERAL, limit=2)
    assert [one["text"] for one in history["messages"]] == ["loud", "root"]
    await client.chat_delete(channel=GENERAL, ts=first)
    after = await client.conversations_replies(channel=GENERAL, ts=root)
    assert after["messages"][0]["reply_count"] == 2


async def test_history_by_time_and_cursor(client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel=SUPPORT, text=f"n{n}"))["ts"] for n in range(5)]
    between = await client.conversations_history(channel=SUPPORT, oldest=stamps[1], latest=stamps[3])
    assert [one["text"] for one in between["messages"]] == ["n2"]
    inclusive = await client.conversations_history(
        channel=SUPPORT, oldest=stamps[1], latest=stamps[3], inclusive=True
    )
    assert [one["text"] for one in inclusive["messages"]] == ["n3", "n2", "n1"]
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = await client.conversations_history(
            channel=SUPPORT, limit=2, cursor=cursor, oldest=stamps[0], inclusive=True
        )
        seen += [one["text"] for one in page["messages"]]
        if not page["has_more"]:
            break
        cursor = page["response_metadata"]["next_cursor"]
    assert seen == ["n4", "n3", "n2", "n1", "n0"]
    assert await refused(client.conversations_history(channel=SUPPORT, cursor="nonsense")) == "invalid_cursor"
    assert await refused(client.conversations_history(channel=SUPPORT, oldest="soon")) == "invalid_ts_oldest"


async def test_conversations(client: AsyncWebClient, sandbox: Sandbox) -> None:
    listed = await client.conversations_list()
    assert [one["name"] for one in listed["channels"]] == ["general", "support", "product-moss"]
    assert (await client.conversations_info(channel=GENERAL, include_num_members=True))["channel"][
        "num_members"
    ] == 6
    assert ADA in (await client.conversations_members(channel=GENERAL))["members"]
    made = (await client.conversations_create(name="seeds"))["channel"]["id"]
    assert await refused(client.conversations_create(name="seeds")) == "name_taken"
    assert await refused(client.conversations_create(name="Not So!")) == "invalid_name_specials"
    await client.conversations_invite(channel=made, users=[ADA, BEN])
    assert await refused(client.conversations_invite(channel=made, users=ADA)) == "already_in_channel"
    await client.conversations_kick(channel=made, user=BEN)
    await client.conversations_setTopic(channel=made, topic="What to sow")
    await client.conversations_setPurpose(channel=made, purpose="Sowing")
    shown = (await client.conversations_info(channel=made))["channel"]
    assert (shown["topic"]["value"], shown["purpose"]["value"]) == ("What to sow", "Sowing")
    await client.conversations_mark(channel=made, ts="1.000000")
    await client.conversations_leave(channel=made)
    assert await refused(client.conversations_history(channel=made)) == "not_in_channel"
    await client.conversations_join(channel=made)
    assert (await client.conversations_history(channel=made))["messages"] == []
    opened = await client.conversations_open(users=ADA, return_im=True)
    assert (opened["channel"]["user"], opened["already_open"]) == (ADA, True)
    private = (await client.conversations_create(name="quiet", is_private=True))["channel"]["id"]
    found = await client.conversations_list(types="private_channel")
    assert [one["id"] for one in found["channels"]] == [private]


async def test_users(client: AsyncWebClient) -> None:
    assert (await client.users_info(user=ADA))["user"]["is_owner"] is True
    assert (await client.users_info(user=FRANK))["user"]["is_restricted"] is True
    first = await client.users_list(limit=3)
    rest = await client.users_list(limit=100, cursor=first["response_metadata"]["next_cursor"])
    assert len(first["members"]) + len(rest["members"]) == 8
    assert (await client.users_lookupByEmail(email="Ben@sillgrove.example"))["user"]["id"] == BEN
    assert await refused(client.users_lookupByEmail(email="x@y.example")) == "users_not_found"
    assert (await client.users_profile_get(user=ADA))["profile"]["real_name"] == "Ada Okafor"
    assert (await client.users_getPresence(user=ADA))["presence"] == "active"
    assert await refused(client.users_info(user="U0NO")) == "user_not_found"
    mine = await client.users_conversations()
    assert [one["name"] for one in mine["channels"]] == ["general", "support", "product-moss"]


async def test_reactions(client: AsyncWebClient, ada: Person) -> None:
    ts = (await ada.post(GENERAL, "nice"))["ts"]
    await client.reactions_add(channel=GENERAL, timestamp=ts, name="eyes")
    assert (
        await refused(client.reactions_add(channel=GENERAL, timestamp=ts, name="eyes")) == "already_reacted"
    )
    await ada.react(GENERAL, ts, "eyes")
    got = await client.reactions_get(channel=GENERAL, timestamp=ts)
    assert got["message"]["reactions"] == [{"name": "eyes", "users": [BOT_USER, ADA], "count": 2}]
    assert len((await client.reactions_list(user=ADA))["items"]) == 1
    await client.reactions_remove(channel=GENERAL, timestamp=ts, name="eyes")
    assert await refused(client.reactions_remove(channel=GENERAL, timestamp=ts, name="eyes")) == "no_reaction"
    assert (
        await refused(client.reactions_add(channel=GENERAL, timestamp="1.0", name="eyes"))
        == "message_not_found"
    )
    assert (
        await refused(client.reactions_add(channel=GENERAL, timestamp=ts, name="no spaces")) == "invalid_name"
    )


async def test_pins_and_bookmarks(client: AsyncWebClient, ada: Person) -> None:
    ts = (await ada.post(GENERAL, "keep this"))["ts"]
    await client.pins_add(channel=GENERAL, timestamp=ts)
    assert await refused(client.pins_add(channel=GENERAL, timestamp=ts)) == "already_pinned"
    assert [one["message"]["ts"] for one in (await client.pins_list(channel=GENERAL))["items"]] == [ts]
    await client.pins_remove(channel=GENERAL, timestamp=ts)
    assert await refused(client.pins_remove(channel=GENERAL, timestamp=ts)) == "no_pin"
    made = await client.bookmarks_add(
        channel_id=GENERAL, title="Sizes", type="link", link="https://example.com"
    )
    mark = made["bookmark"]["id"]
    await client.bookmarks_edit(channel_id=GENERAL, bookmark_id=mark, title="All sizes")
    assert [one["title"] for one in (await client.bookmarks_list(channel_id=GENERAL))["bookmarks"]] == [
        "All sizes"
    ]
    await client.bookmarks_remove(channel_id=GENERAL, bookmark_id=mark)
    assert (await client.bookmarks_list(channel_id=GENERAL))["bookmarks"] == []


async def test_scheduled_messages(client: AsyncWebClient, now: Clock, ada: Person) -> None:
    at = int(now.time)
    assert (
        await refused(client.chat_scheduleMessage(channel=GENERAL, post_at=at - 1, text="x"))
        == "time_in_past"
    )
    later = await client.chat_scheduleMessage(channel=GENERAL, post_at=at + 3600, text="later")
    await client.chat_scheduleMessage(channel=GENERAL, post_at=at + 1, text="soon")
    listed = (await client.chat_scheduledMessages_list())["scheduled_messages"]
    assert [one["text"] for one in listed] == ["soon", "later"]
    await client.chat_deleteScheduledMessage(
        channel=GENERAL, scheduled_message_id=later["scheduled_message_id"]
    )
    assert (await ada.wait_for_message(lambda one: one["text"] == "soon"))["bot_id"] == "B0APP"
    assert (await client.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_status_titles_and_prompts(client: AsyncWebClient, ada: Person) -> None:
    ts = (await ada.post(GENERAL, "why?"))["ts"]
    await client.assistant_threads_setStatus(channel_id=GENERAL, thread_ts=ts, status="is reading")
    frame = await ada.wait_for(lambda frame: frame["type"] == "status")
    assert (frame["thread_ts"], frame["text"]) == (ts, "is reading")
    await client.chat_postMessage(channel=GENERAL, thread_ts=ts, text="because")
    await ada.wait_for(lambda frame: frame["type"] == "status" and frame["text"] == "")
    await client.assistant_threads_setTitle(channel_id=GENERAL, thread_ts=ts, title="Why")
    thread = {"channel_id": GENERAL, "thread_ts": ts}
    await client.agents_sessions_setStatus(**thread, status="processing")
    await ada.wait_for(lambda frame: frame["type"] == "status" and frame["text"] == "is working")
    assert await refused(client.agents_sessions_setStatus(**thread, status="thinking")) == "invalid_arguments"
    prompts = [{"title": "Again", "message": "Why again?"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id=GENERAL, thread_ts=ts, prompts=prompts)
    frame = await ada.wait_for(lambda frame: frame["type"] == "prompts")
    assert frame["prompts"] == prompts


async def test_blocks_are_validated_without_being_sent(client: AsyncWebClient) -> None:
    divider: list[JSON] = [{"type": "divider"}]
    assert (await client.blocks_validate(blocks=divider))["ok"] is True
    assert await refused(client.api_call("blocks.validate", json={})) == "invalid_arguments"


async def test_revoking_the_token(client: AsyncWebClient, sandbox: Sandbox) -> None:
    assert (await client.auth_revoke(test=True))["revoked"] is False
    assert (await client.auth_revoke())["revoked"] is True
    assert await refused(client.auth_test()) == "invalid_auth"
    assert sandbox.log.since(kind="delivery")[-1]["name"] == "tokens_revoked"


WANTED = """
auth.test auth.revoke apps.connections.open team.info bots.info blocks.validate oauth.v2.access
chat.postMessage chat.update chat.delete chat.postEphemeral chat.getPermalink chat.meMessage
chat.scheduleMessage chat.deleteScheduledMessage chat.scheduledMessages.list
chat.startStream chat.appendStream chat.stopStream
conversations.list conversations.info conversations.history conversations.replies conversations.members
conversations.open conversations.join conversations.invite conversations.leave conversations.create
reactions.add reactions.get reactions.remove reactions.list views.open views.update views.push views.publish
files.getUploadURLExternal files.completeUploadExternal files.info files.list files.delete
users.info users.list users.conversations users.profile.get users.lookupByEmail
bookmarks.add bookmarks.list pins.add pins.list
assistant.threads.setStatus assistant.threads.setSuggestedPrompts assistant.threads.setTitle
"""


def test_no_method_that_was_asked_for_is_missing() -> None:
    assert set(WANTED.split()) - set(METHODS) == set()
