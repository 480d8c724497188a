"""The registry: versions that never change, labels that move on grounds, and a log of it all."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.domain.experiments.results import VerdictKind
from bot.domain.people import Person, Role
from bot.domain.prompts import ExperimentVerdict, LabelMove
from bot.errors import InputError, NotAllowed, NotFound, PlumblineError
from bot.services.people import PeopleService
from bot.services.prompts import PromptService
from bot.store import Store
from bot.store.database import open_engine
from tests.conftest import FixedClock

ANA, BO, CY = Person("U1ANA"), Person("U2BO"), Person("U3CY")
OWNER = Person("U0", is_owner=True)
GUEST = Person("U9", outside=True)
BODY = "# System\nNever promise a refund.\n# User\n{{ message }}"


class Concluded:
    """Experiments that ended, as the experiments' service tells of them."""

    def __init__(self) -> None:
        self.all: dict[str, ExperimentVerdict] = {}

    def add(
        self, name: str, kind: VerdictKind, candidates: Mapping[str, str], *, cheaper: bool = False
    ) -> None:
        at = datetime(2026, 11, 15, tzinfo=UTC)
        self.all[name] = ExperimentVerdict(name, kind, at, candidates, cheaper)

    async def verdict(self, experiment: str) -> ExperimentVerdict | None:
        return self.all.get(experiment)


@pytest.fixture
def verdicts() -> Concluded:
    return Concluded()


@pytest.fixture
def people(store: Store, clock: FixedClock) -> PeopleService:
    return PeopleService(store, clock, Role.REVIEWER)


@pytest.fixture
def prompts(store: Store, clock: FixedClock, people: PeopleService, verdicts: Concluded) -> PromptService:
    return PromptService(store, clock, people, verdicts)


async def three(prompts: PromptService) -> None:
    """reply@1 to reply@3, by Ana; the first two were in production, put there by Bo."""
    for number in (1, 2, 3):
        await prompts.save("reply", f"{BODY} {number}", ANA, note=f"note {number}")
    for number in (1, 2):
        await prompts.promote(f"reply@{number}", BO, override="before there were experiments")


async def fails(kind: type[PlumblineError], doing: object) -> PlumblineError:
    with pytest.raises(kind) as caught:
        await doing  # type: ignore[misc]  # a coroutine of whatever kind
    assert caught.value.message.endswith((".", "?"))
    return caught.value


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


class TestPromotion:
    """How a version goes live."""

    async def test_a_verdict_that_says_ship_carries_it(
        self, prompts: PromptService, verdicts: Concluded
    ) -> None:
        await three(prompts)
        verdicts.add("EX-31", VerdictKind.SHIP, {"reply@3": (await prompts.get("reply@3")).fingerprint})
        move = await prompts.promote("reply@3", BO, experiment="EX-31", reason="warmer")
        assert (move.from_version, move.to_version, move.verdict, move.override) == (2, 3, "EX-31: ship", "")
        assert (await prompts.get("reply@production")).version == 3
        assert (await prompts.get("reply@3")).labels == ("production",)
        assert (await prompts.log("reply"))[-1] == move

    async def test_no_difference_carries_it_only_if_cheaper(
        self, prompts: PromptService, verdicts: Concluded
    ) -> None:
        await three(prompts)
        print_ = (await prompts.get("reply@3")).fingerprint
        verdicts.add("EX-1", VerdictKind.NO_DIFFERENCE, {"reply@3": print_})
        verdicts.add("EX-2", VerdictKind.NO_DIFFERENCE, {"reply@3": print_}, cheaper=True)
        error = await fails(NotAllowed, prompts.promote("reply@3", BO, experiment="EX-1"))
        assert error.message == "EX-1 does not speak for reply@3: it says no difference."
        move = await prompts.promote("reply@3", BO, experiment="EX-2")
        assert move.verdict == "EX-2: no difference, cheaper"

    async def test_a_verdict_about_something_else_does_not(
        self, prompts: PromptService, verdicts: Concluded
    ) -> None:
        await three(prompts)
        verdicts.add("EX-1", VerdictKind.SHIP, {"reply@2": (await prompts.get("reply@2")).fingerprint})
        verdicts.add("EX-2", VerdictKind.SHIP, {"reply@3": "0" * 64})
        verdicts.add("EX-3", VerdictKind.WORSE, {"reply@3": (await prompts.get("reply@3")).fingerprint})
        for experiment, why in {
            "": "no experiment that says",
            "EX-1": "it was about reply@2",
            "EX-2": "it ran another text under the name reply@3",
            "EX-3": "it says worse",
        }.items():
            error = await fails(NotAllowed, prompts.promote("reply@3", BO, experiment=experiment))
            assert error.code == "no_verdict"
            assert why in error.message
        await fails(NotFound, prompts.promote("reply@3", BO, experiment="EX-99"))
        assert (await prompts.get("reply@production")).version == 2

    async def test_an_override_is_recorded_beside_the_verdict(
        self, prompts: PromptService, verdicts: Concluded
    ) -> None:
        await three(prompts)
        verdicts.add("EX-3", VerdictKind.WORSE, {"reply@3": (await prompts.get("reply@3")).fingerprint})
        move = await prompts.promote("reply@3", BO, experiment="EX-3", override="the law asks for it")
        assert (move.verdict, move.override) == ("EX-3: worse", "the law asks for it")

    async def test_nobody_reviews_their_own(self, prompts: PromptService, people: PeopleService) -> None:
        await three(prompts)
        for label in ("production", "canary", "eu-west"):
            error = await fails(
                NotAllowed, prompts.promote("reply@3", ANA, label=label, override="mine", alone="busy")
            )
            assert error.code == "own_prompt"
            assert "U2BO" in error.message
        await people.give(CY.id, Role.CONTRIBUTOR, OWNER)
        await fails(NotAllowed, prompts.promote("reply@3", CY, override="x"))
        await fails(NotAllowed, prompts.promote("reply@3", GUEST, override="x"))
        assert len(await prompts.log("reply")) == 2

    async def test_who_works_alone_says_why_and_it_is_kept(self, prompts: PromptService) -> None:
        await prompts.save("reply", BODY, ANA)
        error = await fails(NotAllowed, prompts.promote("reply@1", ANA, override="first"))
        assert error.code == "own_prompt"
        move = await prompts.promote("reply@1", ANA, override="first", alone="a team of one")
        assert move.alone == "a team of one"
        assert "reviewed by its author alone: a team of one" in (await prompts.log("reply"))[0].grounds

    async def test_a_role_that_was_given_is_somebody_who_could_review(
        self, prompts: PromptService, people: PeopleService
    ) -> None:
        await prompts.save("reply", BODY, ANA)
        await people.give(CY.id, Role.REVIEWER, OWNER)
        error = await fails(NotAllowed, prompts.promote("reply@1", ANA, override="x", alone="a team of one"))
        assert "U3CY could review reply@1" in error.message

    async def test_a_canary_needs_a_reviewer_and_no_verdict(self, prompts: PromptService) -> None:
        await three(prompts)
        move = await prompts.promote("reply@3", BO, label="canary")
        assert (move.from_version, move.to_version, move.override) == (None, 3, "")
        moved_on = await prompts.promote("reply@canary", CY, override="it held")
        assert (moved_on.label, moved_on.to_version) == ("production", 3)
        assert (await prompts.get("reply@3")).labels == ("canary", "production")

    async def test_of_many_who_saw_the_same_one_moves_it(self, prompts: PromptService) -> None:
        await three(prompts)
        for number in range(4, 9):
            await prompts.save("reply", f"{BODY} {number}", ANA)
        async with asyncio.timeout(30):
            done = await asyncio.gather(
                *(prompts.promote(f"reply@{n}", BO, override="x", expected=2) for n in range(3, 9)),
                return_exceptions=True,
            )
        moved = [each for each in done if isinstance(each, LabelMove)]
        refused = [each for each in done if isinstance(each, InputError)]
        assert (len(moved), len(refused)) == (1, 5)
        assert {error.code for error in refused} == {"moved_meanwhile"}
        assert all(f"reply@{moved[0].to_version}" in error.message for error in refused)
        assert (await prompts.get("reply@production")).version == moved[0].to_version
        assert len(await prompts.log("reply")) == 3

    async def test_the_log_has_no_gaps_whoever_moves_at_once(self, prompts: PromptService) -> None:
        await three(prompts)
        async with asyncio.timeout(30):
            await asyncio.gather(
                *(prompts.promote(f"reply@{n}", BO, override="x") for n in (3, 1)), return_exceptions=True
            )
        log = await prompts.log("reply", "production")
        assert [move.from_version for move in log] == [None, *(move.to_version for move in log[:-1])]

    async def test_a_move_to_where_it_is_says_so(self, prompts: PromptService) -> None:
        await three(prompts)
        error = await fails(InputError, prompts.promote("reply@2", BO, override="again"))
        assert error.message == "reply@2 is in production already, since 16 Nov 2026 09:00 UTC by U2BO."
        assert len(await prompts.log("reply")) == 2

    async def test_a_bare_name_is_no_version_to_promote(self, prompts: PromptService) -> None:
        await three(prompts)
        error = await fails(InputError, prompts.promote("reply", BO, override="x"))
        assert (error.message, error.hint) == ("Which version of reply?", "The newest one is reply@3.")


class TestRollback:
    """Always possible, in one step."""

    async def test_it_leads_to_what_was_live_before(self, prompts: PromptService, clock: FixedClock) -> None:
        await three(prompts)
        await prompts.promote("reply@3", BO, override="x")
        clock.time += timedelta(hours=1)
        first = await prompts.rollback("reply", ANA, "tone")
        second = await prompts.rollback("reply", BO, "worse tone")
        assert [(m.kind, m.from_version, m.to_version) for m in (first, second)] == [
            ("rollback", 3, 2),
            ("rollback", 2, 1),
        ]
        assert (first.reason, first.by, first.at) == ("tone", "U1ANA", clock.time)
        error = await fails(InputError, prompts.rollback("reply", BO, "more"))
        assert "nothing to go back to" in error.message
        assert (await prompts.get("reply@production")).version == 1

    async def test_it_may_name_any_version_that_was_live(self, prompts: PromptService) -> None:
        await three(prompts)
        await prompts.save("reply", BODY + " 4", ANA)
        await prompts.promote("reply@4", BO, override="x")
        error = await fails(InputError, prompts.rollback("reply", BO, "tone", to=3))
        assert error.message == "reply@3 never was in production, so going there is no rollback."
        assert error.hint == "It can go back to 1, 2."
        assert (await prompts.rollback("reply", BO, "tone", to=1)).to_version == 1
        assert (await prompts.rollback("reply", BO, "it was not the tone", to=4)).to_version == 4

    async def test_it_needs_a_reason_and_a_reviewer(
        self, prompts: PromptService, people: PeopleService
    ) -> None:
        await three(prompts)
        error = await fails(InputError, prompts.rollback("reply", BO, "  "))
        assert error.message == "The reason is missing."
        await people.give(CY.id, Role.CONTRIBUTOR, OWNER)
        for person in (CY, GUEST):
            await fails(NotAllowed, prompts.rollback("reply", person, "tone"))
        assert len(await prompts.log("reply")) == 2

    async def test_it_goes_from_where_it_was_seen(self, prompts: PromptService) -> None:
        await three(prompts)
        error = await fails(InputError, prompts.rollback("reply", BO, "tone", expected=3))
        assert error.code == "moved_meanwhile"
        assert (await prompts.rollback("reply", BO, "tone", expected=2)).to_version == 1

    async def test_there_may_be_nothing_to_roll_back(self, prompts: PromptService) -> None:
        await fails(NotFound, prompts.rollback("reply", BO, "tone"))
        await prompts.save("reply", BODY, ANA)
        error = await fails(InputError, prompts.rollback("reply", BO, "tone"))
        assert error.message == "No version of reply is in production."


class TestTwice:
    """A job that is taken up again after a crash does what it did, once."""

    async def test_saving(self, prompts: PromptService) -> None:
        done = [await prompts.save("reply", BODY, ANA, note="n", expected=0) for _ in range(3)]
        assert [(each.new, each.version.version) for each in done] == [(True, 1)] * 3
        by_another = await prompts.save("reply", BODY, BO, expected=0)
        assert (by_another.new, by_another.version.version) == (False, 1)
        assert len(await prompts.versions("reply")) == 1

    async def test_promoting(self, prompts: PromptService) -> None:
        await three(prompts)
        done = [await prompts.promote("reply@3", BO, override="x", expected=2) for _ in range(3)]
        assert done[0] == done[1] == done[2]
        assert len(await prompts.log("reply")) == 3
        error = await fails(InputError, prompts.promote("reply@3", CY, override="x", expected=2))
        assert error.code == "already_there"

    async def test_rolling_back(self, prompts: PromptService) -> None:
        await three(prompts)
        await prompts.promote("reply@3", BO, override="x")
        done = [await prompts.rollback("reply", BO, "tone", expected=3) for _ in range(3)]
        assert done[0] == done[1] == done[2]
        assert (await prompts.get("reply@production")).version == 2
        error = await fails(InputError, prompts.rollback("reply", CY, "tone", expected=3))
        assert error.code == "moved_meanwhile"


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
