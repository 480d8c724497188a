"""What `plumb doctor` says about the database, on SQLite and on PostgreSQL."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, NullPool
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.cli.checks import Check
from bot.errors import PlumblineError
from bot.settings import Settings
from bot.store.database import HEAD, is_sqlite, parse_url, schema_version
from bot.store.postgres import CONNECT_S, run_apart

COUNTED = {"source": "sources", "ticket": "tickets", "story": "stories"}
JOBS_SCHEMA = "dbos"


def database_checks(settings: Settings) -> Iterator[Check]:
    """Where it is and at which schema, whether it can be written, what it holds, who works with it."""
    where = ""
    try:
        embedded = is_sqlite(settings.database)
        where = "" if embedded else f"{parse_url(settings.database).render_as_string(hide_password=True)}: "
        version = schema_version(settings.database)
    except PlumblineError as error:
        yield Check("Database", False, where + error.message, error.hint)
        return
    if version is None and embedded:
        yield Check("Database", True, "none yet; made by the first import")
        return
    current = version == HEAD
    found = f"schema {version}" if version else "without tables"
    found += "" if current else f", this version needs schema {HEAD}"
    yield Check("Database", current, where + found, "" if current else "plumb db upgrade")
    if embedded:
        yield from _sqlite(Path(parse_url(settings.database).database or ""))
        yield from _lock(settings.data_dir / "durable.lock")
    elif current:
        yield from _postgres(settings.database)


def _sqlite(path: Path) -> Iterator[Check]:
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    yield Check(
        "Writing",
        writable,
        "allowed" if writable else f"{path} or its folder is read-only",
        "" if writable else f"chmod u+rw {path}; chmod u+rwx {path.parent}",
    )
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        counts = {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608  fixed names
            for name in COUNTED
        }
        sound = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    yield _contents(counts, sound)


def _contents(counts: dict[str, int], sound: bool = True) -> Check:
    found = ", ".join(f"{count:,} {name if count == 1 else COUNTED[name]}" for name, count in counts.items())
    return Check("Contents", sound, found, "" if sound else "Restore the newest `plumb db backup`")


def _lock(path: Path) -> Iterator[Check]:
    """One process works on a data folder; looking for it is no harm to it."""
    if not path.exists():
        return
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield Check("Running", True, "a bot is at work on this data folder")
    except OSError:
        yield Check("Running", False, f"{path} cannot be opened", f"chmod u+rw {path}")
    else:
        lock.release()
        yield Check("Running", True, "no bot is at work on this data folder")


def _postgres(url: str) -> Iterator[Check]:
    try:
        read_only, jobs, counts = run_apart(_looked_at(url))
    except (SQLAlchemyError, OSError) as error:
        yield Check(
            "Contents", False, f"cannot be read ({type(error).__name__})", "Check the rights of the role"
        )
        return
    yield Check(
        "Writing",
        not read_only,
        "refused: a standby, or a role without the right" if read_only else "allowed",
        "Point PLUMB_DATABASE_URL at the primary, and grant the role INSERT" if read_only else "",
    )
    yield Check(
        "Durable jobs", jobs, "tables are there" if jobs else "no tables", "" if jobs else "plumb db upgrade"
    )
    yield _contents(counts)


async def _looked_at(url: str) -> tuple[bool, bool, dict[str, int]]:
    engine = create_async_engine(parse_url(url), poolclass=NullPool, connect_args={"timeout": CONNECT_S})
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_look)
    finally:
        await engine.dispose()


def _look(connection: Connection) -> tuple[bool, bool, dict[str, int]]:
    def first(statement: str) -> object:
        return connection.exec_driver_sql(statement).scalar()

    writable = "NOT pg_is_in_recovery() AND has_table_privilege('ticket', 'INSERT')"
    read_only = first(f"SELECT {writable} AND current_setting('transaction_read_only') = 'off'") is not True
    jobs = first(f"SELECT count(*) FROM pg_namespace WHERE nspname = '{JOBS_SCHEMA}'") == 1  # noqa: S608  same
    counts = {name: int(str(first(f"SELECT count(*) FROM {name}"))) for name in COUNTED}  # noqa: S608  fixed names
    return read_only, jobs, counts
