"""Outputs that are judged, and what is read out of the votes on them, on both databases."""

import asyncio
import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import numpy as np
import pytest

from bot.domain.feedback import Explanation, Given, Mark, Thumb, TrackedOutput, message_name
from bot.domain.feedback.exporting import ExportKind
from bot.domain.feedback.labelling import Why
from bot.domain.interactions import Interaction, Outcome
from bot.errors import InputError, NotFound
from bot.ports import Vectors
from bot.services.feedback import FeedbackReports, FeedbackService, LabellingService, OutputService
from bot.services.feedback.exporting import FeedbackExports
from bot.services.feedback.privacy import Sees, everywhere, openly
from bot.services.vectors import Vectorizer
from bot.store import Store
from tests.conftest import FixedClock
from tests.unit.checks.samples import STORY

SECRET = "jane.roe@example.com"


class Words:
    """An embedder for tests: a text is the words it holds."""

    name = "words"

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), 64), np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                rows[row, sum(word.encode()) % 64] = 1
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return rows


@pytest.fixture
def feedback(store: Store, clock: FixedClock) -> FeedbackService:
    return FeedbackService(store, clock)


@pytest.fixture
def outputs(store: Store, clock: FixedClock) -> OutputService:
    return OutputService(store, clock)


@pytest.fixture
def reports(store: Store, clock: FixedClock) -> FeedbackReports:
    return FeedbackReports(store, clock, Vectorizer(store, Words))


@pytest.fixture
def labelling(store: Store, clock: FixedClock) -> LabellingService:
    return LabellingService(store, clock)


@pytest.fixture
def exports(store: Store, clock: FixedClock) -> FeedbackExports:
    return FeedbackExports(store, clock, lambda: b"key")


def interaction(n: int, at: datetime, **more: object) -> Interaction:
    known: dict[str, object] = {"input": f"Question {n}", "output": f"Answer {n}", "model": "small"}
    return Interaction(id=f"i{n}", feature="reply", at=at, prompt=f"reply@{n % 2}", **{**known, **more})  # type: ignore[arg-type]  # fields by name


async def sent(store: Store, clock: FixedClock, many: int = 30) -> None:
    rows = [interaction(n, clock.now() - timedelta(days=1 + n % 40)) for n in range(many)]
    async with store.write() as unit:
        await unit.interactions.add(rows, clock.now())


def voted(n: int, user: str, thumb: Thumb, at: datetime, *reasons: str, comment: str = "") -> list[Given]:
    name = f"interaction:reply/i{n}"
    found = [Given(name, user, Mark("product", thumb, at))]
    if reasons or comment:
        found.append(Given(name, user, Explanation(at, reasons, comment)))
    return found


async def test_what_is_tracked_is_redacted_and_found_by_its_messages(outputs: OutputService) -> None:
    name = message_name("C1", "17.5")
    output = TrackedOutput(
        name, text=f"Write to {SECRET}", title=f"About {SECRET}", feature="reply",
        input={"question": f"I am {SECRET}", "turns": [SECRET]}, trace={"run": 7, "by": SECRET},
        channel="C1", tracked_by="U1",
    )  # fmt: skip
    kept = await outputs.track(output, ("C1", "17.5"))
    assert SECRET not in json.dumps([kept.text, kept.title, kept.input, kept.trace])
    assert kept.input["turns"] == ["[EMAIL_1]"]
    assert (kept.kind, kept.trace["run"], kept.channel) == ("message", 7, "C1")
    again = await outputs.track(TrackedOutput(name, text="New words", tracked_by="U2"), ("C2", "18.5"))
    assert (again.text, again.tracked_by, again.created_at) == ("New words", "U1", kept.created_at)
    assert await outputs.about_message("C2", "18.5") == name
    assert await outputs.about_message("C2", "17.5") == ""
    assert await outputs.messages(name) == [("C1", "17.5"), ("C2", "18.5")]


async def test_what_is_judged_stays_known(
    store: Store, clock: FixedClock, feedback: FeedbackService, outputs: OutputService
) -> None:
    async with store.write() as unit:
        await unit.stories.save(STORY, "bank", clock.now())
    await sent(store, clock, 2)
    await feedback.vote(f"story:{STORY.id}", "U1", "up")
    await feedback.vote("interaction:reply/i1", "U1", "up", source="product")
    await feedback.vote("interaction:reply/never", "U1", "up", source="product")
    story = await outputs.get(f"story:{STORY.id}")
    assert story is not None
    assert (story.title, story.prompt, story.model) == (STORY.title, STORY.prompt, STORY.drafted_by)
    assert story.input["theme"] == STORY.theme_name
    assert [each.name for each in await outputs.all("reply")] == ["interaction:reply/i1"]
    async with store.write() as unit:
        await unit.erasure.before("reply", clock.now())
    kept = await outputs.get("interaction:reply/i1")
    assert kept is not None
    assert (kept.text, dict(kept.input), kept.prompt) == ("Answer 1", {"input": "Question 1"}, "reply@1")
    assert await outputs.get("interaction:reply/i0") is None


async def test_a_summary_counts_votes_as_they_stand_against_the_span_before(
    store: Store, clock: FixedClock, feedback: FeedbackService, reports: FeedbackReports
) -> None:
    now = clock.now()
    given = [each for n in range(20) for each in voted(n, f"product:{n}", "up", now - timedelta(days=3))]
    given += [each for n in range(20) for each in voted(n, f"product:{n}", "up", now - timedelta(days=40))]
    given += [each for n in range(15) for each in voted(n, f"U{n}", "down", now - timedelta(days=45))]
    await feedback.give(given)
    await sent(store, clock)  # the interactions come after the votes on them
    found = await reports.summary("reply")
    assert (found.rate.up, found.rate.n, found.rate.people, found.outputs) == (20, 20, 20, 20)
    assert found.change is not None
    assert (found.change.before.up, found.change.before.n) == (0, 15)  # those who voted again are not there
    assert found.change.clear
    assert [(part.name, part.rate.n) for part in found.by_prompt] == [("reply@0", 10), ("reply@1", 10)]
    assert found.response is not None
    assert (found.response.judged, found.response.shown) == (20, 30)
    assert (await reports.summary("other")).sentences == ("No votes",)
    with pytest.raises(InputError, match="ends before it begins"):
        await reports.summary("reply", now, now - timedelta(days=1))


async def test_what_came_from_a_private_channel_counts_there_alone(
    outputs: OutputService, feedback: FeedbackService, reports: FeedbackReports, labelling: LabellingService,
    exports: FeedbackExports,
) -> None:  # fmt: skip
    for name, channel in (("message:C1/1", ""), ("message:G1/1", "G1")):
        await outputs.track(TrackedOutput(name, text=name, channel=channel, tracked_by="U1"))
        await feedback.vote(name, "U1", "down")
        await feedback.explain(name, "U1", ["unsafe"], f"said in {name}")

    async def in_g1(origins: Collection[str]) -> Collection[str]:
        return {"", "G1"} & set(origins)

    async def check(sees: Sees, names: set[str]) -> None:
        n = len(names)
        found = await reports.summary(sees=sees)
        assert (found.rate.n, found.response and found.response.shown) == (n, n)
        reasons = await reports.reasons(sees=sees)
        assert {quote.output for each in reasons.remarks for quote in each.quotes} == names
        assert {each.output.name for each in await labelling.queue("U2", sees=sees)} == names
        assert {row["output"] for row in await exports.rows(ExportKind.FEEDBACK, sees=sees)} == names

    await check(openly, {"message:C1/1"})
    await check(in_g1, {"message:C1/1", "message:G1/1"})
    assert (await reports.summary()).rate.n == 1  # unless it is told otherwise


async def test_reasons_are_those_of_votes_that_stand(
    clock: FixedClock, feedback: FeedbackService, reports: FeedbackReports
) -> None:
    now = clock.now()
    day = now - timedelta(days=1)
    given = []
    for n in range(6):
        given += voted(n, f"U{n}", "down", day, "wrong_facts", comment=f"wrong amount quoted {SECRET}")
    given += voted(6, "U6", "down", day, "too_long", comment="far too long")
    given += voted(0, "U0", "up", now)  # changed their mind
    await feedback.give(given)
    found = await reports.reasons()
    assert (found.downs, found.people, found.explained, found.written, found.enough) == (6, 6, 6, 6, False)
    assert [(each.key, each.n) for each in found.reasons] == [("wrong_facts", 5), ("too_long", 1)]
    amount, length = found.remarks
    assert (amount.n, length.n) == (5, 1)
    assert "interaction:reply/i0" not in amount.outputs
    assert amount.quotes[0].text == "wrong amount quoted [EMAIL_1]"


async def test_labels_are_one_a_person_and_never_asked_for_twice(
    store: Store, clock: FixedClock, feedback: FeedbackService, labelling: LabellingService
) -> None:
    await sent(store, clock, 40)
    await feedback.give(voted(3, "U1", "up", clock.now()) + voted(3, "U2", "down", clock.now()))
    first = await labelling.queue("ann", "reply", 5)
    assert (first[0].output.name, first[0].why) == ("interaction:reply/i3", Why.DISPUTED)
    assert len({each.output.name for each in first}) == 5
    for each in first:
        await asyncio.gather(*(labelling.label(each.output.name, who, "agree") for who in ("ann", "bob")))
    await labelling.label(first[0].output.name, "ann", "disagree", f"ask {SECRET}")
    left = await labelling.queue("ann", "reply", 50)
    assert len(left) == 30 - 5  # the other ten are older than what the queue draws from
    assert not {each.output.name for each in left} & {each.output.name for each in first}
    labels = {(each.output, each.user): each for each in await labelling.labels("reply")}
    assert len(labels) == 10
    assert (labels[first[0].output.name, "ann"].label, labels[first[0].output.name, "ann"].note) == (
        "disagree", "ask [EMAIL_1]",
    )  # fmt: skip
    found = await labelling.agreement("reply")
    assert (found.items, found.pairs[0].agreed, found.enough) == (5, 4, False)
    with pytest.raises(InputError, match="'maybe' is no label"):
        await labelling.label(first[0].output.name, "ann", "maybe")
    with pytest.raises(NotFound, match="no output interaction:reply/x"):
        await labelling.label("interaction:reply/x", "ann", "agree")


async def test_exports_hold_nobodys_name(
    store: Store, clock: FixedClock, feedback: FeedbackService, exports: FeedbackExports
) -> None:
    rows = [
        interaction(1, clock.now(), output="Send it back"),
        interaction(2, clock.now(), outcome=Outcome.EDITED, final="Answer 2, by Friday"),
        interaction(3, clock.now(), final="Answer 3"),  # as it was
    ]
    async with store.write() as unit:
        await unit.interactions.add(rows, clock.now())
    await feedback.vote("interaction:reply/i1", "U1", "down", clock.now())
    why = ["wrong_facts"], f"{SECRET} said so", "Keep it, we refund"
    await feedback.explain("interaction:reply/i1", "U1", *why)
    await feedback.vote("interaction:reply/i2", "U1", "up", clock.now() - timedelta(days=90))
    first, second = (json.loads(line) for line in (await exports.lines(ExportKind.FEEDBACK)).splitlines())
    assert (first["output"], first["thumb"]) == ("interaction:reply/i2", "up")
    assert (second["thumb"], second["reasons"], second["model"]) == ("down", ["wrong_facts"], "small")
    assert second["comment"] == "[EMAIL_1] said so"
    assert first["user"] == second["user"] != "U1"
    (case,) = await exports.rows(ExportKind.CASES, "reply")
    assert (case["vars"], case["expected"]) == ({"input": "Question 1"}, "Keep it, we refund")
    assert case["origin"] == "correction of interaction:reply/i1"
    pairs = await exports.rows(ExportKind.PAIRS, sees=everywhere)
    assert [(each["input"]["input"], each["chosen"], each["rejected"], each["by"]) for each in pairs] == [
        ("Question 1", "Keep it, we refund", "Send it back", "correction"),
        ("Question 2", "Answer 2, by Friday", "Answer 2", "edit"),
    ]
    everything = [await exports.lines(kind) for kind in ExportKind]
    assert "U1" not in "".join(everything)
    assert await exports.rows(ExportKind.CASES, "other") == []
