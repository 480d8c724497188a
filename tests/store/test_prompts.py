"""The registry: versions that never change, labels that move on grounds, and a log of it all."""

import asyncio
from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.domain.people import Role
from bot.errors import InputError, NotAllowed, NotFound
from bot.services.people import PeopleService
from bot.services.prompts import PromptService
from bot.store import Store
from bot.store.database import open_engine
from tests.conftest import FixedClock
from tests.store.registry import ANA, BO, BODY, CY, GUEST, OWNER, fails, three


class TestSaving:
    """What becomes a version."""

    async def test_a_version_is_as_it_was_saved(self, prompts: PromptService, clock: FixedClock) -> None:
        saved = await prompts.save("reply", f"\n{BODY}\r\n", ANA, note="first", model="openai:gpt-5-mini")
        found = await prompts.get("reply@1")
        assert found == saved.version
        assert (found.prompt.system, found.prompt.user) == ("Never promise a refund.", "{{ message }}")
        assert (found.author, found.owner, found.note) == ("U1ANA", "U1ANA", "first")
        assert (found.model, found.inputs, found.origin) == ("openai:gpt-5-mini", ("message",), "saved")
        assert found.created_at == clock.time
        assert found.fingerprint == sha256(BODY.encode()).hexdigest()

    async def test_the_same_text_again_makes_no_version(self, prompts: PromptService) -> None:
        await prompts.save("reply", BODY, ANA)
        await prompts.save("reply", BODY + " Be brief.", ANA)
        for _ in range(2):
            again = await prompts.save("reply", BODY + "\r\n\n", BO, note="another note")
            assert (again.new, again.version.reference) == (False, ("reply", 1))
        assert len(await prompts.versions("reply")) == 2
        other_model = await prompts.save("reply", BODY, BO, model="openai:gpt-5")
        assert (other_model.new, other_model.version.version) == (True, 3)

    async def test_model_and_owner_stay_until_changed(self, prompts: PromptService) -> None:
        await prompts.save("reply", BODY, ANA, model="a:b", owner="U7")
        second = (await prompts.save("reply", BODY + "2", BO)).version
        third = (await prompts.save("reply", BODY + "3", BO, model="", owner="U8")).version
        assert (second.model, second.owner, second.author) == ("a:b", "U7", "U2BO")
        assert (third.model, third.owner) == ("", "U8")

    async def test_two_who_save_at_once_get_two_versions(self, prompts: PromptService) -> None:
        async with asyncio.timeout(30):
            saved = await asyncio.gather(*(prompts.save("reply", f"{BODY} {n}", ANA) for n in range(6)))
        assert sorted(each.version.version for each in saved) == [1, 2, 3, 4, 5, 6]

    async def test_an_edit_of_an_older_version_is_noticed(self, prompts: PromptService) -> None:
        await prompts.save("reply", BODY, ANA, expected=0)
        await prompts.save("reply", BODY + "2", BO, expected=1)
        error = await fails(InputError, prompts.save("reply", BODY + "3", ANA, expected=1))
        assert (error.code, "U2BO saved reply@2" in error.message) == ("saved_meanwhile", True)
        assert len(await prompts.versions("reply")) == 2

    async def test_nothing_private_is_kept(self, prompts: PromptService, store: Store) -> None:
        saved = await prompts.save("reply", BODY + " Mail ana@example.com.", ANA, note="asked bo@example.com")
        assert saved.version.prompt.body.endswith("Mail [EMAIL_1].")
        assert saved.findings[0].code == "redacted"
        await fails(InputError, prompts.save("reply", BODY + " key sk-proj-a1B2c3D4e5F6g7H8i9", ANA))
        async with store.read() as unit:
            kept = repr(await unit.prompts.versions("reply"))
        assert "example.com" not in kept
        assert "sk-proj" not in kept

    async def test_what_ships_is_not_saved_over(self, prompts: PromptService) -> None:
        error = await fails(InputError, prompts.save("draft_story", BODY, ANA))
        assert error.message == (
            "draft_story ships with Plumbline and cannot be saved over; choose another name."
        )
        await fails(InputError, prompts.promote("draft_story@1", BO, override="why not"))
        await fails(InputError, prompts.rollback("draft_story", BO, "tone"))

    async def test_saving_needs_a_contributor(self, prompts: PromptService, people: PeopleService) -> None:
        await people.give(ANA.id, Role.VIEWER, OWNER)
        for person in (ANA, GUEST):
            await fails(NotAllowed, prompts.save("reply", BODY, person))
        await people.give(ANA.id, Role.CONTRIBUTOR, OWNER)
        assert (await prompts.save("reply", BODY, ANA)).new


class TestReading:
    """Files and database are one registry."""

    async def test_the_list_says_where_each_comes_from(self, prompts: PromptService) -> None:
        await three(prompts)
        found = {summary.name: summary for summary in await prompts.list_prompts()}
        assert {"draft_story", "name_themes", "reply"} <= set(found)
        assert found["draft_story"].newest.origin == "shipped"
        assert (found["reply"].newest.version, found["reply"].versions) == (3, 3)
        assert found["reply"].labels == {"production": 2}

    async def test_a_shipped_prompt_is_read_like_any_other(self, prompts: PromptService) -> None:
        live = await prompts.get("draft_story@production")
        assert (live.origin, live.labels) == ("shipped", ("production",))
        assert await prompts.get(f"draft_story@{live.version}") == live
        assert "{% for" in live.prompt.user

    @pytest.mark.parametrize(
        "reference", ["reply@9", "reply@canary", "nothing", "nothing@1", "draft_story@99"]
    )
    async def test_what_is_not_there_is_said(self, prompts: PromptService, reference: str) -> None:
        await three(prompts)
        error = await fails(NotFound, prompts.get(reference))
        assert error.hint

    async def test_differences_by_default_are_those_to_production(self, prompts: PromptService) -> None:
        await three(prompts)
        for arguments, compared in {
            ("reply",): (2, 3),
            ("reply@1",): (2, 1),
            ("reply@2",): (1, 2),
            ("reply@1", "3"): (1, 3),
            ("reply@3", "production"): (3, 2),
            ("reply@1", "reply@2"): (1, 2),
        }.items():
            diff = await prompts.diff(*arguments)
            assert (diff.before.version, diff.after.version) == compared
        changed = [s for s in (await prompts.diff("reply@1", "2")).segments if s.kind != "same"]
        assert changed == [("removed", "1"), ("added", "2")]
        await prompts.save("other", BODY, ANA)
        await fails(InputError, prompts.diff("other"))

    async def test_the_engine_gets_a_template(self, prompts: PromptService) -> None:
        await prompts.save("reply", BODY, ANA)
        template = await prompts.resolve("reply@1")
        assert (template.kind, template.system) == ("roles", "Never promise a refund.")

    async def test_the_log_of_all_is_in_order(self, prompts: PromptService) -> None:
        await three(prompts)
        await prompts.save("other", BODY, ANA)
        await prompts.promote("other@1", BO, label="canary")
        assert [(m.name, m.label, m.to_version) for m in await prompts.log()] == [
            ("reply", "production", 1),
            ("reply", "production", 2),
            ("other", "canary", 1),
        ]
        assert len(await prompts.log("reply")) == 2
        assert len(await prompts.log(label="canary")) == 1

    async def test_a_team_sees_its_own_only(
        self, prompts: PromptService, store: Store, clock: FixedClock, people: PeopleService
    ) -> None:
        await three(prompts)
        other_store = store.for_team("team-b")
        other = PromptService(other_store, clock, PeopleService(other_store, clock, Role.REVIEWER))
        await fails(NotFound, other.get("reply"))
        assert await other.log() == []
        assert (await other.save("reply", "Never shout. {{ x }}", CY)).version.version == 1
        assert (await other.promote("reply@1", CY, override="x", alone="nobody else")).alone
        assert (await prompts.get("reply@production")).version == 2


@pytest.mark.parametrize("table", ["prompt_version", "prompt_move"])
async def test_no_statement_changes_a_row(prompts: PromptService, database_url: str, table: str) -> None:
    await three(prompts)
    before = (await prompts.versions("reply"), await prompts.log("reply"))
    engine = open_engine(database_url)
    async with engine.connect() as connection:
        for column in ("name", "team"):
            with pytest.raises(DBAPIError, match="rows never change"):
                await connection.execute(text(f"UPDATE {table} SET {column} = 'x'"))  # noqa: S608  fixed names
            await connection.rollback()
    await engine.dispose()
    assert (await prompts.versions("reply"), await prompts.log("reply")) == before


async def test_a_version_cannot_be_added_twice(prompts: PromptService, store: Store) -> None:
    version = (await prompts.save("reply", BODY, ANA)).version
    with pytest.raises(IntegrityError):
        async with store.write() as unit:
            await unit.prompts.add(replace(version, note="forged"))
    assert (await prompts.get("reply@1")).note == ""
