"""How the views are written: one door for markup, literal templates, no awaiting, no clock, no services."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import REPO

VIEWS = REPO / "handlers" / "views"
FILES = sorted(VIEWS.rglob("*.py"))
DOOR = {VIEWS / "text.py", VIEWS / "twin.py"}
BUILDERS = {VIEWS / "kit.py"}
ALLOWED = ("bot.domain", "handlers.views")
STANDARD = {"collections", "dataclasses", "typing", "re", "json"}
INVENTED = {"datetime"}  # for the days of invented things; no view asks what time it is


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def words_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_there_are_files() -> None:
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(VIEWS)))
def test_only_the_door_makes_markup(path: Path) -> None:
    """Elsewhere ``Markup`` is only ever empty, and every template is a literal."""
    if path not in DOOR:
        assert all(not call.args for call in calls(path, "Markup"))
    for call in calls(path, "markup"):
        assert isinstance(call.args[0], ast.Constant), f"line {call.lineno}: a template that is built"
    if path not in BUILDERS | DOOR:
        assert "mrkdwn" not in set(words_of(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(VIEWS)))
def test_views_are_pure(path: Path) -> None:
    standard = STANDARD | INVENTED if path.name == "specimens.py" else STANDARD
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not isinstance(node, ast.AsyncFunctionDef | ast.Await)
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.module is not None
            modules = [node.module]
        for module in modules:
            assert module.startswith(ALLOWED) or module.split(".")[0] in standard, module


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(VIEWS)))
def test_nothing_is_shouted(path: Path) -> None:
    """No exclamation marks in what people read."""
    if path not in DOOR:
        docs = {ast.get_docstring(node) for node in _documented(path)}
        assert not [said for said in words_of(path) if "!" in said and said.strip() not in docs]


def _documented(path: Path) -> Iterator[ast.Module | ast.FunctionDef | ast.ClassDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            yield node
