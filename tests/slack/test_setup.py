"""Features under watch at the wire: form, errors, changes, stages, a key shown once, who owns what."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.features import Autonomy, Duty, Stage, Threshold, Track, Watched
from bot.domain.people import Person as Somebody
from bot.domain.people import Role
from tests.slack.office import (
    ADA,
    BEN,
    CHLOE,
    DEV,
    LEADS,
    MOSS,
    PATIENCE,
    Json,
    Office,
    inputs,
    open_office,
    shows,
    value_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")
OWNER = Somebody(ADA, is_owner=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder: Path = tmp_path_factory.mktemp("setup")
    async with open_office(folder) as opened:
        services = opened.bot.services
        await services.people.give(CHLOE, Role.VIEWER, OWNER)
        owners = {Duty.ACCOUNTABLE: CHLOE, Duty.DATA: "somebody on the command line"}
        async with opened.person(ADA) as ada:
            await ada.invite(LEADS, "U0APP")
        await services.features.add(Watched("leads", channels=(LEADS, MOSS), owners=owners), OWNER)
        yield opened


async def ask(office: Office, user: str, words: str, *shown: str) -> Json:
    """What somebody typed, and the answer that shows all of this."""
    async with office.person(user) as person:
        before = person.mark
        await person.command(MOSS, f"/plumb {words}")
        return await person.wait_for_message(shows(*shown), PATIENCE, channel=MOSS, after=before)


async def form(office: Office, user: str, words: str, **filled: Any) -> Json:
    """What Slack is told once the form that a command opens is sent off with this in it."""
    async with office.person(user) as person:
        before = person.mark
        await person.command(MOSS, f"/plumb {words}")
        view = await person.wait_for_modal(lambda v: v.get("callback_id") == "setup", PATIENCE, after=before)
        return await person.submit(view["id"], inputs(view, **filled))


async def test_a_feature_is_set_up_in_one_form(office: Office) -> None:
    filled = {
        "title": "Replies", "track": "4", "autonomy": "autopilot", "stage": "pilot", "data": BEN,
        "accountable": ADA, "positive_rate": "72.5/80", "accuracy": "", "business": "solved",
        "minutes_saved": "4",
        "baseline": "60 timed", "false_negative_cost": "1,5",
    }  # fmt: skip
    async with office.person(DEV) as dev:
        before = dev.mark
        await form(office, DEV, "setup reply", **filled)
        note = await dev.wait_for_message(shows("*reply* is under watch, in pilot"), PATIENCE, after=before)
    assert "setup_key" not in str(note)  # a reviewer makes no keys
    assert await office.bot.services.features.get("reply") == Watched(
        "reply",
        title="Replies",
        channels=(MOSS,),
        track=Track.OPEN_GENERATION,
        autonomy=Autonomy.AUTOPILOT,
        stage=Stage.PILOT,
        owners={Duty.DATA: BEN, Duty.ACCOUNTABLE: ADA},
        thresholds=(Threshold("positive_rate", 0.725, 0.8), Threshold("override_rate", 0.15, 0.1, "lower")),
        business="solved",
        minutes_saved=4,
        baseline="60 timed",
        false_negative_cost=1.5,
    )


async def test_what_is_wrong_is_said_where_it_stands(office: Office) -> None:
    wrong = {"title": "x", "positive_rate": "80/70", "override_rate": "a lot", "minutes_saved": "4"}
    answer = await form(office, DEV, "setup", name="Not a name", **wrong)
    assert "cannot name a feature" in str(answer) or "is no number" in str(answer)
    answer = await form(office, DEV, "setup", name="fresh", **wrong)
    assert "'a lot' is no number." in str(answer)
    answer = await form(office, DEV, "setup", name="fresh", **{**wrong, "override_rate": "15/10"})
    assert "The goal, 70 %, must lie above the minimum, 80 %: higher is better." in str(answer)
    assert "Minutes saved need a source." in str(answer)
    answer = await form(office, DEV, "setup", name="leads", title="x")
    assert "There is one of that name." in str(answer)
    assert {each.name for each in await office.bot.services.features.all()} <= {"leads", "reply"}


async def test_a_change_keeps_what_the_form_does_not_show(office: Office) -> None:
    features = office.bot.services.features
    await features.change("leads", {"latency_p95": "3s"}, OWNER)
    async with office.person(ADA) as ada:
        before = ada.mark
        await form(office, ADA, "setup leads", title="Leads")
        await ada.wait_for_message(shows("*leads* is changed", "Leads"), PATIENCE, after=before)
    found = await features.get("leads")
    assert found.owners == {Duty.ACCOUNTABLE: CHLOE, Duty.DATA: "somebody on the command line"}
    assert found.thresholds == (Threshold("latency_p95", 3_000, None, "lower"),)
    assert [each.field for each in await features.changes("leads")] == ["stage", "thresholds", "title"]


async def test_two_who_edit_do_not_undo_each_other(office: Office) -> None:
    features = office.bot.services.features
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(MOSS, "/plumb setup leads")
        view = await ada.wait_for_modal(lambda v: v.get("callback_id") == "setup", PATIENCE, after=before)
        await features.change("leads", {"business": "signed"}, OWNER)
        answer = await ada.submit(view["id"], inputs(view, title="Other leads"))
    assert "Somebody changed it meanwhile" in str(answer)
    assert (await features.get("leads")).title != "Other leads"


async def test_a_viewer_sees_and_sets_nothing_up(office: Office) -> None:
    async with office.person(CHLOE) as chloe:
        before = chloe.mark
        await chloe.command(MOSS, "/plumb setup leads")
        await chloe.wait_for_modal(shows("needs the reviewer role"), PATIENCE, after=before)
    card = await ask(office, CHLOE, "feature show leads", "No interaction, vote or label", "feature_stage")
    assert f"<#{MOSS}>" in str(card)
    assert LEADS not in str(card)  # a private channel, asked about elsewhere
    assert "setup_open" not in str(card)


async def test_who_is_accountable_moves_the_stage_and_nobody_else(office: Office) -> None:
    words = "feature stage leads pilot because 120 votes, 81 % up"
    await ask(office, DEV, words, "is up to who is accountable", f"<@{CHLOE}>")
    await ask(office, CHLOE, words, "*leads* is in pilot now, before in shadow", "120 votes, 81 % up")
    await ask(office, CHLOE, "feature stage leads gradual", "The note is missing")
    await ask(office, CHLOE, "feature stage leads", "Name a feature, a stage and why")
    assert (await office.bot.services.features.get("leads")).stage is Stage.PILOT


async def test_a_card_is_shared_without_what_the_channel_may_not_see(office: Office) -> None:
    async with office.person(ADA) as ada:
        direct = await office.direct(ADA)
        before = ada.mark
        await ada.command(direct, "/plumb feature show leads last 8w")
        card = await ada.wait_for_message(shows("answer_share"), PATIENCE, channel=direct, after=before)
        assert f"<#{LEADS}>" in str(card)  # a member's own direct messages
        before = ada.mark
        await ada.click("answer_share", channel=direct, ts=card["ts"], value=value_of(card, "answer_share"))
        view = await ada.wait_for_modal(
            lambda v: v.get("callback_id") == "answer_share", PATIENCE, after=before
        )
        await ada.submit(view["id"], inputs(view, to=MOSS))
        shared = await ada.wait_for_message(shows("Shared by", "leads"), PATIENCE, channel=MOSS, after=before)
    assert LEADS not in str(shared)
    assert "feature_stage" not in str(shared)


async def test_a_stage_is_moved_by_form(office: Office) -> None:
    await office.bot.services.features.add(Watched("triage", owners={Duty.ACCOUNTABLE: DEV}), OWNER)
    async with office.person(DEV) as dev:
        before = dev.mark
        await dev.command(MOSS, "/plumb feature show triage")
        card = await dev.wait_for_message(shows("feature_stage"), PATIENCE, channel=MOSS, after=before)
        before = dev.mark
        await dev.click("feature_stage", channel=MOSS, ts=card["ts"], value="triage")
        view = await dev.wait_for_modal(
            lambda v: v.get("callback_id") == "feature_stage", PATIENCE, after=before
        )
        answer = await dev.submit(view["id"], inputs(view, note=" "))
        assert "Say on what grounds." in str(answer)
        await dev.submit(view["id"], inputs(view, note="no complaint in four weeks"))
        await dev.wait_for_message(shows("*triage* is in pilot now"), PATIENCE, after=before)  # the next one


async def test_a_key_is_shown_once_and_kept_nowhere(office: Office) -> None:
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(MOSS, "/plumb feature show leads")
        card = await ada.wait_for_message(shows("setup_key"), PATIENCE, channel=MOSS, after=before)
        before = ada.mark
        await ada.click("setup_key", channel=MOSS, ts=card["ts"], value=value_of(card, "setup_key"))
        asked = await ada.wait_for_modal(shows("setup_key_make"), PATIENCE, after=before)
        before = ada.mark
        await ada.click("setup_key_make", view_id=asked["id"], value="leads")
        shown = await ada.wait_for_modal(shows("OTEL_EXPORTER_OTLP_HEADERS"), PATIENCE, after=before)
    secret = str(shown).partition("Bearer%20")[2].partition("'")[0]
    key = await office.bot.services.keys.holder(secret)
    assert key is not None
    assert (key.feature, key.created_by) == ("leads", ADA)
    await office.settled()
    for path in office.folder.rglob("*"):
        assert not path.is_file() or secret.encode() not in path.read_bytes(), path.name


async def test_who_says_who_owns_what(office: Office) -> None:
    told = await ask(office, DEV, "who", "Who owns what", "Who may do what", f"Accountable <@{CHLOE}>")
    assert "Who decides on changing the prompt?" in str(told)
    await ask(office, DEV, "feature list", "Features under watch", "*leads*")
    await ask(office, DEV, "feature show nothing", "There is no feature")
