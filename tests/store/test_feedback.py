"""Votes: one a person, the last one wins; words are redacted before they are kept."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.feedback import Tally, Thumb
from bot.errors import InputError, NotFound
from bot.services.feedback import FeedbackService
from bot.store import Store, open_store
from tests.conftest import FixedClock

STORY = "story:ST-14"


@pytest.fixture
def feedback(store: Store, clock: FixedClock) -> FeedbackService:
    return FeedbackService(store, clock)


async def test_the_last_vote_of_a_person_counts(feedback: FeedbackService) -> None:
    assert await feedback.vote(STORY, "U1", "up") == Tally(1, 0)
    assert await feedback.vote(STORY, "U2", "up") == Tally(2, 0)
    assert await feedback.vote(STORY, "U1", "down") == Tally(1, 1)
    assert await feedback.vote(STORY, "U1", "down") == Tally(1, 1)
    assert await feedback.withdraw(STORY, "U2") == Tally(0, 1)
    assert await feedback.withdraw(STORY, "U2") == Tally(0, 1)
    assert await feedback.tally("story:ST-1") == Tally(0, 0)


async def test_words_are_redacted_before_they_are_kept(feedback: FeedbackService, clock: FixedClock) -> None:
    await feedback.vote(STORY, "U1", "down")
    await feedback.explain(
        STORY,
        "U1",
        ["wrong_tone", "wrong_facts", "wrong_tone"],
        "Ask jane.roe@example.com about it",
        "Card 4111 1111 1111 1111 was charged",
    )
    (vote,) = await feedback.votes(STORY)
    assert (vote.output, vote.user, vote.thumb, vote.given_at) == (STORY, "U1", "down", clock.now())
    assert vote.reasons == ("wrong_tone", "wrong_facts")
    assert "jane.roe" not in vote.comment
    assert "about it" in vote.comment
    assert "4111" not in vote.correction
    assert "was charged" in vote.correction


async def test_the_same_thumb_again_keeps_the_reasons_and_the_other_forgets_them(
    feedback: FeedbackService,
) -> None:
    await feedback.vote(STORY, "U1", "down")
    await feedback.explain(STORY, "U1", ["too_long"], "Half of it would do")
    await feedback.vote(STORY, "U1", "down")
    (vote,) = await feedback.votes(STORY)
    assert (vote.reasons, vote.comment) == (("too_long",), "Half of it would do")
    await feedback.vote(STORY, "U1", "up")
    (vote,) = await feedback.votes(STORY)
    assert (vote.reasons, vote.comment) == ((), "")


async def test_votes_come_oldest_first(feedback: FeedbackService) -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    await feedback.vote(STORY, "U2", "up", first + timedelta(minutes=1))
    await feedback.vote(STORY, "U1", "down", first)
    assert [(vote.user, vote.given_at) for vote in await feedback.votes(STORY)] == [
        ("U1", first),
        ("U2", first + timedelta(minutes=1)),
    ]


async def test_what_cannot_be_kept_is_said(feedback: FeedbackService) -> None:
    with pytest.raises(NotFound, match="no vote of yours"):
        await feedback.explain(STORY, "U1", [], "why")
    await feedback.vote(STORY, "U1", "down")
    with pytest.raises(InputError, match="'boring' is no reason"):
        await feedback.explain(STORY, "U1", ["boring"], "")
    with pytest.raises(InputError, match="at most 3,000 characters"):
        await feedback.explain(STORY, "U1", [], "x" * 3_001)
    await feedback.explain(STORY, "U1", [], "x " * 1_500)


async def test_votes_stay_in_their_team(feedback: FeedbackService, store: Store, clock: FixedClock) -> None:
    await feedback.vote(STORY, "U1", "up")
    assert await FeedbackService(store.for_team("team-b"), clock).tally(STORY) == Tally(0, 0)


Act = tuple[str, Thumb, int]  # "put" or "take", the thumb, the minute in which it was done
SPANS: dict[str, tuple[list[Act], Tally]] = {
    "the last of two": ([("put", "up", 1), ("put", "down", 2)], Tally(0, 1)),
    "back and forth": ([("put", "up", 1), ("put", "down", 2), ("put", "up", 3)], Tally(1, 0)),
    "taken back": ([("put", "up", 1), ("take", "up", 2)], Tally()),
    "given again": ([("put", "up", 1), ("take", "up", 2), ("put", "up", 3)], Tally(1, 0)),
    "taken back, then the other": ([("put", "up", 1), ("take", "up", 2), ("put", "down", 3)], Tally(0, 1)),
    "the other, then taken back": ([("put", "up", 1), ("put", "down", 2), ("take", "up", 3)], Tally(0, 1)),
}


@pytest.fixture(params=["sqlite", "postgres"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[FeedbackService]:
    sqlite = f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"
    url = sqlite if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    store = open_store(url, "team-a")
    yield FeedbackService(store, FixedClock())
    await store.close()


@pytest.mark.parametrize("name", SPANS)
async def test_acts_that_arrive_in_any_order_end_as_in_theirs(name: str, either: FeedbackService) -> None:
    acts, expected = SPANS[name]
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for number, order in enumerate(permutations(acts)):
        output = f"story:{number}"
        for act, thumb, minute in order:
            at = start + timedelta(minutes=minute)
            if act == "put":
                await either.vote(output, "U1", thumb, at)
            else:
                await either.withdraw(output, "U1", thumb, at)
        assert await either.tally(output) == expected, order
        assert len(await either.votes(output)) == expected.up + expected.down


async def test_a_late_click_keeps_the_words_of_the_vote(either: FeedbackService) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    await either.vote(STORY, "U1", "down", start + timedelta(minutes=2))
    await either.explain(STORY, "U1", ["too_long"], "Half of it would do")
    await either.vote(STORY, "U1", "up", start)
    await either.vote(STORY, "U1", "down", start + timedelta(minutes=3))
    (vote,) = await either.votes(STORY)
    assert (vote.thumb, vote.reasons, vote.comment) == ("down", ("too_long",), "Half of it would do")
    await either.withdraw(STORY, "U1", "down", start + timedelta(minutes=4))
    with pytest.raises(NotFound):
        await either.explain(STORY, "U1", [], "why")
    await either.vote(STORY, "U1", "down", start + timedelta(minutes=5))
    (vote,) = await either.votes(STORY)
    assert (vote.reasons, vote.comment) == ((), "")


CLICKS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["up", "down", "none"])), max_size=20)


def test_any_clicks_end_in_each_persons_last(tmp_path_factory: pytest.TempPathFactory) -> None:
    with asyncio.Runner() as runner:
        store = open_store(f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('votes')}/test.db", "team-a")
        feedback, runs = FeedbackService(store, FixedClock()), iter(range(10_000))

        async def click(output: str, clicks: list[tuple[str, str]]) -> Tally:
            for user, thumb in clicks:
                if thumb == "none":
                    await feedback.withdraw(output, user)
                else:
                    await feedback.vote(output, user, "up" if thumb == "up" else "down")
            return await feedback.tally(output)

        @settings(max_examples=40, deadline=None)
        @given(CLICKS)
        def check(clicks: list[tuple[str, str]]) -> None:
            last = list(dict(clicks).values())
            expected = Tally(last.count("up"), last.count("down"))
            assert runner.run(click(f"story:{next(runs)}", clicks)) == expected

        try:
            check()
        finally:
            runner.run(store.close())
