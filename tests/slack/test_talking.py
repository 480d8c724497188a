"""Commands, words, roles and failures at the wire: what light listeners do, without a single draft."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.slack.office import (
    ADA,
    BEN,
    FRANK,
    GENERAL,
    GRETA,
    MOSS,
    SUPPORT,
    Office,
    open_office,
    shows,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder: Path = tmp_path_factory.mktemp("talking")
    async with open_office(folder) as opened:
        yield opened


async def test_help_is_private_and_lists_every_verb(office: Office) -> None:
    async with office.person(ADA) as ada, office.person(BEN) as ben:
        await ada.command(SUPPORT, "/plumb help")
        told = await ada.wait_for_message(shows("story draft", "story export"), channel=SUPPORT)
        assert told["ephemeral"]
        assert not [frame for frame in ben.frames if "story draft" in str(frame)]


@pytest.mark.parametrize("typed", ["", "help", "   "], ids=["nothing", "help", "blanks"])
async def test_nothing_is_a_call_for_help(office: Office, typed: str) -> None:
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(GENERAL, f"/plumb {typed}")
        await ada.wait_for_message(shows("story draft"), channel=GENERAL, after=before)


async def test_a_slip_gets_the_nearest_verb_and_an_example(office: Office) -> None:
    async with office.person(ADA) as ada:
        await ada.command(SUPPORT, "/plumb stroy darft from x.csv")
        told = await ada.wait_for_message(shows("story draft from tickets.csv"), channel=SUPPORT)
        assert told["ephemeral"]


async def test_an_unknown_word_for_a_state_is_named(office: Office) -> None:
    async with office.person(ADA) as ada:
        await ada.command(SUPPORT, "/plumb story list aproved")
        await ada.wait_for_message(shows("aproved", "approved"), channel=SUPPORT)


async def test_a_file_that_is_not_there_is_one_clear_sentence(office: Office) -> None:
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        await ada.command(SUPPORT, "/plumb story draft from nowhere.csv")
        told = await ada.wait_for_message(shows("nowhere.csv"))
        assert "Traceback" not in str(told)
        assert not [m for m in await ada.messages(direct) if "Drafting" in str(m.get("text"))]


async def test_direct_messages_understand_the_same_words(office: Office) -> None:
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.post(direct, "help")
        told = await ada.wait_for_message(
            lambda m: m.get("user") != ADA and shows("story draft")(m), channel=direct, after=before
        )
        assert not told.get("ephemeral")


async def test_a_mention_is_answered_for_the_one_who_asked(office: Office) -> None:
    async with office.person(BEN) as ben, office.person(ADA) as ada:
        before = ben.mark
        await ben.post(MOSS, "<@U0APP> story list")
        await ben.wait_for_message(
            lambda m: m.get("user") != BEN and bool(m.get("ephemeral")), channel=MOSS, after=before
        )
        assert not [f for f in ada.frames if (f.get("message") or {}).get("user") == "U0APP"]


@pytest.mark.parametrize("outsider", [FRANK, GRETA], ids=["guest", "other organisation"])
async def test_people_from_outside_see_no_story_and_draft_none(office: Office, outsider: str) -> None:
    channel = SUPPORT if outsider == FRANK else MOSS
    async with office.person(outsider) as person:
        before = person.mark
        await person.command(channel, "/plumb story draft from tickets.csv")
        await person.wait_for_message(shows("role"), after=before)
        before = person.mark
        await person.command(channel, "/plumb story list")
        told = await person.wait_for_message(
            lambda m: bool(m.get("ephemeral")), channel=channel, after=before
        )
        assert "ST-" not in str(told)
        before = person.mark
        await person.open_home()
        home = await person.wait_for_home(after=before)
        assert "ST-" not in str(home)


async def test_the_home_of_a_new_workspace_says_how_to_begin(office: Office) -> None:
    async with office.person(ADA) as ada:
        await ada.open_home()
        assert "/plumb story draft" in str(await ada.wait_for_home())


async def test_what_nobody_listens_to_is_acked(office: Office) -> None:
    after = office.sandbox.log.last
    async with office.person(ADA) as ada:
        said = [m for m in await ada.messages(GENERAL) if not m.get("ephemeral")]
        await ada.react(GENERAL, said[-1]["ts"], "seedling")
        await office.sandbox.log.wait(after, "delivery", 5)
    entries = await _acked(office, after)
    assert entries
    assert all(entry["acked"] for entry in entries)


async def test_a_redelivered_command_is_answered_once(office: Office) -> None:
    office.sandbox.hub.faults.add({"on": "delivery:slash_commands", "what": "duplicate", "times": 1})
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(GENERAL, "/plumb help story")
        await ada.wait_for_message(shows("story export"), channel=GENERAL, after=before)
        await office.settled()
        answers = [
            frame
            for frame in ada.frames[before:]
            if frame["type"] == "message" and shows("story export")(frame["message"])
        ]
        assert len(answers) == 1


async def _acked(office: Office, after: int) -> list[dict[str, object]]:
    await office.settled()
    return office.sandbox.log.since(after, "delivery")
