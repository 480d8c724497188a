"""Invented feedback, for the gallery and for tests."""

from datetime import UTC, datetime, timedelta

from bot.domain.experiments.results import Interval
from bot.domain.feedback import Explanation, Tally, TrackedOutput, Vote
from bot.domain.feedback.agreement import Agreement
from bot.domain.feedback.labelling import Queued, Why
from bot.domain.feedback.reasons import Reasons, Remarks, Said, ranked, shift
from bot.domain.feedback.summary import Judgement, Response, Summary, summarise
from bot.domain.people import Role
from handlers.views.feedback.numbers import Frame
from handlers.views.feedback.tracking import TrackedLine

UNTIL = datetime(2026, 11, 21, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=30)
OUTPUT = TrackedOutput(
    name="interaction:reply/a1b2",
    text="Your refund was sent on 3 November and takes up to five working days to arrive.",
    feature="reply",
    input={"input": "I sent the lamp back nine days ago, where is my refund?"},
    prompt="reply@4",
    model="small-b",
    created_at=UNTIL,
)
MESSAGE = TrackedOutput(
    name="message:C0SUPPORT/1700000000.000100",
    text="You can change a box until Thursday noon.",
    feature="reply",
    prompt="reply@4",
    created_at=UNTIL,
)
FRAME = Frame("reply", "the last 30 days", "reply last 30d", "summary:reply/1", Role.REVIEWER, ("refunds", 7))
SMALL = Frame("", "the last 30 days", "last 30d", "summary:all/1", Role.VIEWER)
WHY = ("wrong_facts", "missed_the_point", "wrong_tone", "too_long", "unsafe")


def _judgements(days: int, n: int, downs: int) -> list[Judgement]:
    """``n`` votes over ``days`` days, every so many of them a 👎 with a reason."""
    found = []
    for number in range(n):
        down = number * downs // n != (number + 1) * downs // n
        vote = Vote(
            output=f"interaction:reply/{number}",
            user=f"U{number % 17}",
            thumb="down" if down else "up",
            given_at=SINCE + timedelta(days=days * number / n),
            reasons=(WHY[min(number % 9, 4)],) if down else (),
        )
        prompt = "reply@4" if number % 3 else "reply@3"
        found.append(Judgement(vote, "reply", prompt, "", "small-b"))
    return found


NOW, BEFORE = _judgements(30, 120, 31), _judgements(30, 98, 30)
SUMMARY: Summary = summarise(NOW, BEFORE, Response(120, 1_840), feature="reply", since=SINCE, until=UNTIL)
NONE: Summary = summarise([], [], None, feature="", since=SINCE, until=UNTIL)
DOWNS = [each for each in NOW if each.vote.thumb == "down"]
GROUP = Remarks(
    label="refund date is wrong",
    people=6,
    outputs=("interaction:reply/1",),
    quotes=(
        Said("It names a day on which nothing was paid out.", "interaction:reply/1"),
        Said("The date is wrong, it takes ten days.", "interaction:reply/2"),
    ),
    shift=shift(9, 2),
)
REASONS = Reasons(
    feature="reply",
    since=SINCE,
    until=UNTIL,
    downs=len(DOWNS),
    people=len({each.vote.user for each in DOWNS}),
    explained=len(DOWNS),
    written=9,
    reasons=ranked(DOWNS, [each for each in BEFORE if each.vote.thumb == "down"]),
    remarks=(GROUP,),
)
NO_REASONS = Reasons("", SINCE, UNTIL, 0, 0, 0, 0, (), ())
CARD = Queued(OUTPUT, Why.DISPUTED, up=3, down=2)
PLAIN_CARD = Queued(MESSAGE, Why.DRAWN)
AGREED = Agreement(50, 104, 4, 0.71, Interval(0.58, 0.82), ())
TOO_FEW = Agreement(3, 7, 2, None, None, ())
LINES = [TrackedLine(MESSAGE, Tally(4, 1)), TrackedLine(OUTPUT, Tally())]
BEFORE_SAID = Explanation(UNTIL, ("wrong_facts", "unsafe"), "The date is wrong.", "It takes ten days.")
