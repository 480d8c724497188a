"""Fixtures that every kind of test shares."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import Store, open_store
from tests.postgres import empty_postgres_url, postgres_server, postgres_url

__all__ = ["empty_postgres_url", "postgres_server", "postgres_url"]


class FixedClock:
    """A clock that stands still until told otherwise."""

    def __init__(self, now: datetime = datetime(2026, 11, 16, 9, tzinfo=UTC)) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = open_store(database_url, "team-a")
    yield store
    await store.close()


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may find a real key in the environment."""
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "PLUMB_OPENAI_API_KEY", "PLUMB_ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
