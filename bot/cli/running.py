"""Running one command against the services: open, do, close."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from bot.errors import InputError

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.importers import LogFile
    from bot.settings import Settings

Result = TypeVar("Result")


def load_settings() -> "Settings":
    """What the environment says. Raises SettingsError; imports what `plumb --help` need not wait for."""
    from bot.settings import load_settings as load

    return load()


def with_services(work: Callable[["Services"], Awaitable[Result]]) -> Result:
    """Run ``work`` on its own event loop with services that are closed whatever happens."""

    from bot.bootstrap import build_services  # everything is behind it: `plumb --help` need not wait

    async def run() -> Result:
        services = build_services(load_settings())
        try:
            return await work(services)
        finally:
            await services.close()

    return asyncio.run(run())


def open_file(file: str, mapping: list[str], kind: str | None) -> "LogFile":
    """Open a log by path; "-" reads standard input."""
    from bot.importers import COMMAND_LINE, open_log

    return open_log(
        data_of(file),
        filename=filename_of(file),
        mapping=parse_mapping(mapping),
        kind=kind,
        limits=COMMAND_LINE,
    )


def names_a_file(word: str) -> bool:
    """Whether a word means a file rather than the name of a source."""
    return word == "-" or Path(word).exists() or "." in word or "/" in word


def filename_of(file: str) -> str:
    return "standard input" if file == "-" else Path(file).name


def source_of(file: str, named: str) -> str:
    """The source a file adds to: as named, else the file's name without its endings."""
    if named:
        return named
    if file == "-":
        return "stdin"
    name = Path(file).name
    return name.split(".")[0] or name.strip(".") or "log"


def parse_mapping(pairs: list[str]) -> dict[str, str]:
    """``message=body`` pairs, several to an option, separated by commas."""
    mapping: dict[str, str] = {}
    for pair in (part for text in pairs for part in text.split(",")):
        key, equals, column = pair.partition("=")
        if not equals or not key.strip() or not column.strip():
            raise InputError(
                f"--map {pair!r} is not of the form field=column.", hint="For example: --map message=body"
            )
        mapping[key.strip()] = column.strip()
    return mapping


def data_of(file: str) -> Path | BinaryIO:
    """What a command reads: a file by its path, standard input for "-". Raises InputError."""
    if file == "-":
        return sys.stdin.buffer
    path = Path(file)
    if path.is_dir():
        raise InputError(f"{file} is a folder, not a file.", hint="Name one export file.", code="not_found")
    if not path.is_file():
        raise InputError(f"There is no file {file}.", hint="Check the path.", code="not_found")
    return path
