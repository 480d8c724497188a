"""What may be said after a release: only what the interval allows, and never why."""

from datetime import UTC, datetime

import pytest

from bot.domain import release_words as say
from bot.domain.releases import Judgement, Ratings, Release, Watched, commonest, judged


def test_a_fall_beyond_noise_by_half_went_away() -> None:
    """By hand: Wilson gives .00539….04539 for 3 of 190 and .04012….10878 for 14 of 210; Newcombe's method 10
    makes −.0943…−.0111 of them."""
    found = judged("wrong_facts", Ratings(210, 150, 14), Ratings(190, 160, 3))
    assert found.verdict is Watched.WENT_AWAY
    assert (found.reason_change.low, found.reason_change.high) == pytest.approx((-0.0943, -0.0111), abs=1e-4)
    assert found.positive_change.low > 0
    assert not found.worse


@pytest.mark.parametrize(
    ("before", "after", "verdict", "worse"),
    [
        (Ratings(200, 100, 40), Ratings(200, 100, 38), Watched.STAYED, False),  # half of it is out of reach
        (Ratings(200, 100, 40), Ratings(200, 60, 90), Watched.STAYED, True),
        (Ratings(40, 20, 4), Ratings(40, 20, 2), Watched.UNKNOWN, False),
        (Ratings(11, 1, 9), Ratings(500, 1, 0), Watched.TOO_FEW, False),
        (Ratings(500, 1, 300), Ratings(11, 0, 0), Watched.TOO_FEW, False),
        (Ratings(0, 0, 0), Ratings(0, 0, 0), Watched.TOO_FEW, False),
        (Ratings(100, 90, 0), Ratings(100, 50, 0), Watched.UNKNOWN, True),  # nobody had given it before
    ],
)
def test_what_the_numbers_allow(before: Ratings, after: Ratings, verdict: Watched, worse: bool) -> None:
    found = judged("too_long", before, after)
    assert (found.verdict, found.worse) == (verdict, worse)
    assert Judgement.from_json(found.as_json()) == found


def test_words_have_n_and_interval_and_no_cause() -> None:
    found = judged("wrong_facts", Ratings(210, 150, 14), Ratings(190, 160, 3))
    at = datetime(2026, 11, 12, tzinfo=UTC)
    release = Release(
        "REL-3", "reply", 4, "U1", at, 14, from_version=3, mends=(("wrong_facts", 8),), judgement=found
    )
    assert say.move(release) == "reply@3 → reply@4, to mend wrong facts (8)"
    told = say.watch(release)
    assert told.startswith("since: 👎 wrong facts 14 of 210 → 3 of 190 (−5.1 pts, 95 %: ")
    assert told.endswith(": the reason went away")
    assert "because" not in told
    few = judged("wrong_facts", Ratings(3, 1, 2), Ratings(5, 4, 0))
    assert say.numbers(few) == "👎 wrong facts 2 of 3 → 0 of 5"
    assert say.numbers(judged("", Ratings(20, 10, 0), Ratings(20, 15, 0))).startswith(
        "👍 10 of 20 → 15 of 20"
    )


def test_reasons_are_ranked_by_how_often_and_then_by_name() -> None:
    assert commonest(["b", "a", "c", "b"]) == (("b", 2), ("a", 1), ("c", 1))
    assert commonest([]) == ()
