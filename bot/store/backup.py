"""Copying the database to a file while it is in use."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from bot.errors import StoreError
from bot.store.database import parse_url


def backup(url: str, target: Path) -> None:
    """Write a copy: of SQLite a database file, of PostgreSQL an archive for pg_restore.

    Raises:
        StoreError: there is nothing to copy, pg_dump is not there or failed, or the file cannot be written.
    """
    parsed = parse_url(url)
    part = target.with_name(f"{target.name}.part")  # an older backup stays until the new one is whole
    try:
        part.touch(mode=0o600)
        if parsed.get_backend_name() == "sqlite":
            _copy(Path(parsed.database or ""), part)
        else:
            _dump(parsed, part)
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"The backup {target} cannot be written.", hint="Name another file.") from error
    finally:
        part.unlink(missing_ok=True)


def ending(url: str) -> str:
    """What a backup's name ends with."""
    return ".db" if parse_url(url).get_backend_name() == "sqlite" else ".dump"


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise StoreError("There is no database yet.", hint="Import something first: plumb data import FILE")
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)


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
