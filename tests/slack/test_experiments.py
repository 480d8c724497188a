"""Experiments at the wire: ordered by words, priced, run in place, concluded, shared, voted on, closed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.experiments.experiment import State
from bot.domain.people import Person
from bot.errors import InputError
from handlers.ask import Ask
from handlers.experiments.sprints import remind
from tests.slack.office import (
    ADA,
    BEN,
    CHLOE,
    DEV,
    FRANK,
    MOSS,
    PATIENCE,
    Office,
    inputs,
    open_office,
    shows,
    value_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

FACTS = {
    "skip": "Boxes lock on Wednesday at midnight; then a week can no longer be skipped.",
    "refund": "A refund reaches the account within five working days.",
    "address": "To change an address, open Settings, then Deliveries.",
    "allergy": "Allergens are listed on the back of every recipe card.",
}
QUESTIONS = {
    "skip": (
        "Until when can I skip a week?",
        "can this week be skipped still",
        "Is it too late to skip the box?",
    ),
    "refund": (
        "When does my refund arrive?",
        "refund not on my account",
        "how long until a refund reaches me",
    ),
    "address": (
        "How do I change my address?",
        "new address, where do i change it",
        "change the delivery address",
    ),
    "allergy": (
        "Where are allergens listed?",
        "Is there a list of allergens on the card?",
        "allergens of a recipe?",
    ),
}


def prompt(*facts: str) -> str:
    lines = "\n".join(f"- {FACTS[fact]}" for fact in facts)
    told = f"You answer customers.\n{lines}\nIf you do not know, say: I will ask."
    return f"# System\n{told}\n# User\n{{{{ question }}}}\n"


def cases(times: int = 4) -> bytes:
    """Twelve questions, each in so many spellings; what is right is a part of the fact."""
    rows = ["question,__expected"]
    for fact, asked in QUESTIONS.items():
        rows += [f'"{each}{"!" * n}","icontains: {FACTS[fact][:20]}"' for each in asked for n in range(times)]
    return "\n".join(rows).encode()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder: Path = tmp_path_factory.mktemp("experiments")
    async with open_office(folder) as opened:
        services = opened.bot.services
        ada = Person(ADA, "Ada", is_owner=True)
        await services.prompts.save("reply", prompt("skip", "refund"), ada)
        await services.prompts.save("reply", prompt("skip", "refund", "address", "allergy"), ada)
        read = await services.datasets.read(BytesIO(cases()), filename="questions.csv")
        await services.datasets.commit(await services.datasets.propose("questions", read), ADA)
        yield opened


def button(action: str) -> Any:
    return lambda message: f"'{action}'" in str(message.get("blocks"))


async def concluded(office: Office, words: str, who: str = ADA) -> dict[str, Any]:
    """The result card of an experiment that was ordered with a cap."""
    direct = await office.direct(who)
    async with office.person(who) as person:
        before = person.mark
        await person.command(MOSS, f"/plumb exp run {words} max $1")
        card = await person.wait_for_message(button("exp_report"), PATIENCE, channel=direct, after=before)
    await office.settled()
    return dict(card)


async def answered(office: Office, words: str, *said: str) -> None:
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(MOSS, f"/plumb {words}")
        await ada.wait_for_message(shows(*said), PATIENCE, after=before)


async def test_with_a_cap_it_runs_and_ends_in_a_verdict(office: Office) -> None:
    card = await concluded(office, "reply@1 reply@2 on brief set questions")
    shown = str(card["blocks"])
    assert "Ship reply@2" in shown
    assert "48" in shown
    experiment = (await office.bot.services.experiments.all())[0]
    assert experiment.state is State.DONE
    report = await office.bot.services.experiments.report(experiment.id)
    by_arm = {arm.arm: arm.value or 0.0 for arm in report.conclusion.arms}
    told = {arm: [c.passed for c in report.cells if c.key.arm == arm] for arm in by_arm}
    assert all(by_arm[arm] == sum(map(bool, passed)) / len(passed) for arm, passed in told.items())
    assert by_arm["reply@2"] > by_arm["reply@1"]


async def test_without_a_cap_it_shows_the_cost_first(office: Office) -> None:
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(MOSS, "/plumb exp run reply@1 reply@2 on brief,full set questions k=2")
        told = await ada.wait_for_message(button("exp_start"), PATIENCE, channel=MOSS, after=before)
        assert told.get("ephemeral")
        assert "4 arms × 48 cases × 2 times = 384 calls" in str(told)
        planned = value_of(told, "exp_start")
        assert (await office.bot.services.experiments.get(planned)).state is State.PLANNED
        direct = await office.direct(ADA)
        before = ada.mark
        await ada.click("exp_start", channel=MOSS, ts=told["ts"], value=planned)
        await ada.wait_for_message(button("exp_report"), PATIENCE, channel=direct, after=before)
    await office.settled()
    assert (await office.bot.services.experiments.get(planned)).state is State.DONE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("exp run reply@1 reply@9 on brief set questions", "reply@9"),
        ("exp run reply@1 reply@2 on brieff set questions", "Did you mean brief"),
        ("exp run reply@1 reply@2 set questoins", "Did you mean questions"),
        ("exp run reply@1 reply@2 set questions max $9999", "no amount of money"),
        ("exp run set questions", "Which prompts"),
        ("exp show EX-999", "no experiment EX-999"),
        ("exp stop EX-999", "no experiment EX-999"),
    ],
)
async def test_what_cannot_be_done_is_said_in_one_sentence(office: Office, words: str, said: str) -> None:
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(MOSS, f"/plumb {words}")
        await ada.wait_for_message(shows(said), PATIENCE, channel=MOSS, after=before)


async def test_the_form_shows_the_cost_as_it_changes(office: Office) -> None:
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(MOSS, "/plumb exp run")
        view = await ada.wait_for_modal(lambda v: v.get("callback_id") == "exp_run", PATIENCE, after=before)
        state = inputs(
            view, prompts=["reply@2", "reply@1"], models=["brief"], dataset="questions@1", cases="20",
            repeats="1", cap="1.00",
        )  # fmt: skip
        before = ada.mark
        await ada.click("exp_form_cases", view_id=view["id"], value="20", state=state)
        await ada.wait_for_modal(lambda v: "40 calls" in str(v), PATIENCE, after=before)
        direct = await office.direct(ADA)
        before = ada.mark
        await ada.submit(view["id"], state)
        await ada.wait_for_message(button("exp_report"), PATIENCE, channel=direct, after=before)


async def test_the_report_comes_as_one_page(office: Office) -> None:
    card = await concluded(office, "reply@1 reply@2 on brief set questions first 20")
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        name = value_of(card, "exp_report")
        await ada.click("exp_report", channel=direct, ts=card["ts"], value=name)
        sent = await ada.wait_for_message(
            lambda m: any(file["name"] == f"{name}.html" for file in m.get("files") or []),
            PATIENCE,
            after=before,
        )
    assert sent["files"]


async def test_too_few_cases_say_how_many_more_and_a_click_adds_them(office: Office) -> None:
    card = await concluded(office, "reply@1 reply@2 on brief set questions first 6")
    direct, wanted = await office.direct(ADA), value_of(card, "exp_add")
    name, _, more = wanted.partition(":")
    added = min(int(more), 48 - 6)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.click("exp_add", channel=direct, ts=card["ts"], value=wanted)
        await ada.wait_for_message(shows(f"goes on with {added} more case"), PATIENCE, after=before)
        await ada.wait_for_message(button("exp_report"), PATIENCE, channel=direct, after=before)
    await office.settled()
    report = await office.bot.services.experiments.report(name)
    assert len({cell.key for cell in report.cells}) == len(report.cells) == 2 * (6 + added)


async def test_a_blind_vote_hides_names_until_it_is_closed(office: Office) -> None:
    card = await concluded(office, "reply@1 reply@2 on brief set questions first 30")
    direct, name = await office.direct(ADA), value_of(card, "exp_vote")
    async with office.person(ADA) as ada, office.person(BEN) as ben, office.person(CHLOE) as chloe:
        before = ada.mark
        await ada.click("exp_vote", channel=direct, ts=card["ts"], value=name)
        view = await ada.wait_for_modal(lambda v: v.get("callback_id") == "exp_vote", PATIENCE, after=before)
        seen = ben.mark
        await ada.submit(view["id"], inputs(view, to=MOSS, pair="0", cases="3"))
        ballot = await ben.wait_for_message(button("exp_reveal"), PATIENCE, channel=MOSS, after=seen)
        assert "reply@" not in str(ballot["blocks"])[200:]
        ballot_id = value_of(ballot, "exp_reveal")
        for voter, choice in ((ben, "left"), (chloe, "right"), (chloe, "left")):
            await voter.click(
                f"exp_ballot_{choice}", channel=MOSS, ts=ballot["ts"], value=f"{ballot_id}:1:{choice}"
            )
            await office.settled()
        assert await office.bot.services.ballots.voted(ballot_id) == [2, 0, 0]
        await ada.click("exp_reveal", channel=MOSS, ts=ballot["ts"], value=ballot_id)
        await office.settled()
        (shown,) = [m for m in await ben.messages(MOSS) if m["ts"] == ballot["ts"]]
        assert "A was reply@" in str(shown["blocks"])
        counted = await office.bot.services.ballots.counted(ballot_id)
        assert (counted.wins + counted.losses, counted.voters) == (2, 2)
        with pytest.raises(InputError, match="closed"):  # a click that was under way
            await office.bot.services.ballots.vote(ballot_id, 1, "right", user=BEN)


async def test_closing_keeps_what_was_learned_on_every_card(office: Office) -> None:
    card = await concluded(office, "reply@1 reply@2 on brief set questions first 12")
    direct, name = await office.direct(ADA), value_of(card, "exp_close")
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.click("exp_close", channel=direct, ts=card["ts"], value=name)
        view = await ada.wait_for_modal(lambda v: v.get("callback_id") == "exp_close", PATIENCE, after=before)
        await ada.submit(
            view["id"], inputs(view, decision="keep", learned="Call +1 555 0100: facts beat tone.")
        )
        await ada.wait_for_message(shows(f"*{name}* is closed"), PATIENCE, after=before)
        await office.settled()
        (shown,) = [m for m in await ada.messages(direct) if m["ts"] == card["ts"]]
    assert "facts beat tone" in str(shown["blocks"])
    assert "555" not in str(shown["blocks"])


async def test_a_card_is_shared_and_guests_get_nothing(office: Office) -> None:
    card = await concluded(office, "reply@1 reply@2 on brief set questions first 15")
    direct, name = await office.direct(ADA), value_of(card, "exp_close")
    async with office.person(ADA) as ada, office.person(DEV) as dev, office.person(FRANK) as frank:
        before = ada.mark
        await ada.click("answer_share", channel=direct, ts=card["ts"], value=f"experiment|{name}")
        view = await ada.wait_for_modal(
            lambda v: v.get("callback_id") == "answer_share", PATIENCE, after=before
        )
        await ada.submit(view["id"], inputs(view, to=MOSS))
        shared = await dev.wait_for_message(shows(name, "Shared by"), PATIENCE, channel=MOSS)
        assert "exp_close" in str(shared)
        before = frank.mark
        await frank.command("C0SUPPORT", f"/plumb exp show {name}")
        told = await frank.wait_for_message(lambda m: bool(m.get("ephemeral")), PATIENCE, after=before)
        assert "needs the viewer role" in str(told)


async def test_a_sprint_ends_with_one_question_to_its_owner(office: Office) -> None:
    """Two replicas look on its last day, and one again on the next; then it is decided under the question."""
    day = office.bot.services.clock.now().date() + timedelta(days=1)
    words = f"reply@1 reply@2 on brief,full set questions until {day} max $1 because fewer questions"
    await answered(office, f"exp sprint {words.replace(str(day), '2020-01-01')}", "from tomorrow on")
    await answered(office, f"exp sprint {words.replace(',full', '')}", "3 to 5 arms", "not 2")
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(MOSS, f"/plumb exp sprint {words}")
        await ada.wait_for_message(button("exp_report"), PATIENCE, after=before)
        await office.settled()
        name = (await office.bot.services.experiments.all())[0].id
        desk = await office.bot.desks.at(Ask("event", "test", "T0SILLGROVE", ""))
        before = ada.mark
        await remind(desk, day - timedelta(days=1))
        await asyncio.gather(remind(desk, day), remind(desk, day))
        await remind(desk, day + timedelta(days=1))
        asked = await ada.wait_for_message(shows(f"Sprint {name} ends"), PATIENCE, channel=MOSS, after=before)
        await office.settled()
        told = [frame for frame in ada.frames[before:] if f"Sprint {name} ends" in str(frame)]
        assert len(told) == 1
        assert "fewer questions" in str(asked["blocks"])
        before = ada.mark
        await ada.click("exp_sprint_ship", channel=MOSS, ts=asked["ts"], value=name)
        view = await ada.wait_for_modal(lambda v: v.get("callback_id") == "exp_close", PATIENCE, after=before)
        assert inputs(view, decision=None)
        assert "Ship the winner (pivot)" in str(view["blocks"][1]["element"]["initial_option"])
        before = ada.mark
        await ada.submit(view["id"], inputs(view, learned="More facts, fewer follow-ups."))
        closed = await ada.wait_for_message(shows("is closed by"), PATIENCE, channel=MOSS, after=before)
    assert (closed["ts"], "exp_sprint" in str(closed["blocks"])) == (asked["ts"], False)


async def test_the_sprint_form_asks_for_an_end_and_a_set_s_card_chooses_the_set(office: Office) -> None:
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(MOSS, "/plumb exp sprint")
        view = await ada.wait_for_modal(lambda v: v.get("callback_id") == "exp_run", PATIENCE, after=before)
        chosen = {
            "prompts": ["reply@1", "reply@2"],
            "models": ["brief"],
            "dataset": "questions@1",
            "ends_on": "2020-01-01",
        }
        refused = (await ada.submit(view["id"], inputs(view, **chosen)))["errors"]
        assert refused == {
            "prompts": "A sprint compares 3 to 5 arms (prompts times models), not 2.",
            "ends_on": "A sprint ends on a day from tomorrow on, at most 60 days from now.",
        }
        before = ada.mark
        await ada.command(MOSS, "/plumb set show questions")
        card = await ada.wait_for_message(button("exp_new"), PATIENCE, channel=MOSS, after=before)
        before = ada.mark
        await ada.click("exp_new", channel=MOSS, ts=card["ts"], value="questions@1")
        view = await ada.wait_for_modal(lambda v: v.get("callback_id") == "exp_run", PATIENCE, after=before)
    sets = next(block for block in view["blocks"] if block.get("block_id") == "dataset")
    assert sets["element"]["initial_option"]["value"] == "questions@1"


async def test_a_vote_can_be_opened_by_words(office: Office) -> None:
    await answered(office, "exp vote", "A vote on which experiment?")
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(MOSS, "/plumb exp vote EX-1")
        await ada.wait_for_modal(lambda v: v.get("callback_id") == "exp_vote", PATIENCE, after=before)
