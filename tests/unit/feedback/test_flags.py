"""A flag is a 👎 that says why, for as long as it is up."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from bot.domain.feedback import Explanation, Mark, Vote, is_flag, reaction_mark, vote_of

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FLAG = "triangular_flag_on_post"


def mark(reaction: str, second: int, *, present: bool = True) -> Mark:
    found = reaction_mark(reaction, "C1", "1.2", NOW + timedelta(seconds=second), present=present)
    assert found is not None
    return found


def vote(*marks: Mark, why: Explanation | None = None) -> Vote | None:
    """The same whatever the order."""
    found = {vote_of("story:ST-1", "U1", order, why) for order in permutations(marks)}
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize("name", [FLAG, "triangular_flag", "flag"])
def test_its_names_are_flags(name: str) -> None:
    assert is_flag(name)
    assert mark(name, 0).flags


def test_other_flags_are_none() -> None:
    assert not any(map(is_flag, ("flags", "checkered_flag", "flag-de", "+1")))


def test_a_flag_votes_down_and_says_unsafe() -> None:
    found = vote(mark("+1", 0), mark(FLAG, 1))
    assert found is not None
    assert (found.thumb, found.reasons) == ("down", ("unsafe",))


def test_it_adds_to_what_somebody_explained_once() -> None:
    for given, kept in ((("too_long",), ("too_long", "unsafe")), (("unsafe",), ("unsafe",))):
        found = vote(mark("-1", 0), mark(FLAG, 1), why=Explanation(NOW, given, "words"))
        assert found is not None
        assert (found.reasons, found.comment) == (kept, "words")


def test_taken_off_it_leaves_nothing() -> None:
    assert vote(mark(FLAG, 1, present=False)) is None
    found = vote(mark("-1", 0), mark(FLAG, 1, present=False))
    assert found is not None
    assert found.reasons == ()


def test_a_later_thumb_up_outweighs_it() -> None:
    found = vote(mark(FLAG, 0), mark("+1", 1))
    assert found is not None
    assert (found.thumb, found.reasons) == ("up", ())
