"""Nonsense gets an answer with Slack's name for it, never a traceback."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.methods import METHODS
from bot.sandbox.people import ACTS
from bot.sandbox.seed import ADA, BOT_TOKEN, GENERAL

JSON = dict[str, Any]
NAMED = """
channel channel_id channels ts timestamp thread_ts message_ts user users user_id text blocks
attachments metadata markdown_text chunks view view_id trigger_id external_id hash limit cursor
oldest latest types name files filename length post_at scheduled_message_id recipient_team_id
recipient_user_id prompts status title type link bookmark_id message email code client_id file count
page team_id bot topic is_private block_id action_id value state query callback_id tab on all
"""
NAMES = NAMED.split()
NESTED = (
    "chunks",
    "files",
    "prompts",
    "blocks",
    "view",
    "metadata",
    "attachments",
    "state",
    "value",
    "users",
)
CONTROLS = ("manifest", "request_url", "what", "times", "seconds", "reason", "event", "event_id", "bot_token")
TASK = {"type": "task_update", "id": "1", "title": "x", "status": "complete"}
JUNK: dict[str, Any] = {
    "number": 7,
    "list": [1, None],
    "lists": [[1], {}],
    "object": {"a": []},
    "text": "§%'{[",
    "true": True,
    "null": None,
    "ids": [{"id": [1], "type": [], "title": {}, "message": []}],
    "task": [{**TASK, "sources": 3}],
    "tasks": [{**TASK, "id": {}}, {**TASK, "status": []}, {**TASK, "details": {}}],
    "modal": {"type": "modal", "blocks": 3},
    "state": {"b": 3, "c": {"d": {}}},
}


def sane(channel: str, ts: str) -> JSON:
    """What is needed to get further in than the first check."""
    return {"channel": channel, "channel_id": channel, "ts": ts, "timestamp": ts, "user": ADA, "text": "x"}


def wishes(ts: str) -> dict[str, JSON]:
    everything = {kind: dict.fromkeys(NAMES, junk) for kind, junk in JUNK.items()}
    halves = {f"half-{kind}": {**all_junk, **sane(GENERAL, ts)} for kind, all_junk in everything.items()}
    begun = {**sane(GENERAL, ts), "thread_ts": ts, "recipient_team_id": "T", "recipient_user_id": ADA}
    singles = {f"{name}-{kind}": {**begun, name: junk} for name in NESTED for kind, junk in JUNK.items()}
    return {"nothing": {}, "sane": sane(GENERAL, ts), **everything, **halves, **singles}


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"auth.revoke", "apps.uninstall"}))
async def test_methods(sandbox: Sandbox, method: str) -> None:
    ts = sandbox.world.channels[GENERAL].order[-1]
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for kind, wish in wishes(ts).items():
            async with session.post(sandbox.api_url + method, json=wish) as answer:
                assert answer.status == 200, (kind, await answer.text())
                said = await answer.json()
                assert said["ok"] is True or said["error"], kind


@pytest.mark.parametrize("do", sorted(ACTS))
async def test_acts(sandbox: Sandbox, do: str) -> None:
    ts = sandbox.world.channels[GENERAL].order[-1]
    async with aiohttp.ClientSession() as session:
        for kind, wish in wishes(ts).items():
            body = {**wish, "do": do}
            async with session.post(f"{sandbox.url}/page/act", params={"user": ADA}, json=body) as answer:
                assert answer.status == 200, (kind, await answer.text())


PATHS = ["app", "uninstall", "faults", "socket", "event", "teams", "limits"]


@pytest.mark.parametrize("path", PATHS)
async def test_controls(sandbox: Sandbox, path: str) -> None:
    async with aiohttp.ClientSession() as session:
        for junk in JUNK.values():
            wish = dict.fromkeys([*NAMES, *CONTROLS], junk)
            async with session.post(f"{sandbox.url}/control/{path}", json=wish) as answer:
                assert answer.status in (200, 400), await answer.text()


async def test_a_response_url(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        for junk in [*JUNK.values(), *wishes("1.0").values()]:
            url = sandbox.hub.responses.issue("T0SILLGROVE", GENERAL, ADA)
            async with session.post(url, json=junk) as answer:
                assert answer.status == 200, await answer.text()
