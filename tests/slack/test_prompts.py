"""Prompts at the wire: saved by a form, compared, promoted on a verdict by somebody else, rolled back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.people import Person
from tests.slack.office import ADA, BEN, DEV, MOSS, PATIENCE, Office, inputs, open_office, shows

pytestmark = pytest.mark.asyncio(loop_scope="module")
TEXT = "# System\nYou answer customers.\n# User\n{{ question }}\n"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder: Path = tmp_path_factory.mktemp("prompts")
    async with open_office(folder) as opened:
        await opened.bot.services.prompts.save("reply", TEXT, Person(BEN, "Ben", is_admin=True))
        await opened.bot.services.prompts.save(
            "reply", TEXT.replace("customers", "customers kindly"), Person(BEN, "Ben", is_admin=True)
        )
        yield opened


async def ask(office: Office, user: str, words: str, *shown: str) -> str:
    """What somebody typed, and the answer that shows all of this."""
    async with office.person(user) as person:
        before = person.mark
        await person.command(MOSS, f"/plumb {words}")
        told = await person.wait_for_message(shows(*shown), PATIENCE, channel=MOSS, after=before)
    assert told.get("ephemeral")
    return str(told)


async def test_a_form_saves_a_version_and_says_what_to_look_at(office: Office) -> None:
    async with office.person(DEV) as dev:
        before = dev.mark
        await dev.command(MOSS, "/plumb prompt save")
        view = await dev.wait_for_modal(
            lambda v: v.get("callback_id") == "prompt_save", PATIENCE, after=before
        )
        await dev.submit(view["id"], inputs(view, name="triage", text=TEXT, note="first"))
        await dev.wait_for_message(shows("Saved as *triage@1*"), PATIENCE, after=before)
    assert (await office.bot.services.prompts.get("triage")).author == DEV


async def test_a_text_that_is_no_prompt_is_refused_in_words(office: Office) -> None:
    async with office.person(DEV) as dev:
        before = dev.mark
        await dev.command(MOSS, "/plumb prompt save")
        view = await dev.wait_for_modal(
            lambda v: v.get("callback_id") == "prompt_save", PATIENCE, after=before
        )
        broken = TEXT.replace("{{ question }}", "{{ 'a' * 10 ** 9 }}")
        answer = await dev.submit(view["id"], inputs(view, name="bomb", text=broken))
        assert "Line 4" in str(answer)
        answer = await dev.submit(view["id"], inputs(view, name="No Name", text=TEXT))
        assert "errors" in str(answer)
    names = [each.name for each in await office.bot.services.prompts.list_prompts()]
    assert "bomb" not in names


async def test_what_changed_is_marked_by_words(office: Office) -> None:
    told = await ask(office, ADA, "prompt diff reply@1 2", "reply@1 → reply@2", "kindly")
    assert "'bold': True" in told
    await ask(office, ADA, "prompt show reply", "reply@2")
    await ask(office, ADA, "prompt list", "reply")
    await ask(office, ADA, "prompt show nothing", "nothing")


async def test_promoting_needs_grounds_and_another_person(office: Office) -> None:
    await ask(office, BEN, "prompt promote reply@1 because the old one is broken", "is yours")
    await ask(office, ADA, "prompt promote reply@1", "no experiment that says")
    await ask(office, ADA, "prompt promote reply@1 on EX-999", "EX-999")
    await ask(office, DEV, "prompt promote reply@1 because it was always live", "*reply@1* is in production")
    await ask(
        office, ADA, "prompt promote reply@2 because the old one is broken", "*reply@2* is in production"
    )
    assert (await office.bot.services.prompts.get("reply@production")).version == 2
    await ask(office, ADA, "prompt log reply", "the old one is broken", "promoted")


async def test_rolling_back_is_one_command_with_a_reason(office: Office) -> None:
    await ask(office, DEV, "prompt rollback reply", "reason")
    await ask(office, DEV, "prompt rollback reply because tone", "*reply@1* is back in production", "tone")
    assert (await office.bot.services.prompts.get("reply@production")).version == 1
    async with office.person(DEV) as dev:
        before = dev.mark
        direct = await office.direct(DEV)
        await dev.command(direct, "/plumb prompt show reply@production")
        card = await dev.wait_for_message(shows("reply@1", "prompt_rollback"), PATIENCE, after=before)
        before = dev.mark
        await dev.click("prompt_rollback", channel=direct, ts=card["ts"], value="reply")
        view = await dev.wait_for_modal(
            lambda v: v.get("callback_id") == "prompt_rollback", PATIENCE, after=before
        )
        await dev.submit(view["id"], inputs(view, to="2", reason="it was not the tone"))
        await dev.wait_for_message(shows("*reply@2* is back in production"), PATIENCE, after=before)
