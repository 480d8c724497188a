"""The server itself: who may talk to it, its controls, several workspaces, what it keeps."""

import asyncio
import json
import signal
import socket
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.sandbox import Person, Sandbox
from bot.sandbox.errors import BadRequest
from bot.sandbox.log import Log
from bot.sandbox.methods.oauth import CLIENT_ID, CLIENT_SECRET
from bot.sandbox.seed import ADA, FRANK, GENERAL, GRETA, LEADS, SUPPORT
from tests.paths import REPO
from tests.sandbox.conftest import QUICK
from tests.sandbox.test_signed_http import MANIFEST
from tests.sandbox.test_web_api import refused

JSON = dict[str, Any]


async def call(
    sandbox: Sandbox, method: str, path: str, body: Any = None, **headers: str
) -> tuple[int, JSON]:
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, sandbox.url + path, json=body) as answer,
    ):
        return answer.status, await answer.json()


@pytest.mark.parametrize("path", ["/page/snapshot?user=U0ADA", "/control/log", "/healthz", "/api/api.test"])
@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("Host", "evil.example", 403),
        ("Host", "127.0.0.1.evil.example:3900", 403),
        ("Origin", "https://evil.example", 403),
        ("Origin", "null", 403),
        ("Sec-Fetch-Site", "cross-site", 403),
        ("Sec-Fetch-Site", "same-origin", 200),
    ],
)
async def test_other_sites_are_refused(
    sandbox: Sandbox, path: str, header: str, value: str, status: int
) -> None:
    assert (await call(sandbox, "GET", path, **{header: value}))[0] == status


def test_only_the_loopback() -> None:
    with pytest.raises(BadRequest):
        Sandbox(host="0.0.0.0")  # noqa: S104  refused, which is the point


async def test_files_outside_the_page_are_not_served(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        for path in ("/../server.py", "/%2e%2e/server.py", "/..%2fserver.py", "/nothing.js"):
            async with session.get(URL(sandbox.url + path, encoded=True)) as answer:
                assert answer.status == 404


async def test_bad_requests_get_one_clear_sentence(sandbox: Sandbox) -> None:
    for method, path, body in (
        ("POST", "/page/act?user=U0ADA", {"do": "dance"}),
        ("POST", "/page/act?user=U0ADA", [1]),
        ("POST", "/page/act?user=U0NO", {"do": "post"}),
        ("POST", "/control/faults", {}),
        ("POST", "/control/event", {}),
        ("POST", "/control/app", {"manifest": 3}),
        ("POST", "/control/app", {"manifest": {"features": []}}),
        ("POST", "/control/app", {"manifest": {"features": {"slash_commands": [{"command": "plumb"}]}}}),
        ("POST", "/control/teams", {"team_id": "T0SILLGROVE"}),
        ("POST", "/control/teams", {"team_id": "T1", "users": [{}]}),
        ("POST", "/control/teams", {"team_id": "T1", "users": [{"id": "U0ADA"}]}),
        ("POST", "/control/teams", {"team_id": "T1", "bot_token": "xoxb-sandbox"}),
        ("GET", "/control/log?after=soon", None),
    ):
        status, answer = await call(sandbox, method, path, body)
        assert (status, answer["error"]) == (400, "bad_request"), path
        assert answer["message"]


async def test_the_snapshot_shows_what_this_person_may_see(sandbox: Sandbox, ada: Person) -> None:
    await sandbox.install(MANIFEST | {"settings": {"socket_mode_enabled": True}})
    seen = await ada.snapshot()
    assert {one["name"] for one in seen["channels"] if one["kind"] == "private"} == {"leads"}
    assert seen["commands"] == [{"command": "/plumb", "description": "Stories", "usage_hint": "story draft"}]
    assert (seen["app"]["name"], seen["me"]["role"]) == ("Plumbline", "owner")
    for outsider, channel in ((FRANK, SUPPORT), (GRETA, "C0MOSS")):
        async with sandbox.person(outsider) as guest:
            seen = await guest.snapshot()
            assert [one["id"] for one in seen["channels"] if one["kind"] != "im"] == [channel]
            assert (await guest.act("post", channel=GENERAL, text="x"))["error"] == "channel_not_found"


async def test_private_channels_stay_private(sandbox: Sandbox, ada: Person) -> None:
    async with sandbox.person("U0BEN") as ben:
        await ada.post(LEADS, "between us")
        await ada.post(GENERAL, "for all")
        await ben.wait_for_message(lambda one: one["text"] == "for all")
        assert not any(frame.get("channel") == LEADS for frame in ben.frames)


async def test_the_log_waits_and_is_bounded(sandbox: Sandbox, ada: Person) -> None:
    _, start = await call(sandbox, "GET", "/control/log?limit=1")
    waiting = asyncio.create_task(
        call(sandbox, "GET", f"/control/log?after={start['last']}&kind=person&wait=5")
    )
    await ada.post(GENERAL, "hello")
    _, answer = await waiting
    assert answer["entries"][0]["body"]["text"] == "hello"
    log = Log(size=10)
    for _ in range(35):
        log.add("x")
    assert log.last == 35
    assert [one["n"] for one in log.since(33)] == [34, 35]
    assert 10 <= len(log.since()) <= 20


async def test_raw_events_and_reset(sandbox: Sandbox, ada: Person) -> None:
    event = {"type": "agent_session_stopped", "user": ADA}
    _, answer = await call(sandbox, "POST", "/control/event", {"event": event, "event_id": "Ev1"})
    assert answer["event_id"] == "Ev1"
    await ada.post(GENERAL, "gone soon")
    await call(sandbox, "POST", "/control/reset", {})
    await ada.wait_for(lambda frame: frame["type"] == "reset")
    assert "gone soon" not in [one["text"] for one in await ada.messages(GENERAL)]
    assert len(await ada.messages(GENERAL)) == 4


@pytest.mark.filterwarnings(
    "ignore:BasicAuth is deprecated:DeprecationWarning"
)  # slack_sdk's own use of aiohttp
async def test_a_second_workspace_installs_the_app(sandbox: Sandbox, client: AsyncWebClient) -> None:
    wish = {
        "team_id": "T2",
        "name": "Fernpath",
        "users": [{"id": "U2ZOE"}],
        "channels": [{"id": "C2", "name": "all"}],
    }
    assert (await call(sandbox, "POST", "/control/teams", wish))[1]["ok"] is True
    query = {
        "client_id": CLIENT_ID, "scope": "chat:write,channels:history", "state": "s&1", "team": "T2",
        "redirect_uri": "http://127.0.0.1:1/oauth?x=1",
    }  # fmt: skip
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{sandbox.url}/oauth/v2/authorize", params=query, allow_redirects=False) as answer,
    ):
        location = urlsplit(answer.headers["Location"])
    back = parse_qs(location.query)
    assert (location.path, back["state"], back["x"]) == ("/oauth", ["s&1"], ["1"])
    bare = AsyncWebClient(base_url=sandbox.api_url)
    wrong = bare.oauth_v2_access(client_id=CLIENT_ID, client_secret="no", code=back["code"][0])
    assert await refused(wrong) == "bad_client_secret"
    granted = await bare.oauth_v2_access(
        client_id=CLIENT_ID, client_secret=CLIENT_SECRET, code=back["code"][0]
    )
    assert (granted["team"]["id"], granted["authed_user"]["id"]) == ("T2", "U2ZOE")
    again = bare.oauth_v2_access(client_id=CLIENT_ID, client_secret=CLIENT_SECRET, code=back["code"][0])
    assert await refused(again) == "invalid_code"
    second = AsyncWebClient(token=granted["access_token"], base_url=sandbox.api_url)
    assert (await second.auth_test())["team_id"] == "T2"
    assert await refused(second.chat_postMessage(channel=GENERAL, text="x")) == "channel_not_found"
    assert await refused(client.chat_postMessage(channel="C2", text="x")) == "channel_not_found"
    await call(sandbox, "POST", "/control/uninstall", {"team_id": "T2"})
    assert await refused(second.auth_test()) == "invalid_auth"
    assert sandbox.log.since(kind="delivery")[-1]["payload"]["team_id"] == "T2"


async def test_consent_only_redirects_to_this_machine(sandbox: Sandbox) -> None:
    path = f"/oauth/v2/authorize?client_id={CLIENT_ID}&team=T0SILLGROVE&redirect_uri=https://evil.example/"
    assert (await call(sandbox, "GET", path))[0] == 400


async def test_the_state_outlives_a_run(tmp_path: Path) -> None:
    path = tmp_path / "workspace.json"
    async with Sandbox(state=path, patience=QUICK) as sandbox, sandbox.person(ADA) as ada:
        await sandbox.install(MANIFEST | {"settings": {"socket_mode_enabled": True}})
        said = (await ada.post(GENERAL, "remember me"))["ts"]
        await ada.react(GENERAL, said, "eyes")
        file = (await ada.upload("a.txt", b"wet", channel=GENERAL, thread_ts=said))["files"][0]["id"]
        first = (await call(sandbox, "GET", "/control/state"))[1]
    async with Sandbox(state=path, patience=QUICK) as sandbox, sandbox.person(ADA) as ada:
        second = (await call(sandbox, "GET", "/control/state"))[1]
        assert second == first
        assert (await ada.messages(GENERAL))[-1]["reactions"][0]["users"] == [ADA]
        assert await ada.file(file) == b"wet"
        later = (await ada.post(GENERAL, "and me"))["ts"]
        assert later > said
        assert (await ada.snapshot())["app"]["name"] == "Plumbline"


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"version": 1}'])
async def test_a_damaged_state_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "workspace.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadRequest):
        await Sandbox(state=path).start()
    assert path.read_text(encoding="utf-8") == content


async def run(*options: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", *options, cwd=REPO, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_alone_until_stopped(number: signal.Signals, tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps(MANIFEST), encoding="utf-8")
    process = await run(
        "--port", "0", "--json", "--manifest", str(manifest), "--state", str(tmp_path / "s.json")
    )
    assert process.stdout is not None
    facts = json.loads(await asyncio.wait_for(process.stdout.readline(), 20))
    assert (await AsyncWebClient(token=facts["bot_token"], base_url=facts["api"]).auth_test())[
        "user"
    ] == "plumbline"
    process.send_signal(number)
    _, errors = await asyncio.wait_for(process.communicate(), 10)
    assert (process.returncode, errors) == (0, b"")
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["manifest"] == MANIFEST


async def test_a_taken_port_is_said_in_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = await run("--port", str(port))
        output, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert output == b""
    assert errors.decode().count("\n") == 1
    assert errors.decode().startswith(f"Port {port} on 127.0.0.1 cannot be used")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--port", "99999"), 2, "a port is a number from 0 to 65535"),
        (("--port", "0", "--host", "0.0.0.0"), 2, "loopback only"),  # noqa: S104  refused, which is the point
        (("--port", "0", "--state", "/no/such/folder/s.json"), 2, "no such folder"),
        (("--port", "0", "--manifest", "/no/such/manifest.json"), 2, "cannot be read as a manifest"),
    ],
    ids=["port", "host", "state", "manifest"],
)
async def test_options_that_cannot_be(options: tuple[str, ...], code: int, said: str) -> None:
    process = await run(*options)
    _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert (process.returncode, "Traceback" in errors.decode()) == (code, False)
    assert said in errors.decode().splitlines()[-1]


async def test_ten_thousand_messages(sandbox: Sandbox, client: AsyncWebClient, ada: Person) -> None:
    channel = sandbox.world.channels[GENERAL]
    for number in range(10_000):
        sandbox.world.post(channel, {"user": ADA, "team": "T0SILLGROVE", "text": f"n{number}"})
    history = await client.conversations_history(channel=GENERAL, limit=999)
    assert history["messages"][0]["text"] == "n9999"
    assert len(history["messages"]) == 999
    shown = await ada.messages(GENERAL)
    assert shown[-1]["text"] == "n9999"
