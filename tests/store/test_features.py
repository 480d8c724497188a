"""Features under watch: who may set up, change and move them, and what the log says afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.domain.features import Autonomy, Duty, Stage, Threshold, Track, Watched
from bot.domain.people import Person, Role
from bot.errors import InputError, NotAllowed, NotFound
from bot.services.features import FeatureService
from bot.services.people import PeopleService
from bot.store import Store
from tests.conftest import FixedClock

ADA, BEN, GUS = Person("U0ADA"), Person("U0BEN"), Person("U0GUS", outside=True)
REPLY = Watched(
    name="reply",
    title="Replies",
    channels=("C0MOSS",),
    track=Track.OPEN_GENERATION,
    autonomy=Autonomy.AUTOPILOT,
    stage=Stage.PILOT,
    owners={Duty.DATA: "U0CHLOE", Duty.ACCOUNTABLE: "U0BEN"},
    thresholds=(Threshold("override_rate", 0.15, 0.1, "lower"), Threshold("positive_rate", 0.7)),
    business="tickets closed a day",
    minutes_saved=4.5,
    baseline="60 tickets timed in March",
    false_negative_cost=2.5,
    prompts=("reply",),
    dataset="questions",
    examples=True,
    sampling=0.5,
    retention_days=90,
    confident=0.8,
)


@pytest.fixture
async def features(store: Store, clock: FixedClock) -> FeatureService:
    people = PeopleService(store, clock, Role.CONTRIBUTOR)
    async with store.write() as unit:
        await unit.roles.give(ADA.id, Role.REVIEWER, ADA.id, clock.now())
    return FeatureService(store, clock, people)


async def test_a_feature_comes_back_as_it_was_set_up(features: FeatureService, store: Store) -> None:
    await features.add(REPLY, ADA)
    await features.add(Watched("triage"), ADA)
    assert await features.get("reply") == REPLY
    assert await features.all() == [REPLY, Watched("triage")]
    assert await features.owners() == {"reply": REPLY.owners, "triage": {}}
    async with store.for_team("others").read() as unit:
        assert await unit.features.all() == []
    with pytest.raises(InputError, match="already"):
        await features.add(replace(REPLY, title="Other"), ADA)
    with pytest.raises(NotFound) as caught:
        await features.get("replies")
    assert caught.value.hint == "There is: reply, triage."


async def test_reviewers_change_and_the_log_says_what(features: FeatureService, clock: FixedClock) -> None:
    await features.add(REPLY, ADA)
    typed = {"positive_rate": "75/85", "title": "Mail jane.roe@example.com", "data": "none"}
    changes = await features.change("reply", typed, ADA)
    assert [(each.field, each.before, each.after) for each in changes] == [
        ("title", "Replies", "Mail [EMAIL_1]"),
        ("owners", "accountable U0BEN, data U0CHLOE", "accountable U0BEN"),
        (
            "thresholds",
            "override_rate at most 15 %, goal 10 %; positive_rate at least 70 %",
            "positive_rate at least 75 %, goal 85 %; override_rate at most 15 %, goal 10 %",
        ),
    ]
    assert await features.change("reply", typed, ADA) == ()
    log = await features.changes("reply")
    assert [(each.field, each.by, each.at) for each in log] == [
        (field, "U0ADA", clock.now()) for field in ("stage", "title", "owners", "thresholds")
    ]


async def test_a_role_is_asked_for_when_it_is_done(features: FeatureService) -> None:
    for person in (BEN, GUS):
        with pytest.raises(NotAllowed):
            await features.add(REPLY, person)
    await features.add(REPLY, ADA)
    with pytest.raises(NotAllowed):
        await features.change("reply", {"title": "x"}, BEN)
    assert (await features.get("reply")) == REPLY


async def test_who_is_accountable_moves_the_stage(features: FeatureService) -> None:
    await features.add(REPLY, ADA)
    with pytest.raises(NotAllowed) as caught:
        await features.move_stage("reply", Stage.FULL, ADA, "because")
    assert caught.value.hint == "Accountable is <@U0BEN>."
    with pytest.raises(InputError, match="note"):
        await features.move_stage("reply", Stage.FULL, BEN, "  ")
    await features.move_stage("reply", Stage.GRADUAL, BEN, "120 votes,\n81 % up")
    await features.move_stage("reply", Stage.PILOT, Person("U0OWNER", is_owner=True), "complaints")
    with pytest.raises(InputError, match="in pilot already"):
        await features.move_stage("reply", Stage.PILOT, BEN, "again")
    moves = [(each.before, each.after, each.by, each.note) for each in await features.changes("reply")]
    assert moves == [
        ("", "pilot", "U0ADA", "set up"),
        ("pilot", "gradual", "U0BEN", "120 votes, 81 % up"),
        ("gradual", "pilot", "U0OWNER", "complaints"),
    ]
    await features.change("reply", {"accountable": "U0GUS"}, ADA)
    with pytest.raises(NotAllowed):  # named, but from outside
        await features.move_stage("reply", Stage.FULL, GUS, "because")


async def test_two_who_edit_do_not_undo_each_other(features: FeatureService, clock: FixedClock) -> None:
    await features.add(REPLY, ADA)
    seen = (await features.record("reply")).updated_at
    clock.time += timedelta(seconds=1)
    await features.change("reply", {"title": "Answers"}, ADA, seen=seen)
    with pytest.raises(InputError) as caught:
        await features.change("reply", {"title": "Letters"}, ADA, seen=seen)
    assert caught.value.code == "changed_meanwhile"
    assert (await features.get("reply")).title == "Answers"


async def test_the_log_is_only_added_to(features: FeatureService, store: Store) -> None:
    await features.add(REPLY, ADA)
    with pytest.raises(DBAPIError, match="rows never change"):
        async with store.write() as unit:
            await unit.features._connection.execute(text("UPDATE feature_change SET note = 'x'"))
    assert (await features.changes("reply"))[0].note == "set up"
