"""The engine's own databases: a SQLite file, or a schema beside the application's tables."""

import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext

from bot.store.database import PRAGMAS, parse_url

FILE = "durable.db"
CONNECTIONS = 8
CONNECT_S = 10


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
            "options": "-c idle_in_transaction_session_timeout=60000",  # a frozen replica holds no locks
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
