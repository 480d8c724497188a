"""Where jobs are kept: two SQLite files that one process holds, or tables and a schema in PostgreSQL."""

import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy
from filelock import FileLock, Timeout
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.durable.intake import transaction
from bot.errors import StoreError
from bot.store.database import PRAGMAS, is_sqlite, open_engine, parse_url
from bot.store.inbox import INBOX

FILE = "durable.db"
INBOX_FILE = "inbox.db"
CONNECTIONS = 8
CONNECT_S = 10
FROZEN_AFTER = "10s"  # transactions here are tiny; a replica that froze within one must not hold its locks


def job_files(app_url: str, folder: Path) -> list[Path]:
    """The files that jobs are kept in besides the application's database: none with PostgreSQL, nor before
    the first start."""
    files = [folder / INBOX_FILE, folder / FILE] if is_sqlite(app_url) else []
    return [file for file in files if file.is_file()]


def hold_folder(folder: Path) -> FileLock:
    """Keep every other process off a data folder until released.

    Raises:
        StoreError: another one holds it, or it cannot be written.
    """
    lock = FileLock(folder / "durable.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreError(
            f"Another Plumbline is running on the data folder {folder}.",
            hint="Stop it first, or set PLUMB_DATA_DIR to another folder.",
        ) from None
    except OSError as error:
        raise StoreError(
            f"The data folder {folder} cannot be written.", hint="Set PLUMB_DATA_DIR to a folder of yours."
        ) from error
    return lock


async def open_inbox(app_url: str, folder: Path) -> AsyncEngine:
    """The database of the inbox. Embedded, a file of its own: an import holds the writing lock of the main
    one for seconds, and nobody can wait that long for an answer.

    Raises:
        StoreError: the file cannot be opened.
    """
    if not is_sqlite(app_url):
        return open_engine(app_url, frozen_after=FROZEN_AFTER)
    engine = open_engine(f"sqlite+aiosqlite:///{folder / INBOX_FILE}")
    async with transaction(engine) as connection:
        await connection.run_sync(INBOX.create, checkfirst=True)
    return engine


def sqlite_engine(path: Path) -> sqlalchemy.Engine:
    """An engine with the house's pragmas, and what old SQLite lacks."""
    engine = sqlalchemy.create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in PRAGMAS:
            connection.execute(pragma)
        if sqlite3.sqlite_version_info < (3, 42):
            connection.create_function("unixepoch", -1, unixepoch)

    return engine


def unixepoch(*arguments: str) -> float | int:
    """SQLite's unixepoch('subsec'), which came with 3.42 and which DBOS calls from Python 3.12 on."""
    return time.time() if arguments == ("subsec",) else int(time.time())


def postgres_engine(app_url: str) -> sqlalchemy.Engine:
    """An engine of few connections; whoever cannot connect is told so that DBOS waits and tries again."""
    engine = sqlalchemy.create_engine(
        psycopg_url(app_url),
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={
            "application_name": "plumbline jobs",
            "connect_timeout": CONNECT_S,
            "options": f"-c idle_in_transaction_session_timeout={FROZEN_AFTER}",
        },
    )

    @event.listens_for(engine, "handle_error")
    def _no_connection(context: ExceptionContext) -> None:
        # DBOS tells an outage by psycopg's words, and those differ for sockets and addresses.
        if context.connection is None:
            context.is_disconnect = True

    return engine


def psycopg_url(app_url: str) -> sqlalchemy.URL:
    """The same PostgreSQL for psycopg, which names the encryption setting otherwise than asyncpg."""
    url = parse_url(app_url).set(drivername="postgresql+psycopg")
    if "ssl" not in url.query:
        return url
    mode = url.query["ssl"]
    return url.difference_update_query(["ssl"]).update_query_dict({"sslmode": mode})
