"""The invariants of the house that no linter of ours knows."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.paths import REPO

SOURCES = [*sorted((REPO / "bot").rglob("*.py")), *sorted((REPO / "handlers").rglob("*.py"))]
README = (REPO / "README.md").read_text(encoding="utf-8")


def test_dependencies_point_inward() -> None:
    """In a process of its own: the linter turns other loggers off."""
    command = [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())",
    ]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)  # noqa: S603  fixed command
    assert done.returncode == 0, done.stdout


def test_every_setting_is_documented_with_its_default() -> None:
    for name in Settings.model_fields:
        assert f"`PLUMB_{name.upper()}`" in README, f"README does not document {name}"


def test_only_the_settings_read_the_environment() -> None:
    reading = re.compile(r"getenv|environ\.get\(|environ\[[^]]+\](?! =)")
    readers = [path for path in SOURCES if reading.search(path.read_text(encoding="utf-8"))]
    assert readers == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(REPO)))
def test_files_stay_readable(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(REPO)))
def test_every_module_says_what_it_owns(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), "no module docstring"


def test_every_command_is_in_the_readme() -> None:
    from bot.cli.app import app

    for group in app.registered_groups:
        assert group.typer_instance is not None
        for command in group.typer_instance.registered_commands:
            name = command.name or getattr(command.callback, "__name__", "")
            assert f"plumb {group.name} {name}" in README, f"README does not show plumb {group.name} {name}"


def test_every_verb_is_in_the_readme() -> None:
    from handlers.features import FEATURES

    for verb in (verb for feature in FEATURES for verb in feature.verbs):
        assert f"| `/plumb {verb.name}` |" in README, f"README does not show /plumb {verb.name}"


def test_requirements_are_pinned_by_hash_without_an_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (REPO / "deploy" / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][\w.\-\[\]]*==", text, re.MULTILINE)
        assert len(pins) > 20
        assert "://" not in text
        assert "--index-url" not in text
        for block in _blocks(text):
            assert "--hash=sha256:" in block, block.splitlines()[0]


def _blocks(text: str) -> Iterator[str]:
    block: list[str] = []
    for line in text.splitlines():
        if re.match(r"^[a-z0-9]", line) and block:
            yield "\n".join(block)
            block = []
        if line.strip() and not line.startswith("#"):
            block.append(line)
    yield "\n".join(block)
