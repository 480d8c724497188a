"""What `plumb doctor` says about Slack, asked of the sandbox, and the views it sends there."""

import asyncio
import importlib
import inspect
import pkgutil
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import handlers.views
from bot.cli.checks import Check
from bot.sandbox import Sandbox
from bot.settings import Settings
from handlers.checkup import examine
from handlers.features import FEATURES
from handlers.manifest import manifest, scopes
from handlers.views import kit
from handlers.views.gallery import GALLERY

BUILDERS = ("forms", "gallery", "kit", "rich", "specimens", "text", "twin")


class Elsewhere:
    """A sandbox on a loop of its own: `plumb doctor` has one for itself."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.sandbox = Sandbox(port=0)
        self.run(self.sandbox.start())

    def run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def close(self) -> None:
        self.run(self.sandbox.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    made = Elsewhere()
    yield made
    made.close()


@pytest.fixture
def sandbox(elsewhere: Elsewhere) -> Sandbox:
    elsewhere.run(elsewhere.sandbox.install(manifest(FEATURES)))
    return elsewhere.sandbox


def settings_for(sandbox: Sandbox, **more: Any) -> Settings:
    return Settings(
        **{
            "slack_api_url": sandbox.api_url,
            "slack_bot_token": sandbox.bot_token,
            "slack_app_token": sandbox.app_token,
            **more,
        }
    )


def found(settings: Settings) -> dict[str, Check]:
    return {check.what: check for check in examine(settings)}


def test_a_sound_setup_is_sound(sandbox: Sandbox) -> None:
    checks = found(settings_for(sandbox))
    assert {what: check.mend for what, check in checks.items() if not check.ok} == {}
    assert list(checks) == ["Bot token", "Socket Mode", "Workspace", "Scopes", "Views"]
    assert checks["Views"].found == f"Slack takes all {len(GALLERY)}"
    assert str(len(scopes(FEATURES))) in checks["Scopes"].found


def test_missing_scopes_are_named(sandbox: Sandbox, elsewhere: Elsewhere) -> None:
    poor = manifest(FEATURES)
    poor["oauth_config"]["scopes"]["bot"].remove("files:write")
    elsewhere.run(sandbox.install(poor))
    check = found(settings_for(sandbox, channel_history=True))["Scopes"]
    assert check.found == "missing: channels:history, files:write, groups:history"
    assert "plumb manifest" in check.mend


def test_a_view_that_slack_refuses_is_named(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(GALLERY, "too long", lambda: kit.Message("x", ({"type": "header"},)))
    check = found(settings_for(sandbox))["Views"]
    assert not check.ok
    assert "too long" in check.found


def test_nobody_connected_is_no_fault() -> None:
    (check,) = examine(Settings())
    assert check.ok


@pytest.mark.parametrize(
    ("wrong", "what", "mend"),
    [
        ({"slack_bot_token": "xoxp-canary"}, "Bot token", "PLUMB_SLACK_BOT_TOKEN"),
        ({"slack_bot_token": "xoxb-canary 2"}, "Bot token", "PLUMB_SLACK_BOT_TOKEN"),
        ({"slack_bot_token": "xoxb-canary"}, "Workspace", "bot token"),
        ({"slack_app_token": "xoxb-canary"}, "App-level token", "PLUMB_SLACK_APP_TOKEN"),
        ({"slack_app_token": None}, "App-level token", "PLUMB_SLACK_APP_TOKEN"),
        ({"slack_app_token": "xapp-canary"}, "Socket Mode", "connections:write"),
        ({"slack_transport": "http"}, "Signing secret", "PLUMB_SLACK_SIGNING_SECRET"),
        ({"slack_transport": "http"}, "Port", "PLUMB_HTTP_PORT"),
        ({"slack_transport": "http", "public_url": "http://canary"}, "Public address", "PLUMB_PUBLIC_URL"),
        ({"slack_client_id": "1.2"}, "Client secret", "PLUMB_SLACK_CLIENT_SECRET"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_what_is_wrong_has_its_mend_and_shows_no_secret(
    sandbox: Sandbox, wrong: dict[str, Any], what: str, mend: str
) -> None:
    checks = found(settings_for(sandbox, **wrong))
    assert not checks[what].ok
    assert mend in checks[what].mend
    shown = {check.found + check.mend for name, check in checks.items() if name != "Public address"}
    assert not any("canary" in text or sandbox.bot_token in text for text in shown)


def test_slack_away_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    away = Settings(
        slack_api_url=f"http://127.0.0.1:{port}/api/", slack_bot_token="xoxb-1", slack_app_token="xapp-1"
    )
    checks = found(away)
    for what in ("Socket Mode", "Workspace"):
        assert "cannot be reached" in checks[what].found


def views() -> set[str]:
    """Every function of a view module that gives a message or a view."""
    names: set[str] = set()
    for module in pkgutil.iter_modules(handlers.views.__path__):
        if module.name in BUILDERS:
            continue
        content = vars(importlib.import_module(f"handlers.views.{module.name}"))
        for name, function in content.items():
            ours = inspect.isfunction(function) and function.__module__.startswith(
                f"handlers.views.{module.name}"
            )
            if ours and not name.startswith("_") and _gives(function) in (kit.Message, kit.View):
                names.add(f"{module.name}.{name}")
    return names


def _gives(function: Any) -> Any:
    return inspect.signature(function).return_annotation


def test_every_view_is_in_the_gallery() -> None:
    assert {name.split(" ")[0] for name in GALLERY} == views()
