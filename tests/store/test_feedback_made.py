"""What the bot makes itself is known as soon as it is shown, so that a vote knows what it is about."""

from typing import Any

import pytest

from bot.domain.experiments.experiment import Order
from bot.domain.feedback.labelling import Opinion
from bot.services.feedback import FeedbackService, LabellingService, OutputService
from bot.store import Store
from tests.conftest import FixedClock

ORDER = Order(("reply@3", "reply@4"), ("gpt",), "refunds")
THEMES: list[dict[str, Any]] = [
    {"id": "TH-1", "name": "Late parcels"},
    {"id": "TH-2", "name": "Odd", "emerging": True},
]


@pytest.fixture
def outputs(store: Store, clock: FixedClock) -> OutputService:
    return OutputService(store, clock)


async def test_a_verdict_is_kept_with_what_was_compared(
    store: Store, clock: FixedClock, outputs: OutputService
) -> None:
    async with store.write() as unit:
        made = await unit.experiments.create(ORDER, "U1", clock.now(), channel="C9", dataset="refunds@2")
    await outputs.made(f"experiment:{made.id}", "U1")
    found = await outputs.get(f"experiment:{made.id}")
    assert found is not None
    assert (found.title, found.channel, found.tracked_by) == (
        "reply@3 vs reply@4 on gpt · refunds@2",
        "C9",
        "U1",
    )
    assert found.input["prompts"] == ["reply@3", "reply@4"]


async def test_themes_are_kept_with_the_place_they_came_from(
    store: Store, clock: FixedClock, outputs: OutputService
) -> None:
    async with store.write() as unit:
        await unit.sources.get_or_add("mail@C9", "csv", clock.now(), "C9")
        await unit.themes.add("mail@C9", "normal", THEMES, clock.now())
    await outputs.made("themes:mail@C9", "U1")
    found = await outputs.get("themes:mail@C9")
    assert found is not None
    assert (found.text, found.title, found.channel) == ("Late parcels", "What mail is about", "C9")


async def test_a_trace_is_kept_without_what_it_shows_and_unknown_names_are_not(
    outputs: OutputService,
) -> None:
    for name in ("trace:story:ST-1", "themes:nothing", "experiment:EX-9", "summary:all/1"):
        await outputs.made(name, "U1")
    assert [(each.name, each.title, each.text) for each in await outputs.all()] == [
        ("trace:story:ST-1", "Trace of ST-1", "")
    ]


async def test_a_label_taken_back_lets_the_output_wait_again(
    store: Store, clock: FixedClock, outputs: OutputService
) -> None:
    labelling = LabellingService(store, clock)
    async with store.write() as unit:
        await unit.sources.get_or_add("mail", "csv", clock.now())
        await unit.themes.add("mail", "normal", THEMES, clock.now())
    await outputs.made("themes:mail", "U1")
    await labelling.label("themes:mail", "U1", Opinion.AGREE)
    await labelling.label("themes:mail", "U2", Opinion.DISAGREE)
    assert await labelling.queue("U1") == []
    await labelling.withdraw("themes:mail", "U1")
    assert [each.output.name for each in await labelling.queue("U1")] == ["themes:mail"]
    assert [label.user for label in await labelling.labels()] == ["U2"]


async def test_what_somebody_explained_is_there_to_be_changed_whatever_their_vote(
    store: Store, clock: FixedClock
) -> None:
    feedback = FeedbackService(store, clock)
    assert await feedback.explanation("trace:ST-1", "U1") is None
    await feedback.explain("trace:ST-1", "U1", ["too_long"], "mail a@b.example")
    said = await feedback.explanation("trace:ST-1", "U1")
    assert said is not None
    assert (said.reasons, "a@b.example" in said.comment) == (("too_long",), False)
