"""`plumb doctor`: what is set up, what is missing, and the command that mends it."""

import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib import resources
from typing import TYPE_CHECKING

import typer

from bot.cli.checks import Check
from bot.cli.output import FormatOption, print_json, print_table, wants_json
from bot.cli.running import load_settings
from bot.cli.slack import slack_side
from bot.errors import PlumblineError

if TYPE_CHECKING:
    from bot.settings import Settings


def doctor(context: typer.Context, format_: FormatOption = None) -> None:
    """Look at the whole setup; exits 1 when something needs mending."""
    settings = load_settings()
    checks = examine(settings)
    if context.obj is not None:
        checks += slack_side(context).checks(settings)
    if wants_json(format_):
        print_json([asdict(check) for check in checks])
    else:
        rows = [("ok" if c.ok else "mend", c.what, c.found, c.mend) for c in checks]
        print_table("Plumbline setup", ["", "What", "Found", "To mend it"], rows)
    raise typer.Exit(0 if all(check.ok for check in checks) else 1)


def examine(settings: "Settings") -> list[Check]:
    """Every check in a fixed order; none of them changes anything."""
    looks: tuple[Callable[[Settings], Iterator[Check]], ...] = (
        _python,
        _folder,
        _database,
        _weights,
        _model,
    )
    return [check for look in looks for check in look(settings)]


def _python(_settings: "Settings") -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check(
        "Python", sys.version_info >= (3, 11), version, "" if sys.version_info >= (3, 11) else "Use 3.11+"
    )


def _folder(settings: "Settings") -> Iterator[Check]:
    folder = settings.data_dir
    if not folder.exists():
        yield Check("Data folder", True, f"{folder} will be made on first use")
        return
    writable = os.access(folder, os.W_OK)
    yield Check("Data folder", writable, str(folder), "" if writable else f"chmod u+rwx {folder}")
    key = folder / "install.key"
    if key.exists() and os.name == "posix":
        private = not key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        yield Check(
            "Install key",
            private,
            "private" if private else "others can read it",
            "" if private else f"chmod 600 {key}",
        )


def _database(settings: "Settings") -> Iterator[Check]:
    from bot.cli.database_checks import database_checks  # SQLAlchemy takes its time

    yield from database_checks(settings)


def _weights(_settings: "Settings") -> Iterator[Check]:
    folder = resources.files("bot.embeddings") / "minilm_l6_v2"
    digest = hashlib.sha256((folder / "model.int8.onnx").read_bytes()).hexdigest()
    sound = digest in (folder / "PROVENANCE.md").read_text(encoding="utf-8")
    yield Check(
        "Embedding model",
        sound,
        "MiniLM, as shipped" if sound else "changed file",
        "" if sound else "pip install --force-reinstall plumbline-bot",
    )


def _model(settings: "Settings") -> Iterator[Check]:
    if settings.model == "offline":
        yield Check("Language model", True, "offline: stories are drafted without a model")
        return
    from bot.models import open_language_model

    try:
        open_language_model(settings)
    except PlumblineError as error:
        yield Check("Language model", False, error.message, error.hint)
    else:
        yield Check("Language model", True, settings.model)
