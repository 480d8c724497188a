"""Both transports against the sandbox: what reaches Bolt, what is turned away, what they do when cut."""

import asyncio
import hashlib
import hmac
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SettingsError
from bot.sandbox import Patience as SandboxPatience
from bot.sandbox import Person, Sandbox
from bot.sandbox.seed import ADA, GENERAL
from bot.settings import Settings
from handlers.manifest import EVENTS_PATH, manifest
from handlers.transport import HttpServer, SocketTransport, slack_routes, web_client
from handlers.transport.socket import Patience

QUICK = Patience(ping=0.2, hello=2.0, look=0.05, down=0.2, pong=0.6, silence=60.0, ack=1.0)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(patience=SandboxPatience(ack=1.0, retries=(0.1, 0.1))) as sandbox:
        yield sandbox


@pytest.fixture
def settings(sandbox: Sandbox) -> Settings:
    return settings_for(sandbox)


def settings_for(sandbox: Sandbox, **more: Any) -> Settings:
    return Settings(
        **{
            "slack_api_url": sandbox.api_url,
            "slack_bot_token": sandbox.bot_token,
            "slack_app_token": sandbox.app_token,
            "slack_signing_secret": sandbox.signing_secret,
            **more,
        }
    )


class Listening:
    """A Bolt app that remembers the words it was sent; ``hold`` keeps it from going on."""

    def __init__(self, settings: Settings, sandbox: Sandbox) -> None:
        self.app = AsyncApp(
            client=web_client(settings, sandbox.bot_token), signing_secret=sandbox.signing_secret
        )
        self.app.command("/plumb")(self._listen)
        self.heard: list[str] = []
        self.finished: list[str] = []
        self.begun = asyncio.Event()
        self.hold = asyncio.Event()
        self.hold.set()

    async def _listen(self, ack: Callable[..., Awaitable[None]], body: dict[str, Any]) -> None:
        self.heard.append(body["text"])
        self.begun.set()
        if body["text"] == "ack late":
            await self.hold.wait()
        await ack(text="heard: " + body["text"])
        await self.hold.wait()
        self.finished.append(body["text"])


@pytest.fixture
def listening(settings: Settings, sandbox: Sandbox) -> Listening:
    return Listening(settings, sandbox)


@pytest.fixture
async def ada(sandbox: Sandbox) -> AsyncIterator[Person]:
    async with sandbox.person(ADA) as ada:
        yield ada


@asynccontextmanager
async def connected(app: AsyncApp, settings: Settings) -> AsyncIterator[SocketTransport]:
    transport = SocketTransport(app, settings, patience=QUICK)
    await transport.start()
    try:
        yield transport
    finally:
        await transport.stop()


async def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110  the condition is somebody else's state
            await asyncio.sleep(0.01)


class TestSocketMode:
    async def test_commands_arrive_and_are_acked(
        self, settings: Settings, listening: Listening, ada: Person
    ) -> None:
        async with connected(listening.app, settings) as transport:
            assert transport.connected
            answer = await ada.command(GENERAL, "/plumb help")
            assert answer["ok"], answer
            await ada.wait_for_message(lambda message: message["text"] == "heard: help")
        assert not transport.connected

    async def test_a_refreshed_connection_loses_nothing(
        self, sandbox: Sandbox, settings: Settings, listening: Listening, ada: Person
    ) -> None:
        async with connected(listening.app, settings) as transport:
            await sandbox.hub.sockets.disconnect("refresh_requested")
            await until(lambda: transport.connected and sandbox.hub.sockets.count == 1)
            assert (await ada.command(GENERAL, "/plumb after"))["ok"]

    async def test_a_cut_connection_comes_back(
        self, sandbox: Sandbox, settings: Settings, listening: Listening, ada: Person
    ) -> None:
        async with connected(listening.app, settings) as transport:
            await sandbox.hub.sockets.disconnect(cut=True)
            await until(lambda: not transport.connected)
            await until(lambda: transport.connected and sandbox.hub.sockets.count == 1)
            assert (await ada.command(GENERAL, "/plumb after"))["ok"]

    async def test_a_socket_that_looks_alive_but_is_dead_is_replaced(
        self, sandbox: Sandbox, settings: Settings, listening: Listening, ada: Person
    ) -> None:
        """It brings nothing any more: Slack has forgotten it, and nobody closed it."""
        silent = Patience(ping=5.0, hello=2.0, look=0.05, silence=0.3, ack=1.0)
        transport = SocketTransport(listening.app, settings, patience=silent)
        await transport.start()
        sandbox.hub.sockets._connections.clear()
        assert transport.connected
        await until(lambda: sandbox.hub.sockets.count >= 1)
        assert sandbox.calls("auth.test")
        assert (await ada.command(GENERAL, "/plumb after"))["ok"]
        await transport.stop()

    async def test_an_app_of_several_workspaces_notices_it_too(
        self, sandbox: Sandbox, settings: Settings, listening: Listening
    ) -> None:
        """It has no token of its own, and Slack says so: that is an answer."""
        listening.app.client.token = None
        silent = Patience(ping=5.0, hello=2.0, look=0.05, silence=0.3, ack=1.0)
        transport = SocketTransport(listening.app, settings, patience=silent)
        await transport.start()
        await until(lambda: len(sandbox.calls("apps.connections.open")) >= 2)
        assert transport.connected
        await transport.stop()

    async def test_a_silent_socket_is_kept_while_slack_itself_is_away(
        self, sandbox: Sandbox, settings: Settings, listening: Listening
    ) -> None:
        sandbox.hub.faults.add({"on": "api:auth.test", "what": "status", "times": -1, "status": 500})
        silent = Patience(ping=5.0, hello=2.0, look=0.02, silence=0.05, ack=1.0)
        listening.app.client.retry_handlers = []
        transport = SocketTransport(listening.app, settings, patience=silent)
        await transport.start()
        await until(lambda: len(sandbox.calls("auth.test")) >= 3)
        assert len(sandbox.calls("apps.connections.open")) == 1
        await transport.stop()

    async def test_slack_away_at_the_start_is_waited_for(
        self, sandbox: Sandbox, settings: Settings, listening: Listening, ada: Person
    ) -> None:
        sandbox.hub.faults.add(
            {"on": "api:apps.connections.open", "what": "status", "times": 4, "status": 503}
        )
        async with connected(listening.app, settings) as transport:
            assert not transport.connected
            await until(lambda: transport.connected)
            assert (await ada.command(GENERAL, "/plumb after"))["ok"]

    async def test_a_token_that_slack_does_not_take_is_one_sentence(
        self, sandbox: Sandbox, listening: Listening
    ) -> None:
        settings = settings_for(sandbox, slack_app_token="xapp-canary")
        with pytest.raises(SettingsError) as caught:
            await SocketTransport(listening.app, settings, patience=QUICK).start()
        assert "app-level token" in caught.value.message
        assert "canary" not in caught.value.message + caught.value.hint

    async def test_no_token_names_the_setting(self, sandbox: Sandbox, listening: Listening) -> None:
        settings = settings_for(sandbox, slack_app_token=None)
        with pytest.raises(SettingsError) as caught:
            await SocketTransport(listening.app, settings, patience=QUICK).start()
        assert "PLUMB_SLACK_APP_TOKEN" in caught.value.hint

    async def test_stopping_waits_for_acks_and_leaves_listeners_alone(
        self, settings: Settings, listening: Listening, ada: Person
    ) -> None:
        listening.hold.clear()
        async with connected(listening.app, settings) as transport:
            waiting = asyncio.create_task(ada.command(GENERAL, "/plumb ack late"))
            await listening.begun.wait()
            stopping = asyncio.create_task(transport.stop())
            await asyncio.sleep(0)
            assert listening.finished == []
            listening.hold.set()
            await stopping
        assert (await waiting)["ok"]
        await until(lambda: listening.finished == ["ack late"])

    async def test_a_listener_that_goes_on_after_its_ack_is_not_cancelled(
        self, settings: Settings, listening: Listening, ada: Person
    ) -> None:
        listening.hold.clear()
        async with connected(listening.app, settings):
            assert (await ada.command(GENERAL, "/plumb long"))["ok"]
        assert listening.finished == []
        listening.hold.set()
        await until(lambda: listening.finished == ["long"])


@asynccontextmanager
async def served(listening: Listening, settings: Settings) -> AsyncIterator[str]:
    server = HttpServer(slack_routes(listening.app, settings), host="127.0.0.1", port=0)
    await server.start()
    assert server.connected
    try:
        yield f"http://127.0.0.1:{server.port}{EVENTS_PATH}"
    finally:
        await server.stop()
        assert not server.connected


class TestHttp:
    async def test_signed_commands_arrive(
        self, sandbox: Sandbox, settings: Settings, listening: Listening, ada: Person
    ) -> None:
        async with served(listening, settings) as url:
            await sandbox.install(
                manifest((), transport="http", public_url="https://bot.example.com"), request_url=url
            )
            assert (await ada.command(GENERAL, "/plumb help"))["ok"]
            await ada.wait_for_message(lambda message: message["text"] == "heard: help")

    async def test_requests_that_are_not_slacks_are_turned_away(
        self,
        settings: Settings,
        listening: Listening,
        sandbox: Sandbox,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level(logging.DEBUG)
        body = "command=%2Fplumb&text=canary-of-a-customer&team_id=T0&user_id=U0"
        now = str(int(time.time()))
        good = sign(sandbox.signing_secret, now, body)
        async with served(listening, settings) as url, aiohttp.ClientSession() as session:

            async def status(headers: dict[str, str], sent: str | bytes = body) -> int:
                kind = {"Content-Type": "application/x-www-form-urlencoded"}
                async with session.post(url, data=sent, headers=kind | headers) as answer:
                    text = await answer.text()
                    assert "Traceback" not in text
                    assert answer.status == 200 or "canary" not in text
                    return answer.status

            assert await status(signed(now, good)) == 200
            assert await status({}) == 401
            assert await status({"X-Slack-Request-Timestamp": now}) == 401
            assert await status({"X-Slack-Signature": good}) == 401
            for timestamp in ("now", "1e9", "-5", "12.5", "٣٤", "9" * 40, ""):
                again = sign(sandbox.signing_secret, timestamp, body)
                assert await status(signed(timestamp, again)) == 401, timestamp
            for old in (int(now) - 400, int(now) + 400):
                assert await status(signed(str(old), sign(sandbox.signing_secret, str(old), body))) == 401
            for signature in ("v0=" + "0" * 64, "v0=é", "v0", good[3:], good.upper()):
                assert await status(signed(now, signature)) == 401, signature
            assert await status(signed(now, sign("another secret", now, body))) == 401
            assert await status(signed(now, good), body + "&more=1") == 401
            assert await status(signed(now, good), b"\xff\xfe") == 401
            assert await status(signed(now, good), b"x" * 1_000_001) == 413
            async with session.get(url) as answer:
                assert answer.status == 405
        assert listening.heard == ["canary-of-a-customer"]
        assert "Invalid request signature" not in caplog.text

    async def test_a_body_without_end_is_cut_off(
        self, settings: Settings, listening: Listening, sandbox: Sandbox
    ) -> None:
        sent = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal sent
            for _ in range(400):
                sent += 65_536
                yield b"x" * 65_536

        now = str(int(time.time()))
        async with served(listening, settings) as url, aiohttp.ClientSession() as session:
            try:
                async with session.post(url, data=endless(), headers=signed(now, "v0=0")) as answer:
                    assert answer.status == 413
            except aiohttp.ClientConnectionError:
                pass  # it hung up on us: also an answer
        assert sent < 400 * 65_536

    async def test_a_port_that_is_taken_is_one_sentence(
        self, settings: Settings, listening: Listening
    ) -> None:
        first = HttpServer([], host="127.0.0.1", port=0)
        await first.start()
        with pytest.raises(SettingsError, match=f"127.0.0.1:{first.port}"):
            await HttpServer([], host="127.0.0.1", port=first.port).start()
        await first.stop()

    async def test_http_without_a_signing_secret_names_the_setting(
        self, sandbox: Sandbox, listening: Listening
    ) -> None:
        with pytest.raises(SettingsError) as caught:
            slack_routes(listening.app, settings_for(sandbox, slack_signing_secret=None))
        assert "PLUMB_SLACK_SIGNING_SECRET" in caught.value.hint


def sign(secret: str, timestamp: str, body: str) -> str:
    """Slack's recipe, written down again (docs.slack.dev, verifying requests)."""
    base = b"v0:" + timestamp.encode() + b":" + body.encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def signed(timestamp: str, signature: str) -> dict[str, str]:
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}


class TestCalls:
    async def test_a_rate_limit_is_waited_out(self, sandbox: Sandbox, settings: Settings) -> None:
        sandbox.hub.faults.add({"on": "api:auth.test", "what": "rate_limit", "times": 1, "seconds": 1})
        assert (await web_client(settings, sandbox.bot_token).auth_test())["ok"]
        assert [call["status"] for call in sandbox.calls("auth.test")] == [429, 200]

    async def test_a_server_error_is_tried_again(self, sandbox: Sandbox, settings: Settings) -> None:
        sandbox.hub.faults.add({"on": "api:auth.test", "what": "status", "times": 1, "status": 503})
        assert (await web_client(settings, sandbox.bot_token).auth_test())["ok"]

    async def test_the_outbox_decides_for_itself(self, sandbox: Sandbox, settings: Settings) -> None:
        sandbox.hub.faults.add({"on": "api:auth.test", "what": "rate_limit", "times": 1, "seconds": 1})
        with pytest.raises(SlackApiError):
            await web_client(settings, sandbox.bot_token, repeats=False).auth_test()
        assert len(sandbox.calls("auth.test")) == 1

    def test_a_proxy_is_not_asked_for_what_is_on_this_machine(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
        assert web_client(settings).proxy is None
        elsewhere: AsyncWebClient = web_client(Settings())
        assert elsewhere.proxy == "http://proxy.example:3128"
