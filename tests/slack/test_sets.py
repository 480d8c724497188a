"""Sets of cases at the wire: imported after a look, shown, gathered, reviewed, kept where they belong."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.datasets import CandidateState, needs_answer
from bot.errors import NotFound
from tests.slack.office import (
    ADA,
    BEN,
    CHLOE,
    FRANK,
    LEADS,
    MOSS,
    PATIENCE,
    SUPPORT,
    Office,
    inputs,
    open_office,
    shows,
    small_log,
    value_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTIONS = (
    b"question,expected,plan\n"
    b"Where is my refund?,refund,pro\n"
    b"Refund for anna.berg@example.com please,refund,free\n"
    b"Can I skip a week?,skip,pro\n"
    b"Skip the next box,skip,free\n"
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder: Path = tmp_path_factory.mktemp("sets")
    async with open_office(folder) as opened:
        yield opened


async def ask(office: Office, user: str, words: str, *shown: str, channel: str = MOSS) -> dict[str, Any]:
    """What somebody typed, and the private answer that shows all of this."""
    async with office.person(user) as person:
        before = person.mark
        await person.command(channel, f"/plumb {words}")
        told = await person.wait_for_message(shows(*shown), PATIENCE, channel=channel, after=before)
    assert told.get("ephemeral") or channel.startswith("D")
    return dict(told)


async def looked_at(office: Office, name: str, words: str, *, channel: str = MOSS) -> dict[str, Any]:
    """The preview of a file of questions that Ada shared in a channel, in her direct messages."""
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        await ada.upload(name, QUESTIONS, channel=channel)
        before = ada.mark
        await ada.command(channel, f"/plumb set import {words}")
        told = await ada.wait_for_message(shows("set_add"), PATIENCE, channel=direct, after=before)
    await office.settled()
    return dict(told)


async def imported(office: Office, name: str, *, channel: str = MOSS) -> None:
    """A set of that name with the four questions."""
    told = await looked_at(office, f"{name}.csv", f"{name} from {name}.csv slice plan", channel=channel)
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.click("set_add", channel=direct, ts=told["ts"], value=value_of(told, "set_add"))
        await ada.wait_for_message(shows(f"*{name}@1* is there"), PATIENCE, channel=direct, after=before)
    await office.settled()


def block_of(told: dict[str, Any], action: str, value: str) -> str:
    """The block of the button with this value, where several have its action."""
    return next(
        str(block["block_id"])
        for block in told["blocks"]
        for each in block.get("elements", [])
        if (each.get("action_id"), each.get("value")) == (action, value)
    )


async def test_an_import_shows_what_it_would_do_and_keeps_nothing_before_the_click(office: Office) -> None:
    told = await looked_at(office, "questions.csv", "refunds from questions.csv slice plan")
    shown = str(told["blocks"])
    assert "refunds@1 would have 4 cases: 4 added" in shown
    assert "anna.berg" not in shown
    assert "only if the output equals the expected label" in shown
    assert "Where is my refund" not in value_of(told, "set_add")
    with pytest.raises(NotFound):
        await office.bot.services.datasets.get("refunds")
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.click("set_add", channel=direct, ts=told["ts"], value=value_of(told, "set_add"))
        there = shows("*refunds@1* is there with 4 cases")
        kept = await ada.wait_for_message(there, PATIENCE, channel=direct, after=before)
    assert kept["ts"] == told["ts"]
    assert "set_add" not in str(kept["blocks"])
    assert value_of(kept, "exp_new") == "refunds@1"
    found = await office.bot.services.datasets.get("refunds")
    assert (found.version, len(found.cases), found.cases[0].slices) == (1, 4, {"plan": "pro"})


async def test_an_import_that_was_overtaken_keeps_nothing(office: Office) -> None:
    first = await looked_at(office, "late.csv", "late from late.csv")
    await office.bot.services.candidates.propose_text("late", "Is it late?", ADA, expected="yes")
    await office.bot.services.candidates.accept("late", [1], ADA)
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.click("set_add", channel=direct, ts=first["ts"], value=value_of(first, "set_add"))
        await ada.wait_for_message(shows("was changed since"), PATIENCE, channel=direct, after=before)
    assert len((await office.bot.services.datasets.get("late")).cases) == 1


async def test_the_form_takes_a_file_and_forgetting_keeps_nothing(office: Office) -> None:
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(MOSS, "/plumb set import")
        view = await ada.wait_for_modal(
            lambda v: v.get("callback_id") == "set_import", PATIENCE, after=before
        )
        assert "file" in (await ada.submit(view["id"], {}))["errors"]
        held = await ada.upload("form.csv", QUESTIONS)
        file = [held["files"][0]["id"]]
        refused = await ada.submit(view["id"], inputs(view, file=file, name="No Name"))
        assert "name" in refused["errors"]
        before = ada.mark
        await ada.submit(view["id"], inputs(view, file=file, name="forms", slices="plan"))
        told = await ada.wait_for_message(shows("forms@1"), PATIENCE, channel=direct, after=before)
        before = ada.mark
        await ada.click("set_forget", channel=direct, ts=told["ts"])
        gone = await ada.wait_for_message(shows("Nothing was kept"), PATIENCE, channel=direct, after=before)
    assert (gone["ts"], "set_forget" in str(gone["blocks"])) == (told["ts"], False)
    assert "forms" not in {line.name for line in await office.bot.services.datasets.all()}


async def test_a_file_that_holds_no_case_is_refused_in_one_sentence(office: Office) -> None:
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        await ada.upload("page.csv", b"<!doctype html><html><body>Log in</body></html>", channel=MOSS)
        before = ada.mark
        await ada.command(MOSS, "/plumb set import page from page.csv")
        told = await ada.wait_for_message(shows("is a web page"), PATIENCE, channel=direct, after=before)
    assert "Traceback" not in str(told)


async def test_a_set_says_what_it_can_show_and_what_to_mend(office: Office) -> None:
    await imported(office, "shown")
    told = str(await ask(office, ADA, "set show shown", "shown@1", "4 cases can prove no difference at all"))
    assert "too few to judge any of them" in told
    assert "No case shows what must not be answered" in told
    assert "set_review" not in told
    await ask(office, ADA, "set list", "shown@1", "4 cases", "by plan")
    await ask(office, ADA, "set show shwon", "Did you mean shown")
    await ask(office, ADA, "set show", "Which set?")


async def test_a_card_is_shared_and_guests_get_nothing(office: Office) -> None:
    await imported(office, "open")
    told = await ask(office, ADA, "set show open", "open@1")
    async with office.person(ADA) as ada, office.person(FRANK) as frank:
        before = ada.mark
        await ada.click("answer_share", channel=MOSS, ts=told["ts"], value="set|open@1")
        view = await ada.wait_for_modal(
            lambda v: v.get("callback_id") == "answer_share", PATIENCE, after=before
        )
        await ada.submit(view["id"], inputs(view, to=MOSS))
        await ada.wait_for_message(shows("open@1", "Shared by"), PATIENCE, channel=MOSS, after=before)
        for words in ("set list", "set show open", "set review open"):
            before = frank.mark
            await frank.command(SUPPORT, f"/plumb {words}")
            answer = await frank.wait_for_message(shows("viewer"), PATIENCE, channel=SUPPORT, after=before)
            assert "refund" not in str(answer)


async def test_what_comes_from_a_private_channel_stays_there(office: Office) -> None:
    async with office.person(ADA) as ada:
        await ada.invite(LEADS, "U0APP")
    await imported(office, "leads", channel=LEADS)
    (line,) = [each for each in await office.bot.services.datasets.all() if each.name == "leads"]
    assert line.channel == LEADS
    await ask(office, ADA, "set show leads", "leads@1", channel=LEADS)
    await ask(office, BEN, "set show leads", "There is no set “leads”")
    assert "leads@1" not in str(await ask(office, ADA, "set list", "Sets of cases"))
    await ask(office, BEN, "set import leads from questions.csv", "cannot be used here")


async def test_a_review_answers_accepts_and_rejects(office: Office) -> None:
    services = office.bot.services
    await services.candidates.propose_text("desk", "Where is my lamp?", BEN)
    await services.candidates.propose_text("desk", "Can I pay later?", BEN, expected="yes, within 14 days")
    await services.candidates.propose_text("desk", "hello", BEN)
    direct = await office.direct(ADA)
    told = await ask(office, ADA, "set review desk", "3 waiting", "needs an answer", channel=direct)
    async with office.person(ADA) as ada:

        async def press(action: str, value: str) -> None:
            block = block_of(told, action, value)
            await ada.click(action, channel=direct, ts=told["ts"], block_id=block, value=value)

        async def opened(action: str, value: str) -> Any:
            before = ada.mark
            await press(action, value)
            return await ada.wait_for_modal(lambda v: v.get("callback_id") == action, PATIENCE, after=before)

        async def changed(*texts: str, after: int) -> Any:
            """The message that was clicked, in its place, without what was decided."""
            now = await ada.wait_for_message(shows(*texts), PATIENCE, channel=direct, after=after)
            assert now["ts"] == told["ts"]
            return now

        view = await opened("set_answer", "desk:1")
        assert "expected" in (await ada.submit(view["id"], inputs(view, expected=" ")))["errors"]
        before = ada.mark
        await ada.submit(view["id"], inputs(view, expected="On its way; mail a@example.com."))
        told = await changed("1 case accepted: *desk@1*", "2 waiting", after=before)
        assert "desk:1" not in str(told["blocks"])
        before = ada.mark
        await press("set_accept", "desk:2")
        told = await changed("1 case accepted: *desk@2*", "1 waiting", after=before)
        view = await opened("set_reject", "desk:3")
        assert "reason" in (await ada.submit(view["id"], {}))["errors"]
        before = ada.mark
        await ada.submit(view["id"], inputs(view, reason="not a request"))
        told = await changed("Candidate 3 of *desk* is rejected", after=before)
        assert "set_reject" not in str(told["blocks"])
    found = await services.datasets.get("desk")
    assert [case.expected.split(";")[0] for case in found.cases] == ["On its way", "yes, within 14 days"]
    assert "a@example.com" not in str(found.cases)
    states = [each.state for each in await services.candidates.all("desk", None)]
    assert states == [CandidateState.ACCEPTED, CandidateState.ACCEPTED, CandidateState.REJECTED]
    async with office.person(BEN) as ben:  # what Ada decided is not decided again
        before = ben.mark
        await ben.command(MOSS, "/plumb set review desk")
        await ben.wait_for_message(shows("None waiting"), PATIENCE, channel=MOSS, after=before)


async def test_a_message_becomes_a_candidate_by_its_menu(office: Office) -> None:
    async with office.person(CHLOE) as chloe:
        posted = await chloe.post(SUPPORT, "My box never came, write to kim@example.com")
        ts = posted["message"]["ts"] if "message" in posted else posted["ts"]
        before = chloe.mark
        await chloe.message_shortcut("message_set", SUPPORT, ts)
        view = await chloe.wait_for_modal(
            lambda v: v.get("callback_id") == "set_message", PATIENCE, after=before
        )
        assert "name" in (await chloe.submit(view["id"], inputs(view, set="+", name="No Name")))["errors"]
        state = inputs(view, set="+", name="menu", expected="say sorry, send a new one")
        await chloe.submit(view["id"], state)
        await chloe.wait_for_message(shows("1 candidate waits in *menu*"), PATIENCE, after=before)
    (candidate,) = await office.bot.services.candidates.all("menu")
    assert "kim@example.com" not in str(candidate.case)
    assert candidate.case.expected == "say sorry, send a new one"


async def test_a_pin_in_a_private_channel_goes_into_a_set_of_that_channel(office: Office) -> None:
    async with office.person(ADA) as ada:
        await ada.invite(LEADS, "U0APP")
        posted = await ada.post(LEADS, "The new price list confuses our growers.")
        ts = posted["message"]["ts"] if "message" in posted else posted["ts"]
        before = ada.mark
        await ada.react(LEADS, ts, "pushpin")
        told = await ada.wait_for_message(shows("📌", "*"), PATIENCE, channel=LEADS, after=before)
        assert told.get("ephemeral")
    await office.settled()
    lines = [line for line in await office.bot.services.datasets.all() if line.candidates]
    held = {
        line.name: line.channel
        for line in lines
        if "price list" in str(await office.bot.services.candidates.all(line.name))
    }
    assert list(held.values()) == [LEADS]


async def test_a_pin_asks_which_set_where_there_are_several(office: Office) -> None:
    for name in ("one", "two"):
        await office.bot.services.candidates.propose_text(name, "first of all", ADA)
    async with office.person(BEN) as ben:
        posted = await ben.post(MOSS, "Which days can I swap?")
        ts = posted["message"]["ts"] if "message" in posted else posted["ts"]
        before = ben.mark
        await ben.react(MOSS, ts, "pushpin")
        told = await ben.wait_for_message(shows("Into which set?"), PATIENCE, channel=MOSS, after=before)
        button = next(
            element
            for block in told["blocks"]
            for element in block.get("elements", [])
            if str(element.get("action_id", "")).startswith("set_pin_")
        )
        before = ben.mark
        await ben.click(button["action_id"], channel=MOSS, ts=told["ts"], value=button["value"])
        await ben.wait_for_message(shows("1 candidate waits in"), PATIENCE, channel=MOSS, after=before)
    name = button["value"].partition(":")[0]
    found = [each.case.vars for each in await office.bot.services.candidates.all(name)]
    assert "Which days can I swap?" in str(found)


async def test_the_first_of_a_log_and_a_themes_tickets_wait_for_an_answer(office: Office) -> None:
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        await ada.upload("tickets.csv", small_log(60), channel=MOSS)
        before = ada.mark
        await ada.command(MOSS, "/plumb story themes tickets.csv")
        listed = await ada.wait_for_message(shows("theme_draft"), PATIENCE, channel=direct, after=before)
        theme = value_of(listed, "theme_draft").partition("|")[2]
        before = ada.mark
        await ada.command(MOSS, "/plumb set first20 tickets into starters top 6")
        told = await ada.wait_for_message(
            shows("6 candidates wait in *starters*"), PATIENCE, channel=direct, after=before
        )
        assert "set_review" in str(told)
    found = await office.bot.services.candidates.all("starters")
    assert len({each.case.slices["theme"] for each in found}) == 3
    await ask(office, ADA, f"set theme {theme} of tickets into themed top 4", "candidates wait in *themed*")
    await ask(office, ADA, f"set theme {theme} of tickets into themed top 4", "knows all of them")
    await ask(office, ADA, "set first20 nothing", "There is no log “nothing”")
    found = await office.bot.services.candidates.all("themed")
    assert 1 < len(found) <= 4
    assert all(needs_answer(each.case) for each in found)


async def test_a_storys_examples_wait_until_somebody_approved_it(office: Office) -> None:
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        await ada.upload("told.csv", small_log(60, mark="t"), channel=MOSS)
        before = ada.mark
        await ada.command(MOSS, "/plumb story draft from told.csv top 1")
        card = await ada.wait_for_message(shows("story_trace"), PATIENCE, channel=direct, after=before)
        await office.settled()
        story = value_of(card, "story_trace")
        before = ada.mark
        await ada.command(MOSS, f"/plumb set from {story} into told")
        await ada.wait_for_message(shows("wait in *told*"), PATIENCE, channel=MOSS, after=before)
        await ada.command(direct, f"/plumb story approve {story}")
        await office.settled()
        before = ada.mark
        await ada.command(direct, f"/plumb set from {story} into proven")
        told = await ada.wait_for_message(shows("set_add"), PATIENCE, channel=direct, after=before)
        before = ada.mark
        await ada.click("set_add", channel=direct, ts=told["ts"], value=value_of(told, "set_add"))
        await ada.wait_for_message(shows("*proven@1* is there"), PATIENCE, channel=direct, after=before)
    found = await office.bot.services.datasets.get("proven")
    assert {case.slices["story"] for case in found.cases} == {story}
