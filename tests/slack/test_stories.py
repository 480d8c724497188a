"""Stories at the wire: from a file in a channel to an exported story, and what may go wrong between."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.checks import can_become_ready
from bot.domain.stories import StoryState
from tests.slack.office import (
    ADA,
    BEN,
    CHLOE,
    DEV,
    GENERAL,
    LEADS,
    MOSS,
    PATIENCE,
    SUPPORT,
    Office,
    inputs,
    is_card,
    open_office,
    shows,
    small_log,
    value_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder: Path = tmp_path_factory.mktemp("stories")
    async with open_office(folder) as opened:
        yield opened


async def drafted(office: Office, name: str, channel: str = SUPPORT, who: str = ADA) -> dict[str, Any]:
    """The first card of a draft from a file of this name, shared in a channel first."""
    direct = await office.direct(who)
    async with office.person(who) as person:
        await person.upload(name, small_log(mark=name[:2]), channel=channel)
        before = person.mark
        await person.command(channel, f"/plumb story draft from {name} top 1")
        card = await person.wait_for_message(is_card, PATIENCE, channel=direct, after=before)
    await office.settled()
    return card


async def test_drafting_shows_its_plan_in_place_and_ends_in_cards(office: Office) -> None:
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        await ada.upload("plan.csv", small_log(mark="pl"), channel=SUPPORT)
        before = ada.mark
        await ada.command(SUPPORT, "/plumb story draft from plan.csv top 2")
        pointer = await ada.wait_for_message(
            lambda m: bool(m.get("ephemeral")), PATIENCE, channel=SUPPORT, after=before
        )
        assert "plan.csv" in str(pointer)
        await ada.wait_for_message(is_card, PATIENCE, channel=direct, after=before)
        await office.settled()
        said = [m for m in await ada.messages(direct) if "plan.csv" in str(m) and not is_card(m)]
        assert len(said) == 1  # one plan, updated in place
        assert "60" in str(said[0])
        changes = [f for f in ada.frames[before:] if f["type"] == "message_changed"]
        assert len(changes) >= 3
    nothing_public = [m for m in await _channel(office, SUPPORT) if m.get("user") == "U0APP"]
    assert nothing_public == []


async def _channel(office: Office, channel: str) -> list[dict[str, Any]]:
    async with office.person(CHLOE) as chloe:
        return await chloe.messages(channel)


async def test_approving_is_for_reviewers_and_names_the_person(office: Office) -> None:
    card = await drafted(office, "approve.csv")
    story_id = value_of(card, "story_trace")
    services = office.bot.services
    person = await (await _desk(office)).slack.person(BEN)
    from bot.domain.people import Role

    await services.people.give(DEV, Role.CONTRIBUTOR, by=person)
    async with office.person(DEV) as dev:
        before = dev.mark
        await dev.command(MOSS, f"/plumb story approve {story_id}")
        await dev.wait_for_message(shows("reviewer"), channel=MOSS, after=before)
    assert (await services.stories.get(story_id)).state is StoryState.DRAFT
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.click("story_approve", channel=direct, ts=card["ts"], value=story_id)
        await ada.wait_for(
            lambda f: f["type"] == "message_changed" and f["message"]["ts"] == card["ts"],
            PATIENCE,
            after=before,
        )
    story = await services.stories.get(story_id)
    assert (story.state, story.approved_by) == (StoryState.APPROVED, ADA)


async def test_an_edit_is_checked_in_the_form_and_kept_as_a_correction(office: Office) -> None:
    card = await drafted(office, "edit.csv")
    story_id = value_of(card, "story_trace")
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        await ada.click("story_edit", channel=direct, ts=card["ts"], value=story_id)
        view = await ada.wait_for_modal(lambda v: v.get("callback_id") == "story_edit", PATIENCE)
        refused = await ada.submit(view["id"], inputs(view, title=""))
        assert not refused["ok"]
        assert "title" in refused["errors"]
        before = ada.mark
        await ada.submit(view["id"], inputs(view, title="Let buyers follow a parcel without writing in"))
        await ada.wait_for_message(
            shows("Let buyers follow a parcel"), PATIENCE, channel=direct, after=before
        )
    await office.settled()
    history = await office.bot.services.stories.history(story_id)
    assert [(change.kind, change.field, change.author) for change in history] == [("edit", "title", ADA)]
    assert history[0].after == "Let buyers follow a parcel without writing in"


async def test_edge_cases_and_trace_come_in_the_cards_thread(office: Office) -> None:
    card = await drafted(office, "thread.csv")
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        for action in ("story_edges", "story_trace"):
            before = ada.mark
            await ada.click(action, channel=direct, ts=card["ts"], value=value_of(card, "story_trace"))
            await ada.wait_for_message(
                lambda m: m.get("thread_ts") == card["ts"] and m["ts"] != card["ts"],
                PATIENCE,
                channel=direct,
                after=before,
            )


async def test_a_vote_is_one_per_person_by_button_or_emoji(office: Office) -> None:
    card = await drafted(office, "vote.csv")
    story_id = value_of(card, "story_trace")
    direct, output = await office.direct(ADA), f"story:{story_id}"
    feedback = office.bot.services.feedback
    async with office.person(ADA) as ada:
        await ada.react(direct, card["ts"], "+1::skin-tone-3")
        await office.settled()
        assert (await feedback.tally(output)).up == 1
        before = ada.mark
        await ada.click("output_feedback", channel=direct, ts=card["ts"], value=f"down:story:{story_id}")
        view = await ada.wait_for_modal(
            lambda v: v.get("callback_id") == "feedback_reason", PATIENCE, after=before
        )
        await office.settled()
        tally = await feedback.tally(output)
        assert (tally.up, tally.down) == (0, 1)
        state = inputs(view, reasons=["too_long"], correction="Call me at +1 555 0100 when it is late")
        await ada.submit(view["id"], state)
        await office.settled()
        (vote,) = await feedback.votes(output)
        assert vote.reasons == ("too_long",)
        assert "555" not in vote.correction  # redacted before it is kept
        await ada.react(direct, card["ts"], "+1::skin-tone-3", on=False)
        await office.settled()
        assert (await feedback.tally(output)).down == 1  # that emoji was no longer the vote


async def test_sharing_asks_for_a_channel_and_posts_there(office: Office) -> None:
    card = await drafted(office, "share.csv")
    story_id = value_of(card, "story_trace")
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada, office.person(BEN) as ben:
        await ada.click("story_share", channel=direct, ts=card["ts"], value=story_id)
        view = await ada.wait_for_modal(lambda v: v.get("callback_id") == "story_share", PATIENCE)
        await ada.submit(view["id"], inputs(view, to=MOSS))
        seen = await ben.wait_for_message(shows(story_id), PATIENCE, channel=MOSS)
        assert not seen.get("ephemeral")


async def test_what_came_from_a_private_channel_stays_there(office: Office) -> None:
    async with office.person(ADA) as ada:
        await ada.invite(LEADS, "U0APP")
    card = await drafted(office, "secret.csv", channel=LEADS)
    story_id = value_of(card, "story_trace")
    assert (await office.bot.services.stories.get(story_id)).channel == LEADS
    async with office.person(BEN) as ben:  # no member of #leads
        for place in (MOSS, await office.direct(BEN)):
            before = ben.mark
            await ben.command(place, f"/plumb story show {story_id}")
            told = await ben.wait_for_message(shows(story_id), PATIENCE, channel=place, after=before)
            assert not is_card(told)
            assert "parcel" not in str(told)
        before = ben.mark
        await ben.command(MOSS, "/plumb story list")
        listed = await ben.wait_for_message(lambda m: bool(m.get("ephemeral")), channel=MOSS, after=before)
        assert story_id not in str(listed)
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.click("story_share", channel=direct, ts=card["ts"], value=story_id)
        view = await ada.wait_for_modal(
            lambda v: v.get("callback_id") == "story_share", PATIENCE, after=before
        )
        await ada.submit(view["id"], inputs(view, to=MOSS))
        await office.settled()
        assert not [m for m in await ada.messages(MOSS) if story_id in str(m) and not m.get("ephemeral")]


async def test_a_bad_file_is_refused_in_the_plan_with_what_to_do(office: Office) -> None:
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        await ada.upload("page.csv", b"<!doctype html><html><body>Log in</body></html>", channel=SUPPORT)
        before = ada.mark
        await ada.command(SUPPORT, "/plumb story draft from page.csv")
        told = await ada.wait_for_message(shows("is a web page"), PATIENCE, channel=direct, after=before)
        assert "Traceback" not in str(told)


async def test_a_message_becomes_a_story_that_says_how_little_it_rests_on(office: Office) -> None:
    direct = await office.direct(CHLOE)
    async with office.person(CHLOE) as chloe:
        posted = await chloe.post(SUPPORT, "My parcel A-77 is nine days late and nobody answers my messages.")
        ts = posted["message"]["ts"] if "message" in posted else posted["ts"]
        await chloe.message_shortcut("message_story", SUPPORT, ts)
        view = await chloe.wait_for_modal(lambda v: v.get("callback_id") == "story_from_message", PATIENCE)
        await chloe.submit(view["id"], {})
        card = await chloe.wait_for_message(is_card, PATIENCE, channel=direct)
    story = await office.bot.services.stories.get(value_of(card, "story_trace"))
    assert story.tickets == 1
    assert can_become_ready(story)  # names what is missing
    assert all("mixed as here: ." not in criterion.then for criterion in story.criteria)


async def test_the_ticket_emoji_makes_one_story_of_a_message(office: Office) -> None:
    direct = await office.direct(BEN)
    async with office.person(CHLOE) as chloe, office.person(BEN) as ben:
        posted = await chloe.post(
            SUPPORT, "The reset mail never reaches me and the app locks me out each time."
        )
        ts = posted["message"]["ts"] if "message" in posted else posted["ts"]
        before = ben.mark
        for on in (True, False, True):
            await ben.react(SUPPORT, ts, "ticket", on=on)
        await ben.wait_for_message(is_card, PATIENCE, channel=direct, after=before)
        await office.settled()
        assert len([m for m in await ben.messages(direct) if is_card(m)]) == 1


async def test_drafting_from_a_channels_messages(office: Office) -> None:
    direct = await office.direct(CHLOE)
    async with office.person(CHLOE) as chloe:
        for line in small_log(24, mark="ch").decode().splitlines()[1:]:
            await chloe.post(GENERAL, line.split(",", 3)[3].strip('"'))
        before = chloe.mark
        await chloe.command(GENERAL, f"/plumb story draft from <#{GENERAL}|general> last 2d top 1")
        await chloe.wait_for_message(is_card, PATIENCE, channel=direct, after=before)


async def test_the_form_takes_a_file_and_says_what_is_missing(office: Office) -> None:
    direct = await office.direct(CHLOE)
    async with office.person(CHLOE) as chloe:
        await chloe.command(SUPPORT, "/plumb story draft")
        view = await chloe.wait_for_modal(lambda v: v.get("callback_id") == "story_draft", PATIENCE)
        refused = await chloe.submit(view["id"], {})
        assert not refused["ok"]
        assert "file" in refused["errors"]
        held = await chloe.upload("form.csv", small_log(mark="fo"))
        before = chloe.mark
        await chloe.submit(view["id"], inputs(view, file=[held["files"][0]["id"]]))
        await chloe.wait_for_message(is_card, PATIENCE, channel=direct, after=before)


async def test_exporting_gives_a_file_and_marks_the_story(office: Office) -> None:
    card = await drafted(office, "export.csv")
    story_id = value_of(card, "story_trace")
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(direct, f"/plumb story export {story_id} as gherkin")
        await ada.wait_for_message(shows("approve"), PATIENCE, channel=direct, after=before)
        await ada.command(direct, f"/plumb story approve {story_id}")
        await office.settled()
        before = ada.mark
        await ada.command(direct, f"/plumb story export {story_id} as gherkin")
        told = await ada.wait_for_message(
            lambda m: bool(m.get("files")), PATIENCE, channel=direct, after=before
        )
        content = await ada.file(told["files"][0]["id"])
        assert b"Scenario" in content
    await office.settled()
    assert (await office.bot.services.stories.get(story_id)).state is StoryState.EXPORTED


async def test_a_second_run_does_not_send_the_file_of_the_first_again(office: Office) -> None:
    from handlers.stories.sharing import _upload

    story_id = value_of(await drafted(office, "twice.csv"), "story_trace")
    desk, direct = await _desk(office), await office.direct(ADA)
    begun = ("a run that died", desk.clock.now().timestamp())
    sent = [await _upload(desk, direct, "gherkin", [story_id], begun) for _ in range(2)]
    assert sent[0] == sent[1]
    later = ("another that died", begun[1] + 3_600)
    assert await _upload(desk, direct, "gherkin", [story_id], later) != sent[0]


async def _desk(office: Office) -> Any:
    from handlers.ask import Ask

    return await office.bot.desks.at(Ask(kind="event", key="test", team="T0SILLGROVE", user=ADA))


async def test_a_list_is_shared_without_what_the_channel_may_not_see(office: Office) -> None:
    async with office.person(ADA) as ada:
        await ada.invite(LEADS, "U0APP")
    seen = value_of(await drafted(office, "open.csv"), "story_trace")
    secret = value_of(await drafted(office, "closed.csv", channel=LEADS), "story_trace")
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada, office.person(BEN) as ben:
        before = ada.mark
        await ada.command(direct, "/plumb story list")
        mine = await ada.wait_for_message(shows(seen, secret), PATIENCE, channel=direct, after=before)
        what = value_of(mine, "answer_share")
        await ada.click("answer_share", channel=direct, ts=mine["ts"], value=what)
        view = await ada.wait_for_modal(lambda v: v.get("callback_id") == "answer_share", PATIENCE)
        await ada.submit(view["id"], inputs(view, to=MOSS))
        shared = await ben.wait_for_message(shows(seen, "Shared by"), PATIENCE, channel=MOSS)
    assert secret not in str(shared)
    assert "answer_share" not in str(shared)
    assert not shared.get("ephemeral")


async def test_themes_of_a_private_channel_are_shared_only_there(office: Office) -> None:
    async with office.person(ADA) as ada:
        await ada.invite(LEADS, "U0APP")
    await drafted(office, "quiet.csv", channel=LEADS)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(LEADS, "/plumb story themes quiet")
        direct = await office.direct(ADA)
        told = await ada.wait_for_message(
            shows("What quiet is about"), PATIENCE, channel=direct, after=before
        )
        what = value_of(told, "answer_share")
        for channel, said in ((MOSS, "comes from a private channel"), (LEADS, "Shared in")):
            before = ada.mark
            await ada.click("answer_share", channel=direct, ts=told["ts"], value=what)
            view = await ada.wait_for_modal(
                lambda v: v.get("callback_id") == "answer_share", PATIENCE, after=before
            )
            await ada.submit(view["id"], inputs(view, to=channel))
            await ada.wait_for_message(shows(said), PATIENCE, after=before)
        assert not [m for m in await ada.messages(MOSS) if "quiet is about" in str(m)]
        assert [m for m in await ada.messages(LEADS) if "quiet is about" in str(m)]
