"""What durable jobs are built from: errors that can be stored, the engine's databases, its log."""

import logging
import pickle
import time
from collections.abc import Iterator
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot import errors
from bot.durable.databases import psycopg_url, sqlite_engine
from bot.durable.quiet import Sparing
from bot.durable.retries import portable


def kinds(root: type[errors.PlumblineError]) -> Iterator[type[errors.PlumblineError]]:
    yield root
    for child in root.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from kinds(child)


@pytest.mark.parametrize("kind", list(kinds(errors.PlumblineError)), ids=lambda kind: kind.__name__)
def test_every_error_of_ours_survives_being_stored(kind: Any) -> None:
    takes = signature(kind.__init__).parameters
    offered = {"hint": "Do this.", "field": "title", "retry_after": 1.5, "reason": "not_in_channel"}
    error = kind("It went so.", **{name: value for name, value in offered.items() if name in takes})
    error.code = "another"
    assert portable(error) is error
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  dumped just now
    assert type(again) is kind
    assert again.__dict__ == error.__dict__
    assert (str(again), again.message, again.code) == ("It went so.", "It went so.", "another")


class Stubborn(Exception):
    """Cannot be copied: its constructor wants what its arguments do not hold."""

    def __init__(self, *, why: str) -> None:
        super().__init__(f"because of {why}")


def test_what_cannot_be_stored_is_kept_in_words() -> None:
    kept = portable(Stubborn(why="pride"))
    assert (type(kept), str(kept)) == (RuntimeError, "Stubborn: because of pride")
    foreign = ValueError("as it is")
    assert portable(foreign) is foreign


def test_old_sqlite_knows_milliseconds(tmp_path: Path) -> None:
    """Also as a column's default, as DBOS's own tables have it from Python 3.12 on."""
    engine = sqlite_engine(tmp_path / "jobs.db")
    before = time.time()
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (n INT, at INTEGER DEFAULT (unixepoch('subsec') * 1000))"))
        connection.execute(text("INSERT INTO t (n) VALUES (1)"))
        (at,) = connection.execute(text("SELECT at FROM t")).one()
        (journal,) = connection.execute(text("PRAGMA journal_mode")).one()
    engine.dispose()
    assert before * 1000 - 1 <= at <= time.time() * 1000 + 1
    assert journal == "wal"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("postgresql+asyncpg://u:p%40ss@db:5432/x", "postgresql+psycopg://u:p%40ss@db:5432/x"),
        ("postgresql+asyncpg://u@/x?host=/run/pg", "postgresql+psycopg://u@/x?host=%2Frun%2Fpg"),
        ("postgresql+asyncpg://db/x?ssl=require", "postgresql+psycopg://db/x?sslmode=require"),
    ],
)
def test_one_address_serves_both_drivers(given: str, expected: str) -> None:
    assert psycopg_url(given).render_as_string(hide_password=False) == expected


def test_the_same_trouble_is_logged_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr("bot.durable.quiet.time.monotonic", lambda: now)
    sparing = Sparing()

    def passes(message: str) -> str | None:
        record = logging.LogRecord("dbos", logging.WARNING, "", 0, message, None, None)
        return record.getMessage() if sparing.filter(record) else None

    assert passes("Database connection failed: once more\nwith a long story") is not None
    assert passes("Database connection failed: once more, attempt 2") is None
    assert passes("Something else\nand its traceback") == "Something else"
    now += 61
    assert passes("Database connection failed: once more, attempt 99") is not None
