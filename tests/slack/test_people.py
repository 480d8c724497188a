"""Roles from Slack: seen by all, given by admins, in force at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.people import Person as Somebody
from bot.domain.people import Role
from tests.slack.office import ADA, DEV, MOSS, PATIENCE, Office, open_office, shows


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as opened:
        yield opened


async def ask(office: Office, user: str, words: str, *shown: str) -> None:
    async with office.person(user) as person:
        before = person.mark
        await person.command(MOSS, f"/plumb {words}")
        await person.wait_for_message(shows(*shown), PATIENCE, channel=MOSS, after=before)


async def test_an_admin_gives_a_role_and_it_holds_at_once(office: Office) -> None:
    await ask(office, ADA, f"who <@{DEV}> viewer", f"<@{DEV}> is *viewer* now")
    assert await office.bot.services.people.role(Somebody(DEV)) is Role.VIEWER
    await ask(office, DEV, "story approve ST-1", "needs the reviewer role")
    await ask(office, DEV, "who", "You are *viewer*", f"<@{DEV}> is *viewer*")


async def test_who_is_no_admin_gives_none(office: Office) -> None:
    await ask(office, DEV, f"who <@{DEV}> admin", "Giving roles needs the admin role")
    assert await office.bot.services.people.all() == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [("who ben reviewer", "Name one person"), (f"who <@{DEV}> reviwer", "Did you mean reviewer")],
)
async def test_what_is_not_understood_is_said(office: Office, words: str, said: str) -> None:
    await ask(office, ADA, words, said)
