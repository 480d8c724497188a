"""Votes from before there were marks are votes still, and can be changed and taken back."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from bot.domain.feedback import Tally, Vote
from bot.services.feedback import FeedbackService
from bot.store import open_store
from bot.store.database import MIGRATIONS, open_engine, parse_url, upgrade
from tests.conftest import FixedClock

AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
BEFORE = """
INSERT INTO vote (team, output, "user", thumb, reasons, comment, correction, given_at) VALUES
('team-a', 'story:ST-1', 'U1', 'up', '[]', '', '', :at),
('team-a', 'story:ST-1', 'U2', 'down', '["too_long"]', 'Half of it', '', :at),
('team-a', 'story:ST-1', 'U3', 'taken back:down', '[]', '', '', :at),
('team-a', 'story:ST-1', 'U4', 'up', '["other"]', 'was not sure', '', :at)
"""


@pytest.fixture
def database_url(database_url: str, request: pytest.FixtureRequest) -> str:
    """Here databases start empty."""
    if database_url.startswith("postgresql"):
        return str(request.getfixturevalue("empty_postgres_url"))
    return database_url


def migrate(url: str, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    address = parse_url(url).render_as_string(hide_password=False)
    config.set_main_option("sqlalchemy.url", address.replace("%", "%%"))
    command.upgrade(config, to)


async def test_votes_of_old_become_marks_of_the_button(database_url: str) -> None:
    await asyncio.to_thread(migrate, database_url, "0007")
    engine = open_engine(database_url)
    async with engine.begin() as connection:
        at = AT.replace(tzinfo=None).isoformat(" ") if "sqlite" in database_url else AT
        await connection.execute(text(BEFORE), {"at": at})
    await engine.dispose()
    await asyncio.to_thread(upgrade, database_url)
    store = open_store(database_url, "team-a")
    feedback = FeedbackService(store, FixedClock())
    assert await feedback.votes("story:ST-1") == [
        Vote("story:ST-1", "U1", "up", AT),
        Vote("story:ST-1", "U2", "down", AT, ("too_long",), "Half of it"),
        Vote("story:ST-1", "U4", "up", AT),
    ]
    later = AT + timedelta(hours=1)
    assert await feedback.vote("story:ST-1", "U3", "down", AT - timedelta(hours=1)) == Tally(2, 1)  # too late
    assert await feedback.withdraw("story:ST-1", "U1", at=later) == Tally(1, 1)
    assert await feedback.vote("story:ST-1", "U4", "down", later) == Tally(0, 2)
    vote = await feedback.vote_of("story:ST-1", "U4")
    assert vote is not None
    assert (vote.reasons, vote.comment) == (("other",), "was not sure")
    await store.close()
