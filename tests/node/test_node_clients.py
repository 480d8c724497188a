"""The official Slack SDKs for Node, unchanged, against `python -m bot.sandbox` on both transports."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.node.packages import HERE, NODE, NPM, call


@pytest.fixture
def sandbox(packages: None) -> Iterator[str]:
    """The addresses and tokens of a sandbox of its own, as it prints them."""
    command = [sys.executable, "-m", "bot.sandbox", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  ourselves
        assert process.stdout is not None
        try:
            yield process.stdout.readline()
        finally:
            process.terminate()
            process.communicate(timeout=20)


def run(sandbox: str, *script: str) -> dict[str, Any]:
    """What the script found: the JSON in the last line it prints."""
    printed = call(NODE, *script, SANDBOX=sandbox, NO_PROXY="127.0.0.1", no_proxy="127.0.0.1")
    facts: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return facts


def test_web_api(sandbox: str) -> None:
    facts = run(sandbox, "web_api.mjs")
    assert facts["people"] == {"me": "U0APP", "team": "T0SILLGROVE", "people": 8, "ada": "Ada Okafor"}
    assert facts["channels"] == {
        "listed": ["general", "product-moss", "support"],
        "name": "general",
        "ada": True,
        "im": True,
        "seen": 2,
    }
    facts["chat"].pop("ts")
    assert facts["chat"] == {
        "thread": ["second", "below"],
        "metadata": {"event_type": "story", "event_payload": {"id": 7}},
        "block": "*second*",
        "whisper": True,
        "permalink": True,
        "waiting": ["later"],
    }
    assert facts["marks"] == {"reactions": [["thumbsup", 1]], "twice": "already_reacted", "pinned": 1}
    assert facts["files"] == {
        "names": ["tickets.csv", "notes.txt"],
        "body": "id,text\n1,pump\n",
        "size": 15,
        "stranger": False,
    }
    assert facts["stream"] == {"text": "**one** and two.", "kept": "**one** and two.", "ts": True}
    assert facts["views"] == {"id": True, "stale": "hash_conflict", "late": "invalid_trigger_id"}
    assert facts["refusals"] == {
        "code": True,
        "long": "invalid_blocks",
        "words": [
            "[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]",
            "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        ],
        "nowhere": "channel_not_found",
        "outside": "channel_not_found",
        "token": "invalid_auth",
    }
    assert facts["patience"] == {"refused": True, "retryAfter": 1, "waited": True, "again": True}


def test_socket_mode(sandbox: str) -> None:
    facts = run(sandbox, "socket_mode.mjs")
    required = {"title": "Please complete this required field."}
    assert facts["command"] is True
    assert facts["announced"] == "U0APP"
    assert facts["empty"] == {"ok": False, "error": "invalid_input", "errors": required}
    assert facts["short"] == {"ok": False, "error": "invalid_input", "errors": {"title": "too short"}}
    assert (facts["saved"], facts["action"]) == (True, "7")
    assert (facts["title"], facts["metadata"]) == ("pump is silent", "kept")
    assert facts["retries"] == [0, 0, 1, 0]
    assert facts["same"] is True
    assert facts["again"] == 1


@pytest.mark.parametrize("transport", ["socket", "http"])
def test_bolt(sandbox: str, transport: str) -> None:
    """The same tour on both transports ends in the same facts."""
    assert run(sandbox, "bolt.mjs", transport) == {
        "ok": True,
        "conversation": {"whisper": True, "state": "U0APP", "reaction": "U0APP", "pong": "U0APP"},
        "modals": {
            "offered": ["pump-theme"],
            "short": {"ok": False, "error": "invalid_input", "errors": {"title": "too short"}},
            "saved": "update",
            "title": "Done",
        },
        "home": "home",
        "heard": {
            "message": "ping",
            "view": {"owner": "U0BEN", "theme": "pump-theme", "metadata": "kept"},
            "closed": True,
        },
    }


def test_the_whole_tree_is_pinned() -> None:
    """Without a lock file (those record where packages came from): exact versions for all of it."""
    package = json.loads((HERE / "package.json").read_text(encoding="utf-8"))
    pins = [*package["dependencies"].values()]
    for pin in package["overrides"].values():
        pins += pin.values() if isinstance(pin, dict) else [pin]
    assert len(pins) > 100
    assert [pin for pin in pins if pin.strip("0123456789.")] == []


def test_every_installed_package_is_a_pinned_one(packages: None) -> None:
    package = json.loads((HERE / "package.json").read_text(encoding="utf-8"))
    names = set(_names(json.loads(call(NPM, "ls", "--all", "--json"))))
    assert names == {*package["dependencies"], *package["overrides"]}


def _names(tree: dict[str, Any]) -> Iterator[str]:
    for name, below in tree.get("dependencies", {}).items():
        if below:  # nothing: an optional package that is not there
            yield name
            yield from _names(below)
