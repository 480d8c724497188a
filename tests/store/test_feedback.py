"""Votes in the store: one a person, the last one wins; words are redacted before they are kept."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from bot.domain.feedback import Explanation, Given, Mark, Tally, Thumb
from bot.errors import InputError
from bot.services.feedback import FeedbackService
from bot.store import Store
from tests.conftest import FixedClock
from tests.unit.feedback.rules import expected

STORY = "story:ST-14"
START = datetime(2026, 1, 1, tzinfo=UTC)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


@pytest.fixture
def feedback(store: Store, clock: FixedClock) -> FeedbackService:
    return FeedbackService(store, clock)


async def test_the_last_vote_of_a_person_counts(feedback: FeedbackService) -> None:
    assert await feedback.vote(STORY, "U1", "up", at(0)) == Tally(1, 0)
    assert await feedback.vote(STORY, "U2", "up", at(1)) == Tally(2, 0)
    assert await feedback.mark(STORY, "U1", "down", "emoji:-1@C1/7", at(2)) == Tally(1, 1)
    assert await feedback.mark(STORY, "U1", "down", "emoji:-1@C1/7", at(2)) == Tally(1, 1)
    assert await feedback.withdraw(STORY, "U2", at=at(3)) == Tally(0, 1)
    assert await feedback.mark(STORY, "U1", "down", "emoji:-1@C1/7", at(4), present=False) == Tally(1, 0)
    assert await feedback.tally("story:ST-1") == Tally(0, 0)
    assert await feedback.vote_of(STORY, "U2") is None


async def test_words_are_redacted_before_they_are_kept(feedback: FeedbackService, clock: FixedClock) -> None:
    await feedback.vote(STORY, "U1", "down")
    assert await feedback.explain(
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


async def test_why_may_come_before_the_vote_and_survives_a_change_of_mind(feedback: FeedbackService) -> None:
    assert not await feedback.explain(STORY, "U1", ["too_long"], "Half of it would do", at=at(1))
    await feedback.vote(STORY, "U1", "down", at(0))
    (vote,) = await feedback.votes(STORY)
    assert (vote.reasons, vote.comment) == (("too_long",), "Half of it would do")
    await feedback.vote(STORY, "U1", "up", at(2))
    assert not await feedback.explain(STORY, "U1", ["unsafe"], "", at=at(0))
    (vote,) = await feedback.votes(STORY)
    assert (vote.thumb, vote.reasons, vote.comment) == ("up", (), "")
    await feedback.vote(STORY, "U1", "down", at(3))
    (vote,) = await feedback.votes(STORY)
    assert (vote.reasons, vote.comment) == (("too_long",), "Half of it would do")


async def test_votes_come_oldest_first_and_stay_in_their_team(
    feedback: FeedbackService, store: Store, clock: FixedClock
) -> None:
    await feedback.vote(STORY, "U2", "up", at(1))
    await feedback.vote(STORY, "U1", "down", at(0))
    assert [(vote.user, vote.given_at) for vote in await feedback.votes(STORY)] == [
        ("U1", at(0)),
        ("U2", at(1)),
    ]
    assert await FeedbackService(store.for_team("team-b"), clock).tally(STORY) == Tally(0, 0)


async def test_what_cannot_be_kept_is_said(feedback: FeedbackService) -> None:
    with pytest.raises(InputError, match="'boring' is no reason"):
        await feedback.explain(STORY, "U1", ["boring"], "")
    with pytest.raises(InputError, match="at most 3,000 characters"):
        await feedback.explain(STORY, "U1", [], "x" * 3_001)
    bad = Given(STORY, "U2", Explanation(at(0), ("boring",)))
    with pytest.raises(InputError):
        await feedback.give([Given(STORY, "U1", Mark("product", "up", at(0))), bad])
    assert await feedback.tally(STORY) == Tally()  # all or nothing


SPANS: dict[str, tuple[list[tuple[str, Thumb | None, int]], Tally]] = {
    "the last of two": ([("button", "up", 1), ("emoji", "down", 2)], Tally(0, 1)),
    "taken back": ([("button", "up", 1), ("button", None, 2)], Tally()),
    "the emoji off, the button stays": (
        [("button", "up", 1), ("emoji", "down", 2), ("emoji", None, 3)], Tally(1, 0),
    ),
    "on, off, on": ([("emoji", "down", 1), ("emoji", None, 2), ("emoji", "down", 3)], Tally(0, 1)),
    "off for another reason": ([("emoji", "up", 1), ("button", "down", 2), ("emoji", None, 3)], Tally(0, 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", SPANS)
async def test_acts_that_arrive_in_any_order_end_as_in_theirs(name: str, feedback: FeedbackService) -> None:
    acts, tally = SPANS[name]
    for number, order in enumerate(permutations(acts)):
        output = f"story:{number}"
        for source, thumb, minute in order:
            await feedback.mark(output, "U1", thumb or "up", source, at(minute), present=bool(thumb))
        assert await feedback.tally(output) == tally, order


async def test_many_at_once_end_as_one_after_the_other(feedback: FeedbackService) -> None:
    acts = []
    for n in range(12):
        button: Thumb = "up" if n % 2 else "down"
        emoji: Thumb | None = "down" if n % 3 else None
        for source, thumb in (("button", button), ("emoji:-1@C1/7", emoji)):
            acts.append(Given(STORY, f"U{n % 3}", Mark(source, thumb, at(n * 7 % 12))))
    await asyncio.gather(*(feedback.give([act]) for act in acts))
    votes = {vote.user: vote for vote in await feedback.votes(STORY)}
    for user in ("U0", "U1", "U2"):
        assert votes.get(user) == expected(acts, STORY, user)
