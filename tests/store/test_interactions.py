"""Interactions, keys and business numbers in either database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.feedback import Explanation, Given, Mark, TrackedOutput
from bot.domain.feedback.labelling import Label
from bot.domain.interactions import Interaction, Outcome, as_row
from bot.store import Store
from bot.store.numbers import BusinessNumber
from bot.store.product_feedback import Received

AT = datetime(2026, 11, 9, 8, 30, 1, 5, tzinfo=UTC)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)

FULL = Interaction(
    "a-1", "reply", AT, "Where is it?", "On its way.\0\ud800", "gpt-5-mini", "reply@3", "f" * 64,
    latency_ms=812.5, cost=0.0012, input_tokens=120, output_tokens=30, confidence=0.75,
    outcome=Outcome.EDITED, final="On its way, sorry.", error="timeout",
    session="s1", user="product:u1", segment={"plan": "pro"}, trace="t" * 32, span="p" * 16,
)  # fmt: skip


async def add(store: Store, *interactions: Interaction) -> int:
    async with store.write() as unit:
        return await unit.interactions.add(interactions, NOW)


async def test_what_is_stored_is_read_back(store: Store) -> None:
    bare = Interaction("a-2", "reply", AT - timedelta(hours=1))
    assert await add(store, FULL, bare) == 2
    async with store.read() as unit:
        assert await unit.interactions.get("reply", "a-1") == replace(FULL, output="On its way.�")
        assert await unit.interactions.get("other", "a-1") is None
        assert [each.id for each in await unit.interactions.by_trace("t" * 32)] == ["a-1"]
        assert await unit.interactions.by_trace("") == []
        assert [each.id for each in await unit.interactions.some("reply", ["a-2", "a-9"])] == ["a-2"]
        assert await unit.interactions.features() == ["reply"]
    async with store.for_team("team-b").read() as unit:
        assert await unit.interactions.get("reply", "a-1") is None
        assert await unit.interactions.by_trace("t" * 32) == []


async def test_the_same_again_changes_nothing_and_what_comes_later_fills_what_was_empty(store: Store) -> None:
    early = Interaction("a-1", "reply", AT, input="Where is it?", model="gpt-5-mini", cost=0.0)
    late = replace(FULL, at=AT + timedelta(days=1), input="Something else", cost=9.0)
    assert await add(store, early) == 1
    assert await add(store, early) == 0
    assert await add(store, late) == 0
    async with store.read() as unit:
        found = await unit.interactions.get("reply", "a-1")
        assert await unit.interactions.count("reply") == 1
    assert found == replace(FULL, input="Where is it?", output="On its way.�", cost=0.0)


async def test_twice_in_one_load_is_once(store: Store) -> None:
    asked = Interaction("a-1", "reply", AT, input="Where is it?")
    answered = Interaction("a-1", "reply", AT, output="On its way.", segment={"plan": "pro"})
    same_id = Interaction("a-1", "triage", AT)
    async with store.write() as unit:
        new = await unit.interactions.load([as_row(each) for each in (asked, answered, same_id)], NOW)
        assert new == {("reply", "a-1"), ("triage", "a-1")}
        assert await unit.interactions.load([as_row(asked)], NOW) == set()
        found = await unit.interactions.get("reply", "a-1")
    assert found == replace(asked, output="On its way.", segment={"plan": "pro"})


async def test_what_comes_late_lands_where_it_happened(store: Store) -> None:
    days = [AT + timedelta(days=day) for day in (9, 0, 3)]
    await add(store, *(Interaction(f"a-{at.day}", "reply", at) for at in days))
    async with store.read() as unit:
        week = await unit.interactions.between("reply", AT, AT + timedelta(days=7))
        assert [each.id for each in week] == ["a-9", "a-12"]
        assert await unit.interactions.count("reply", AT, AT + timedelta(days=3)) == 1
        assert await unit.interactions.count("reply", since=AT + timedelta(days=3)) == 2


async def judged(store: Store, feature: str, id_: str, by: str, at: datetime) -> str:
    name = f"interaction:{feature}/{id_}"
    async with store.write() as unit:
        await unit.outputs.put(TrackedOutput(name, "An answer", feature, created_at=at), NOW)
        await unit.votes.give(Given(name, by, Mark("product", "down", at)))
        await unit.votes.give(Given(name, by, Explanation(at, comment="Wrong")))
        await unit.labels.put(Label(name, by, "disagree", at))
    return name


async def test_what_is_old_is_forgotten_a_part_at_a_time(store: Store) -> None:
    await add(store, *(Interaction(f"a-{day}", "reply", AT + timedelta(days=day)) for day in range(5)))
    await add(store, Interaction("old", "triage", AT))
    old = await judged(store, "reply", "a-0", "U1", AT)
    moment = AT + timedelta(days=3)
    async with store.write() as unit:
        assert await unit.erasure.before("reply", moment, limit=2) == 2
        assert await unit.erasure.before("reply", moment, limit=2) == 1
        assert await unit.interactions.count("reply") == 2
        assert await unit.interactions.count("triage") == 1
        assert await unit.outputs.get(old) is not None, "what was judged stays"


async def test_one_person_is_erased_with_all_that_was_said(store: Store) -> None:
    for feature in ("reply", "triage"):
        await add(store, replace(FULL, feature=feature), Interaction("other", feature, AT, user="product:u2"))
    mine = await judged(store, "reply", "a-1", "U1", AT)
    others = await judged(store, "reply", "other", "product:u1", AT)
    async with store.for_team("team-b").write() as unit:
        assert await unit.erasure.user("product:u1") == 0
    async with store.write() as unit:
        assert await unit.erasure.user("product:u1") == 2
        assert [each.id for each in await unit.interactions.between("reply", AT, NOW)] == ["other"]
        assert await unit.outputs.get(mine) is None
        assert await unit.outputs.get(others) is not None
        for name in (mine, others):
            assert await unit.votes.all(name) == []
            assert await unit.votes.explanation(name, "U1") is None
            assert await unit.votes.explanation(name, "product:u1") is None


async def test_a_key_is_found_by_its_hash_until_it_is_revoked(store: Store) -> None:
    async with store.write() as unit:
        key = await unit.keys.add("reply", "web shop", "plk_abcd", "h1", "U1", NOW)
    async with store.for_team("team-b").write() as unit:
        assert await unit.keys.holder("h1") == key
        assert await unit.keys.all() == []
        await unit.keys.revoke(key.id, NOW)
    async with store.write() as unit:
        assert await unit.keys.holder("h1") == key
        assert await unit.keys.holder("h2") is None
        await unit.keys.used(key.id, NOW)
        await unit.keys.revoke(key.id, NOW)
        await unit.keys.revoke(key.id, NOW + timedelta(days=1))
        assert await unit.keys.holder("h1") is None
        assert await unit.keys.all() == [replace(key, revoked_at=NOW, last_used_at=NOW)]


SAID = Received(
    "reply", "f-1", "a-1", "", "product:u1", "down", 0.2, ("too_long",), "Long", "Short", "edited", AT
)


async def test_feedback_waits_for_its_interaction(store: Store) -> None:
    by_trace = replace(SAID, key="f-2", interaction="", trace="t" * 32)
    elsewhere = replace(SAID, key="f-3", feature="triage")
    async with store.write() as unit:
        new = await unit.product_feedback.add([SAID, by_trace, elsewhere], NOW)
        assert new == {("reply", "f-1"), ("reply", "f-2"), ("triage", "f-3")}
        assert await unit.product_feedback.add([replace(SAID, thumb="up")], NOW) == set()
        assert await unit.product_feedback.ready(9) == []
        traced = Interaction("b-1", "reply", AT, trace="t" * 32)
        last = replace(traced, id="b-2", at=AT + timedelta(seconds=1))
        await unit.interactions.add([Interaction("a-1", "reply", AT), last, traced], NOW)
    async with store.write() as unit:
        ready = await unit.product_feedback.ready(9)
        assert ready == [(SAID, "a-1"), (by_trace, "b-2")]
        await unit.interactions.set_outcome("reply", "a-1", Outcome.EDITED, "Short")
        await unit.product_feedback.applied([each for each, _ in ready])
        assert await unit.product_feedback.any_waits()
        await unit.product_feedback.applied([elsewhere])
        assert not await unit.product_feedback.any_waits()
        found = await unit.interactions.get("reply", "a-1")
    assert found == Interaction("a-1", "reply", AT, outcome=Outcome.EDITED, final="Short")


async def test_a_business_number_sent_again_is_corrected(store: Store) -> None:
    first = BusinessNumber("reply", "refund_rate", AT, 0.2, 40)
    other = BusinessNumber("reply", "refund_rate", AT + timedelta(days=7), 0.1)
    async with store.write() as unit:
        await unit.numbers.put([first, other])
        await unit.numbers.put([replace(first, value=0.25, n=None)])
    async with store.read() as unit:
        found = await unit.numbers.between("reply", "refund_rate", AT, AT + timedelta(days=8))
        assert found == [replace(first, value=0.25, n=None), other]
        assert await unit.numbers.metrics("reply") == ["refund_rate"]


@pytest.mark.parametrize("outcome", Outcome)
async def test_every_outcome_is_kept(store: Store, outcome: Outcome) -> None:
    await add(store, Interaction("a-1", "reply", AT, outcome=outcome))
    async with store.read() as unit:
        found = await unit.interactions.get("reply", "a-1")
    assert found is not None
    assert found.outcome is outcome
