"""Rates know how many people gave them; summaries say no more than they may."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from math import sqrt

import pytest

from bot.domain.feedback import Thumb, Vote
from bot.domain.feedback.rates import compare, rate
from bot.domain.feedback.summary import Judgement, Response, summarise

START = datetime(2026, 11, 2, tzinfo=UTC)  # a Monday


def votes(pattern: str, people: int, at: datetime = START, prefix: str = "interaction:reply/") -> list[Vote]:
    """One vote per letter, u or d, dealt out to people in turn."""
    thumbs: dict[str, Thumb] = {"u": "up", "d": "down"}
    return [Vote(f"{prefix}{n}", f"U{n % people}", thumbs[each], at) for n, each in enumerate(pattern)]


def judged(cast: Sequence[Vote], prompt: str = "") -> list[Judgement]:
    return [Judgement(vote, feature="reply", prompt=prompt) for vote in cast]


def test_votes_of_many_people_are_worth_almost_their_number() -> None:
    found = rate(votes("u" * 80 + "d" * 20, people=100))
    assert (found.up, found.n, found.people, found.share) == (80, 100, 100, 0.8)
    z, n, p = 1.959964, found.effective, 0.8
    assert 90 < n <= 100
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))  # Wilson 1927
    assert (found.interval.low, found.interval.high) == pytest.approx(
        (middle - half, middle + half), abs=1e-6
    )
    low, high = (f"{end * 100:.1f}" for end in (middle - half, middle + half))
    assert found.sentence == f"80 % 👍 of 100 votes by 100 people (95 %: {low}…{high})"


def test_many_votes_of_few_people_prove_little() -> None:
    """Ten people of whom each always votes the same: worth about ten votes, not a hundred."""
    found = rate([Vote(f"o{n}", f"U{n % 10}", "up" if n % 10 < 8 else "down", START) for n in range(100)])
    assert (found.n, found.people, found.share) == (100, 10, 0.8)
    assert found.effective < 10
    one = rate(votes("u" * 50, people=1))
    assert one.effective == 1
    assert one.interval.low < 0.3


def test_too_few_are_called_too_few_and_none_is_no_zero() -> None:
    assert rate(votes("u" * 11, 11)).sentence == "Too few to judge: 11 votes by 11 people; it takes 12 votes"
    assert rate(votes("u" * 12, 12)).enough
    assert rate([]).share is None
    assert rate([]).sentence == "No votes"
    assert compare(rate([]), rate(votes("u", 1))) is None


def test_a_change_is_clear_once_its_interval_leaves_zero() -> None:
    up, down = rate(votes("u" * 90 + "d" * 10, 100)), rate(votes("u" * 60 + "d" * 40, 100))
    change = compare(up, down)
    assert change is not None
    assert change.difference == pytest.approx(0.3)
    assert change.interval.low < 0.3 < change.interval.high
    assert change.clear
    assert change.sentence.startswith("+30 pts against the same span before (95 %: +1")
    same = compare(down, down)
    assert same is not None
    assert not same.clear
    assert same.sentence.endswith(", n 100): no more than chance would do")
    few = compare(up, rate(votes("d" * 5, 5)))
    assert few is not None
    assert not few.clear  # however far apart


def test_a_summary_splits_by_what_is_known() -> None:
    now = [
        *judged(votes("u" * 20, 20, START + timedelta(days=1)), "reply@4"),
        *judged(votes("d" * 15, 15, START + timedelta(days=9)), "reply@3"),
        *judged(votes("u" * 3, 3, START + timedelta(days=23), prefix="message:C1/")),
    ]
    found = summarise(
        now,
        judged(votes("ud" * 10, 20)),
        Response(30, 120),
        feature="reply",
        since=START - timedelta(days=2),
        until=START + timedelta(days=25),
    )
    assert [(part.name, part.rate.up, part.rate.n) for part in found.by_prompt] == [
        ("reply@4", 20, 20),
        ("reply@3", 0, 15),
        ("", 3, 3),
    ]
    assert [(part.name, part.rate.n) for part in found.by_kind] == [("interaction", 35), ("message", 3)]
    assert [(week.monday, week.rate.n, week.whole) for week in found.by_week] == [
        (date(2026, 11, 2), 20, True),
        (date(2026, 11, 9), 15, True),
        (date(2026, 11, 16), 0, True),
        (date(2026, 11, 23), 3, False),
    ]
    assert found.outputs == 23  # 15 outputs were judged twice
    assert found.change is not None
    assert found.change.before.n == 20
    assert found.sentences[2] == "25 % (95 %: 18.1…33.4) of 120 outputs shown were judged"


def test_a_summary_of_nothing_says_so() -> None:
    found = summarise([], [], None, feature="", since=START, until=START + timedelta(days=7))
    assert found.sentences == ("No votes",)
    assert (found.by_week, found.by_kind, found.change) == ((), (), None)
