"""Opening the database: engine, SQLite pragmas, migrations."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import SettingsError, StoreError
from bot.store.failures import connecting
from bot.store.postgres import POSTGRES, asyncpg_url, open_postgres, run_apart, version

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0012"
_MIGRATING = threading.Lock()  # Alembic keeps its state in a module

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=30000",
    "PRAGMA foreign_keys=ON",
)


def parse_url(url: str) -> URL:
    """The address of the database, for the drivers in use.

    Raises:
        SettingsError: it is no address, or of a database that Plumbline does not run on.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise _unusable() from None
    name = parsed.drivername.partition("+")[0]
    if name in POSTGRES:
        return asyncpg_url(parsed)
    if name == "sqlite":
        return parsed.set(drivername="sqlite+aiosqlite")
    raise _unusable()


def _unusable() -> SettingsError:
    return SettingsError(
        "PLUMB_DATABASE_URL names no database that Plumbline runs on.",
        hint="SQLite (leave it empty), or postgresql+asyncpg://USER:PASSWORD@HOST/NAME.",
    )


def is_sqlite(url: str) -> bool:
    return parse_url(url).get_backend_name() == "sqlite"


def open_engine(url: str, frozen_after: str = "") -> AsyncEngine:
    """An async engine; on SQLite the file's folder is made and the pragmas are set on every connection.
    ``frozen_after`` is PostgreSQL's: see there.

    Writing transactions start with BEGIN IMMEDIATE: one that reads first and writes later would otherwise
    fail at once instead of waiting for its turn.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() != "sqlite":
        return open_postgres(parsed, frozen_after)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(parsed)

    @event.listens_for(engine.sync_engine, "connect")
    def _pragmas(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # SQLAlchemy, not the driver, says when a transaction begins
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        read_only = connection.get_execution_options().get("read_only", False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def upgrade(url: str) -> None:
    """Bring the database to the newest schema; safe to call on one that is there already, and from several
    processes at once.

    Raises:
        StoreError: it cannot be reached, opened or written.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option(
        "sqlalchemy.url", parse_url(url).render_as_string(hide_password=False).replace("%", "%%")
    )
    with _MIGRATING, connecting():
        command.upgrade(config, "head")


def schema_version(url: str) -> str | None:
    """The migration a database stands at, None where there is none; cheap, without Alembic.

    Raises:
        StoreError: a served database cannot be reached.
    """
    if not is_sqlite(url):
        with connecting():
            return run_apart(version(parse_url(url)))
    path = parse_url(url).database
    if not path or not Path(path).exists():
        return None
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.DatabaseError:
            return None
    return str(row[0]) if row else None


def ensure_schema(url: str) -> None:
    """Embedded SQLite migrates itself when it is behind; a served database has `plumb db upgrade`."""
    if not is_sqlite(url) or schema_version(url) == HEAD:
        return
    path = Path(parse_url(url).database or "plumbline.db")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".migrating")):  # two commands may start at once
            upgrade(url)
    except OSError as error:
        raise StoreError(
            f"The data folder {path.parent} cannot be written.",
            hint="Set PLUMB_DATA_DIR to a folder of yours.",
        ) from error
