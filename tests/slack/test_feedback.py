"""Votes at the wire: buttons and emoji are one vote, why not is asked, and what is unsafe finds its owner."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.datasets import CandidateState
from bot.domain.features import Duty, Watched
from bot.domain.feedback import TrackedOutput
from bot.domain.people import Role
from handlers.views.kit import Message, feedback, line, message, rich_text
from tests.slack.judged import desk_of, foreign_bot, judged_message
from tests.slack.office import (
    ADA,
    BEN,
    CHLOE,
    DEV,
    EMI,
    FRANK,
    LEADS,
    MOSS,
    PATIENCE,
    SUPPORT,
    Json,
    Office,
    inputs,
    open_office,
    shows,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")
EMOJI = ("+1", "thumbsup", "+1::skin-tone-4", "-1", "thumbsdown", "-1::skin-tone-2")
ALWAYS = -1


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder: Path = tmp_path_factory.mktemp("feedback")
    async with open_office(folder) as opened:
        yield opened


async def vote_of(office: Office, name: str, user: str) -> str:
    found = await office.bot.services.feedback.vote_of(name, user)
    return found.thumb if found else ""


class Rules:
    """The rules of a vote, written down a second time: what stands at each source, the newest first."""

    def __init__(self) -> None:
        self.standing: dict[str, str] = {}

    def put(self, source: str, thumb: str) -> None:
        self.standing.pop(source, None)
        self.standing[source] = thumb

    def take(self, source: str) -> None:
        self.standing.pop(source, None)

    @property
    def vote(self) -> str:
        return list(self.standing.values())[-1] if self.standing else ""


async def play(office: Office, user: str, where: list[str], name: str, seed: int) -> str:
    """A random sequence of clicks and emoji of one person; returns the vote that the rules leave."""
    chance, rules = random.Random(seed), Rules()
    up: set[tuple[str, str]] = set()
    async with office.person(user) as person:
        for _ in range(14):
            ts = chance.choice(where)
            if chance.random() < 0.3:
                thumb = chance.choice(("up", "down"))
                await person.click("output_feedback", channel=SUPPORT, ts=where[0], value=f"{thumb}:{name}")
                rules.put("button", thumb)
                continue
            emoji = chance.choice(EMOJI)
            # Slack keeps one name for an alias: both are one emoji on the message.
            source = f"{emoji.replace('thumbsup', '+1').replace('thumbsdown', '-1')} {ts}"
            if (source, emoji) in up:
                await person.react(SUPPORT, ts, emoji, on=False)
                up.discard((source, emoji))
                rules.take(source)
            elif not any(one == source for one, _ in up):
                await person.react(SUPPORT, ts, emoji)
                up.add((source, emoji))
                rules.put(source, "up" if "+1" in source else "down")
    return rules.vote


@pytest.mark.parametrize("seed", [1, 2])
async def test_however_it_comes_and_goes_the_same_vote_is_left(office: Office, seed: int) -> None:
    name, first = await judged_message(office, ADA, f"Answer number {seed}")
    _, desk = await desk_of(office)
    second = await desk.post((await desk_of(office, ADA, f"again {seed}"))[0], "card", SUPPORT,
                             _told(name), about=name)  # fmt: skip
    for what in ("duplicate", "reorder"):
        office.sandbox.hub.faults.add(
            {"on": "delivery:*", "what": what, "times": ALWAYS if what == "duplicate" else 6}
        )
    try:
        people = (ADA, BEN, CHLOE)
        wanted = await asyncio.gather(
            *(play(office, user, [first, second], name, 10 * seed + at) for at, user in enumerate(people))
        )
        await office.settled()
    finally:
        office.sandbox.hub.faults.clear()
    assert [await vote_of(office, name, user) for user in people] == wanted
    tally = await office.bot.services.feedback.tally(name)
    assert (tally.up, tally.down) == (wanted.count("up"), wanted.count("down"))


def _told(name: str) -> Message:
    return message(rich_text(line("once more")), feedback(name))


async def test_bots_and_guests_count_for_nothing(office: Office) -> None:
    name, ts = await judged_message(office, ADA, "An answer that robots like")
    world = office.sandbox.world
    world.react(world.channel(SUPPORT), ts, foreign_bot(office), "+1")
    async with office.person(FRANK) as guest:
        await guest.react(SUPPORT, ts, "+1")
        await guest.click("output_feedback", channel=SUPPORT, ts=ts, value=f"up:{name}")
        await guest.wait_for_message(shows("guests"), PATIENCE)
    await office.settled()
    assert await office.bot.services.feedback.votes(name) == []


async def test_a_thumb_down_asks_why_and_its_correction_waits_as_a_case(office: Office) -> None:
    services = office.bot.services
    await services.outputs.track(
        TrackedOutput("message:C0SUPPORT/why", text="Ten days.", feature="refunds", input={"asked": "When?"})
    )
    ask, desk = await desk_of(office, ADA, "why")
    ts = await desk.post(ask, "card", SUPPORT, _told("message:C0SUPPORT/why"))
    async with office.person(CHLOE) as chloe:
        before = chloe.mark
        await chloe.click("output_feedback", channel=SUPPORT, ts=ts, value="down:message:C0SUPPORT/why")
        view = await chloe.wait_for_modal(_why, PATIENCE, after=before)
        before = chloe.mark
        said = inputs(
            view,
            reasons=["wrong_facts"],
            comment="Ask me at chloe@example.com",
            correction="Five working days; call +1 555 010 9999 if not.",
        )
        await chloe.submit(view["id"], said)
        thanks = await chloe.wait_for_message(shows("candidate 1 of refunds"), PATIENCE, after=before)
        assert thanks.get("ephemeral")
        before = chloe.mark
        await chloe.click("output_feedback", channel=SUPPORT, ts=ts, value="down:message:C0SUPPORT/why")
        again = await chloe.wait_for_modal(_why, PATIENCE, after=before)
        assert "Five working days" in str(again)  # there to be changed
    await office.settled()
    (vote,) = await services.feedback.votes("message:C0SUPPORT/why")
    assert vote.reasons == ("wrong_facts",)
    assert "chloe@" not in vote.comment
    assert "555 010" not in vote.correction
    (candidate,) = await services.candidates.all("refunds")
    assert candidate.state is CandidateState.WAITING
    assert candidate.case.vars == {"asked": "When?"}


def _why(view: Json) -> bool:
    return view.get("callback_id") == "feedback_reason"


async def test_cards_posted_before_every_output_had_thumbs_still_take_votes(office: Office) -> None:
    old = {"type": "button", "action_id": "story_feedback", "text": {"type": "plain_text", "text": "👍"}}
    blocks = ({"type": "actions", "elements": [{**old, "value": "up:ST-77"}]},)
    ask, desk = await desk_of(office, ADA, "old card")
    ts = await desk.post(ask, "card", SUPPORT, Message("ST-77", blocks))
    async with office.person(DEV) as dev:
        await dev.click("story_feedback", channel=SUPPORT, ts=ts, value="up:ST-77")
        await dev.wait_for_message(shows("Your vote on ST-77 is 👍"), PATIENCE)
    assert await vote_of(office, "story:ST-77", DEV) == "up"


async def test_a_thumb_down_by_emoji_offers_to_say_why(office: Office) -> None:
    name, ts = await judged_message(office, ADA, "An answer somebody frowns at")
    async with office.person(BEN) as ben:
        before = ben.mark
        await ben.react(SUPPORT, ts, "-1::skin-tone-6")
        offer = await ben.wait_for_message(shows("Tell us why"), PATIENCE, after=before)
        assert offer.get("ephemeral")
        before = ben.mark
        await ben.click("feedback_why", channel=SUPPORT, ts=offer["ts"], value=name)
        view = await ben.wait_for_modal(_why, PATIENCE, after=before)
        await ben.submit(view["id"], inputs(view, reasons=["too_long"]))
    await office.settled()
    (vote,) = await office.bot.services.feedback.votes(name)
    assert (vote.thumb, vote.reasons) == ("down", ("too_long",))


async def watched(office: Office, name: str, owners: dict[Duty, str]) -> None:
    _, desk = await desk_of(office)
    feature = Watched(name, channels=(MOSS,), owners=owners)
    await office.bot.services.features.add(feature, await desk.slack.person(ADA))


async def pages(office: Office, channel: str) -> list[Json]:
    """What stands there about flags; the direct messages of an owner, or a channel."""
    found = office.sandbox.world.channel(channel).messages.values()
    return [each for each in found if "unsafe_show" in str(each.get("blocks"))]


async def test_a_flag_finds_the_owner_once_and_is_settled_in_place(office: Office) -> None:
    await watched(office, "reply", {Duty.VALIDATION: CHLOE, Duty.ACCOUNTABLE: BEN})
    name, ts = await judged_message(office, ADA, "Mix bleach and vinegar.", feature="reply")
    theirs = await office.direct(CHLOE)
    async with office.person(DEV) as dev, office.person(CHLOE) as chloe:
        before = dev.mark
        await dev.react(SUPPORT, ts, "triangular_flag_on_post")
        thanks = await dev.wait_for_message(shows("was told"), PATIENCE, after=before)
        assert thanks.get("ephemeral")
        page = await chloe.wait_for_message(shows("Flagged as unsafe", "bleach"), PATIENCE, channel=theirs)
        await dev.react(SUPPORT, ts, "triangular_flag_on_post", on=False)
        await office.settled()
        assert await vote_of(office, name, DEV) == ""
        await dev.react(SUPPORT, ts, "triangular_flag_on_post")
        await office.settled()
        assert len(await pages(office, theirs)) == 1
        (public,) = await pages(office, MOSS)
        assert "bleach" not in str(public)  # what may be unsafe is not repeated in a channel
        before = chloe.mark
        await chloe.click("unsafe_dismiss", channel=theirs, ts=page["ts"], value=name)
        await chloe.wait_for_message(shows("says it is not unsafe"), PATIENCE, channel=MOSS, after=before)
    await office.settled()
    assert "not unsafe" in str((await pages(office, theirs))[0])
    (vote,) = await office.bot.services.feedback.votes(name)
    assert (vote.user, vote.thumb, vote.reasons) == (DEV, "down", ("unsafe",))
    async with office.person(BEN) as ben:
        before = ben.mark
        await ben.click("output_feedback", channel=SUPPORT, ts=ts, value=f"down:{name}")
        view = await ben.wait_for_modal(_why, PATIENCE, after=before)
        await ben.submit(view["id"], inputs(view, reasons=["unsafe"]))
        await chloe_hears_of(office, theirs, page["ts"])


async def chloe_hears_of(office: Office, channel: str, ts: str) -> None:
    """One more person's flag is a line in the thread of the page."""
    await office.settled()
    found = office.sandbox.world.channel(channel).messages.values()
    assert len([each for each in found if each.get("thread_ts") == ts and "too" in each["text"]]) == 1
    assert len(await pages(office, channel)) == 1


async def test_a_flag_does_not_carry_private_words_to_who_is_not_there(office: Office) -> None:
    async with office.person(ADA) as ada:
        await ada.invite(LEADS, "U0APP")
    name, ts = await judged_message(
        office, ADA, "The board sells us.", channel=LEADS, feature="search", origin=LEADS
    )
    await watched(office, "search", {Duty.ACCOUNTABLE: BEN})
    async with office.person(ADA) as ada:
        await ada.react(LEADS, ts, "flag")
    await office.settled()
    for place in (await office.direct(BEN), MOSS):
        (page,) = [each for each in await pages(office, place) if name in str(each)]
        assert "board sells" not in str(page)
    async with office.person(BEN) as ben:
        direct = await office.direct(BEN)
        before = ben.mark
        (page,) = [each for each in await pages(office, direct) if name in str(each)]
        await ben.click("unsafe_show", channel=direct, ts=page["ts"], value=name)
        told = await ben.wait_for_message(shows("private conversation"), PATIENCE, after=before)
        assert "board sells" not in str(told)


async def test_without_an_owner_the_admins_that_are_named_hear_of_it(office: Office) -> None:
    services = office.bot.services
    name, ts = await judged_message(office, ADA, "An answer of nobody's feature")
    async with office.person(DEV) as dev:
        before = dev.mark
        await dev.react(SUPPORT, ts, "triangular_flag_on_post")
        await dev.wait_for_message(shows("nobody to tell"), PATIENCE, after=before)
        _, desk = await desk_of(office, ADA)
        await services.people.give(EMI, Role.ADMIN, by=await desk.slack.person(ADA))
        await dev.react(SUPPORT, ts, "triangular_flag_on_post", on=False)
        await dev.react(SUPPORT, ts, "triangular_flag_on_post")
    await office.settled()
    found = await pages(office, await office.direct(EMI))
    assert [name in str(each) for each in found] == [True]
