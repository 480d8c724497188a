"""Copying the database to a file while it is in use."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from sqlalchemy import URL

from bot.errors import StoreError
from bot.store.database import parse_url

LOCK_S = 30.0  # an import holds the writing lock for seconds


def backup(url: str, target: Path, jobs: Sequence[Path] = ()) -> list[Path]:
    """Write a copy: of SQLite a database file, of PostgreSQL an archive for pg_restore; returns its files.

    ``jobs`` are the files that an embedded bot keeps jobs in. Each has a copy beside ``target``
    ("copy.db", "copy.inbox.db"), and all are of one moment, so that a restored bot goes on as after a crash.

    Raises:
        StoreError: there is nothing to copy, pg_dump is not there or failed, or a file cannot be written.
    """
    parsed = parse_url(url)
    targets = [target, *(target.with_name(f"{target.stem}.{each.name}") for each in jobs)]
    parts = [each.with_name(f"{each.name}.part") for each in targets]  # older backups stay until all is whole
    try:
        for part in parts:
            part.touch(mode=0o600)
        if parsed.get_backend_name() == "sqlite":
            _copy([Path(parsed.database or ""), *jobs], parts)
        else:
            _dump(parsed, parts[0])
        for part, whole in zip(parts, targets, strict=True):
            part.replace(whole)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"The backup {target} cannot be written.", hint="Name another file.") from error
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    return targets


def ending(url: str) -> str:
    """What a backup's name ends with."""
    return ".db" if parse_url(url).get_backend_name() == "sqlite" else ".dump"


def _copy(sources: Sequence[Path], targets: Sequence[Path]) -> None:
    if not sources[0].is_file():
        raise StoreError("There is no database yet.", hint="Import something first: plumb data import FILE")
    with ExitStack() as stack:
        readers = [stack.enter_context(closing(_open(source))) for source in sources]
        with ExitStack() as standstill:  # nobody writes while every reader gets its view
            for source in sources:
                standstill.enter_context(closing(_open(source))).execute("BEGIN IMMEDIATE")
            for reader in readers:
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for reader, target in zip(readers, targets, strict=True):
            with closing(sqlite3.connect(target)) as writing:
                reader.backup(writing)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=LOCK_S, isolation_level=None)


def _dump(url: URL, target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise StoreError(
            "Backing up PostgreSQL needs pg_dump, which is not on the PATH.",
            hint="Install PostgreSQL's client programs of the server's version.",
        )
    query = {"sslmode" if name == "ssl" else name: value for name, value in url.query.items()}
    address = url.set(drivername="postgresql", password=None, query=query).render_as_string()
    command = [program, "--format=custom", "--no-password", f"--file={target}", f"--dbname={address}"]
    # The password goes by the environment: arguments can be read by everybody on the machine.
    environment = {**os.environ, "PGPASSWORD": url.password} if url.password else dict(os.environ)
    done = subprocess.run(  # noqa: S603  a program by its own name, no shell
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise StoreError(
            f"pg_dump failed: {said[-1].removeprefix('pg_dump: ').removeprefix('error: ')}.",
            hint="Is the server running, and is pg_dump as new as it?",
        )
