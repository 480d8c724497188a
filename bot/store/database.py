"""Opening the database: engine, SQLite pragmas, migrations."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0002"

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=30000",
    "PRAGMA foreign_keys=ON",
)


def open_engine(url: str) -> AsyncEngine:
    """An async engine; on SQLite the file's folder is made and the pragmas are set on every connection.

    Writing transactions start with BEGIN IMMEDIATE: one that reads first and writes later would otherwise
    fail at once instead of waiting for its turn.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(parsed, pool_pre_ping=True)
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
    """Bring the database to the newest schema; safe to call on one that is there already."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except OperationalError as error:
        raise StoreError(
            "The database cannot be opened or migrated.",
            hint="Check PLUMB_DATA_DIR or PLUMB_DATABASE_URL, free disk space and other running copies.",
        ) from error


def schema_version(url: str) -> str | None:
    """The migration a SQLite database stands at, None where there is none; cheap, without Alembic."""
    path = make_url(url).database
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
    if make_url(url).get_backend_name() != "sqlite" or schema_version(url) == HEAD:
        return
    path = Path(make_url(url).database or "plumbline.db")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".migrating")):  # two commands may start at once
            upgrade(url)
    except OSError as error:
        raise StoreError(
            f"The data folder {path.parent} cannot be written.",
            hint="Set PLUMB_DATA_DIR to a folder of yours.",
        ) from error
