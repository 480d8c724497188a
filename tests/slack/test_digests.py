"""Digests at the wire: previewed, scheduled, posted once by however many processes, asked why."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.digests import DigestSchedule, Profile
from bot.domain.digests.schedule import post_key
from bot.domain.experiments.experiment import Decision, Order, State
from bot.domain.features import Duty, Record, Threshold, Watched
from bot.domain.interactions import Interaction, Outcome
from bot.domain.weeks import newest_complete
from bot.scheduling import Often, Schedule
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.digests.posting import enqueue_due
from handlers.digests.posting import post as post_digest
from tests.slack.office import (
    ADA,
    BEN,
    FRANK,
    GENERAL,
    LEADS,
    MOSS,
    PATIENCE,
    SUPPORT,
    Json,
    Office,
    inputs,
    open_office,
    shows,
    value_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")
FEATURE = Watched(
    "reply",
    title="Replies",
    owners={Duty.ACCOUNTABLE: BEN},
    thresholds=(Threshold("override_rate", 0.15, None, "lower"),),
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """Replies had 10 % replaced in each of eight weeks; in the last complete one, by UTC, 50 %."""
    folder: Path = tmp_path_factory.mktemp("digests")
    async with open_office(folder) as opened:
        services = opened.bot.services
        now = services.clock.now()
        last = newest_complete(now)
        made = [
            Interaction(
                f"w{back}n{n}", "reply", last.before(back).since + timedelta(hours=n), "Where?", "Soon.",
                user=f"u{n}", outcome=Outcome.OVERRIDDEN if n < replaced else Outcome.ACCEPTED,
            )
            for back in range(8)
            for replaced in [10 if back else 50]
            for n in range(100)
        ]  # fmt: skip
        async with services.store.write() as unit:
            await unit.features.save(Record(FEATURE, ADA, now, now))
            await unit.interactions.add(made, now)
        yield opened


async def asked(office: Office, user: str, typed: str, *texts: str, channel: str = MOSS) -> Json:
    """What the bot answers."""
    async with office.person(user) as person:
        before = person.mark
        await person.command(channel, f"/plumb {typed}")
        return await person.wait_for_message(shows(*texts), PATIENCE, after=before)


async def standing(office: Office, channel: str) -> list[Json]:
    """The digests that everybody in a channel sees."""
    await office.settled()
    async with office.person(ADA) as ada:
        messages = await ada.messages(channel)
    return [
        each for each in messages if "digest_why" in str(each.get("blocks")) and not each.get("ephemeral")
    ]


def day_before(moment: datetime) -> DigestSchedule:
    """Set long ago, and due about a day before this moment."""
    due = moment - timedelta(days=1)
    return DigestSchedule(MOSS, due.weekday(), time(0, 30), "UTC", datetime(2025, 1, 1, tzinfo=UTC), by=ADA)


async def desk_of(office: Office) -> Desk:
    return await office.bot.desks.at(Ask("event", "digest:test", "", ""))


async def put(office: Office, schedule: DigestSchedule) -> None:
    async with office.bot.services.store.write() as unit:
        await unit.digests.put(schedule)


async def test_a_preview_is_seen_by_who_asks_and_shared_when_they_say_so(office: Office) -> None:
    told = await asked(
        office, ADA, "digest preview", "Replies: share used as it was fell from 90 % to 50 %; 1 more moved"
    )
    assert "Overridden 10 % → 50 % +40 points" in " ".join(told["text"].split())
    assert "Ben Lindqvist answers for it" in told["text"]
    brief = await asked(office, ADA, "digest preview reply exec", "Replies", "digest_why")
    assert not [block for block in brief["blocks"] if block["type"] == "table"]
    await asked(office, ADA, "digest preview nosuch", "no feature", "nosuch")
    await asked(office, FRANK, "digest preview", "Reading digests", channel=SUPPORT)
    assert await standing(office, MOSS) == []


async def test_a_preview_is_shared_anew_for_a_channel(office: Office) -> None:
    direct = await office.direct(ADA)
    told = await asked(office, ADA, "digest preview reply", "answer_share", channel=direct)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.click("answer_share", channel=direct, ts=told["ts"], value=value_of(told, "answer_share"))
        view = await ada.wait_for_modal(
            lambda v: v.get("callback_id") == "answer_share", PATIENCE, after=before
        )
        await ada.submit(view["id"], inputs(view, to=MOSS))
        shared = await ada.wait_for_message(shows("Shared by"), PATIENCE, channel=MOSS, after=before)
    assert "Replies: share used as it was fell" in shared["text"]
    assert "only you see it" not in str(shared)


async def test_why_this_number_says_how_it_is_counted(office: Office) -> None:
    told = await asked(office, BEN, "digest preview", "digest_why")
    async with office.person(BEN) as ben:
        before = ben.mark
        await ben.click("digest_why", channel=MOSS, ts=told["ts"], value=value_of(told, "digest_why"))
        why = await ben.wait_for_message(shows("Why these numbers"), PATIENCE, after=before)
    assert "Overridden 50 %" in why["text"]
    assert "n 100 outcomes): outputs that a person replaced" in why["text"]
    assert why["ephemeral"]


async def test_a_channel_is_scheduled_changed_paused_and_listed(office: Office) -> None:
    await asked(office, ADA, "digest schedule mon 09:00 Europe/Berlin", "Mondays at 09:00, Europe/Berlin")
    await asked(office, ADA, "digest profile exec", "exec digest of every feature")
    await asked(office, ADA, "digest schedule fri 17:30 Asia/Tokyo reply", "exec digest of reply")
    await asked(office, ADA, "digest pause", "paused; it was Fridays at 17:30, Asia/Tokyo")
    await asked(office, ADA, "digest list", "Where digests go", "paused")
    await asked(office, ADA, "digest resume", "Fridays at 17:30, Asia/Tokyo; next Fri")
    await asked(office, ADA, "digest schedule funday 09:00 UTC", "“funday” is no day")
    await asked(office, ADA, "digest profile loud", "exec", "build")


async def test_a_private_channels_schedule_is_listed_there_only(office: Office) -> None:
    await put(office, replace(day_before(datetime.now(UTC)), channel=LEADS, paused=True))
    told = await asked(office, ADA, "digest list", "Where digests go", channel=MOSS)
    assert LEADS not in told["text"]
    there = await asked(office, ADA, "digest list", "Where digests go", channel=LEADS)
    assert LEADS in there["text"]


async def test_two_clocks_and_a_second_run_post_once_and_say_that_it_is_late(office: Office) -> None:
    services = office.bot.services
    now = services.clock.now()
    schedule = replace(day_before(now), channel=SUPPORT)
    await put(office, schedule)
    desk = await desk_of(office)

    async def look(moment: datetime) -> None:
        await enqueue_due(desk, office.bot.durable, "", moment)

    clocks = [Schedule(office.bot.durable, services.clock) for _ in range(2)]
    for clock in clocks:
        clock.often(Often("digest", timedelta(minutes=2), look))
    await asyncio.gather(*(clock.start() for clock in clocks))
    for clock in clocks:
        clock.stop()
    (posted,) = await standing(office, SUPPORT)
    due = schedule.newest(now)
    assert due is not None
    assert "I was not running then" in posted["text"]
    assert f"Week {due.week.name[-2:]}" in posted["text"]
    payload = {"channel": SUPPORT, "selection": value_of(posted, "digest_why"), "late": ""}
    await post_digest(desk, payload)  # as after a crash: from its beginning
    assert len(await standing(office, SUPPORT)) == 1
    async with services.store.read() as unit:
        kept = await unit.posts.get(post_key(services.store.team, SUPPORT, due.week, Profile.BUILD))
    assert kept is not None
    assert kept.ts == posted["ts"]


async def test_what_was_paused_before_its_job_ran_gets_nothing(office: Office) -> None:
    now = office.bot.services.clock.now()
    schedule = replace(day_before(now), channel=GENERAL)
    await put(office, schedule)
    due = schedule.newest(now)
    assert due is not None
    await put(office, replace(schedule, paused=True))
    selection = f"{due.week.monday.isoformat()};UTC;build;"
    await post_digest(await desk_of(office), {"channel": GENERAL, "selection": selection, "late": ""})
    await enqueue_due(await desk_of(office), office.bot.durable, "", now)
    assert await standing(office, GENERAL) == []


async def test_now_posts_once_a_week_and_profile(office: Office) -> None:
    await asked(office, ADA, "digest now build", "is in", channel=GENERAL)
    await asked(office, BEN, "digest now build", "stands in", "already", channel=GENERAL)
    assert len(await standing(office, GENERAL)) == 1
    await asked(office, ADA, "digest now exec", "is in", channel=GENERAL)
    assert len(await standing(office, GENERAL)) == 2


async def test_who_scheduled_hears_of_a_channel_without_me_and_can_post_once_i_am_there(
    office: Office,
) -> None:
    schedule = replace(day_before(office.bot.services.clock.now()), channel=LEADS, by=ADA)
    await put(office, schedule)
    due = schedule.newest(office.bot.services.clock.now())
    assert due is not None
    selection = f"{due.week.monday.isoformat()};UTC;build;"
    await post_digest(await desk_of(office), {"channel": LEADS, "selection": selection, "late": ""})
    await office.settled()
    async with office.person(ADA) as ada:
        messages = await ada.messages(await office.direct(ADA))
        assert any("could not be posted" in str(each.get("text")) for each in messages)
        await ada.invite(LEADS, "U0APP")
    await asked(office, ADA, "digest now", "is in", channel=LEADS)
    assert len(await standing(office, LEADS)) == 1


async def test_what_was_learned_in_a_private_channel_is_told_there_only(office: Office) -> None:
    services = office.bot.services
    week = newest_complete(services.clock.now())
    order = Order(("reply@1", "reply@2"), ("m",), "refunds@1")
    async with services.store.write() as unit:
        made = await unit.experiments.create(order, ADA, week.since, channel=LEADS)
        closed = replace(
            made, state=State.CLOSED, decision=Decision.SHIP, learned="Partial refunds fail.",
            finished_at=week.since + timedelta(days=1),
        )  # fmt: skip
        await unit.experiments.save(closed)
    there = await services.digests.compose(channel=LEADS)
    assert [each.note for each in there.learned] == ["Partial refunds fail."]
    for place in (MOSS, "D0ADA", ""):
        assert not (await services.digests.compose(channel=place)).learned
