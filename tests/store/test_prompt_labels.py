"""Labels: promoted on grounds, rolled back at once, moved once however often a job runs."""

import asyncio
from datetime import timedelta

from bot.domain.experiments.results import VerdictKind
from bot.domain.people import Role
from bot.domain.prompts import LabelMove
from bot.errors import InputError, NotAllowed, NotFound
from bot.services.people import PeopleService
from bot.services.prompts import PromptService
from tests.conftest import FixedClock
from tests.store.registry import ANA, BO, BODY, CY, GUEST, OWNER, Concluded, fails, three


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
