"""The permissions the app asks for are those that it needs: read out of the code that calls Slack."""

import ast
import inspect
from collections.abc import Iterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.methods import METHODS as SANDBOX
from handlers import scopes
from tests.paths import REPO

SOURCES = [path for path in sorted((REPO / "handlers").rglob("*.py")) if path.name != "scopes.py"]
CLIENT = {
    name
    for name, member in inspect.getmembers(AsyncWebClient)
    if inspect.iscoroutinefunction(member) and "_" in name and not name.startswith("_")
} - {"api_call"}
DOTTED = {"files_upload_v2": "files.getUploadURLExternal", "apps_connections_open": "apps.connections.open"}


def called() -> set[str]:
    """Names of the client's methods, as attributes or as words handed on, and methods called by their own
    name."""
    return {name for path in SOURCES for name in _names(ast.parse(path.read_text(encoding="utf-8")))}


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLIENT:
            yield node.attr
        if not isinstance(node, ast.Call):
            continue
        by_name = isinstance(node.func, ast.Attribute) and node.func.attr == "api_call"
        for argument in node.args:
            if isinstance(argument, ast.Constant) and (by_name or argument.value in CLIENT):
                yield str(argument.value).replace(".", "_")


def test_every_method_that_is_called_is_listed_and_no_other() -> None:
    assert called() == set(scopes.METHODS)


@pytest.mark.parametrize("method", sorted(scopes.METHODS))
def test_a_listed_method_needs_what_slack_says(method: str) -> None:
    """The sandbox holds Slack's own list, kept by other hands: any of them is enough there."""
    enough = set(SANDBOX[DOTTED.get(method, method.replace("_", ".", 1))].scope)
    needed = scopes.METHODS[method]
    assert needed <= enough
    assert bool(needed) == bool(enough)


def test_what_the_client_offers_is_known() -> None:
    assert {"chat_postMessage", "views_open", "auth_test"} <= CLIENT
