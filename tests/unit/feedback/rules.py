"""The rules of votes, written a second time in another way: what happened is replayed in its own order."""

from bisect import insort
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.domain.feedback import Explanation, Given, Mark, Thumb, Vote

OUTPUTS, USERS = ("story:ST-1", "message:C1/7"), ("U1", "U2")
START = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
AT_ONCE: Sequence[Thumb | None] = (
    "up",
    "down",
    None,
)  # what happens at the same moment happens in this order

SOURCES: Sequence[tuple[str, tuple[Thumb, ...]]] = (
    ("button", ("up", "down")),
    ("emoji:+1@C1/7", ("up",)),
    ("emoji:+1::skin-tone-3@C1/7", ("up",)),
    ("emoji:-1@C1/7", ("down",)),
    ("flag:triangular_flag_on_post@C1/7", ("down",)),
    ("product", ("up", "down")),
)
MOMENTS = st.integers(0, 5).map(lambda step: START + timedelta(microseconds=step))
MARKS = st.one_of(
    *(st.builds(Mark, st.just(name), st.sampled_from([*can, None]), MOMENTS) for name, can in SOURCES)
)
EXPLANATIONS = st.builds(
    Explanation,
    MOMENTS,
    st.sampled_from([(), ("too_long",), ("unsafe", "other")]),
    st.sampled_from(["", "why", "because"]),
    st.sampled_from(["", "better"]),
)
GIVEN = st.builds(Given, st.sampled_from(OUTPUTS), st.sampled_from(USERS), st.one_of(MARKS, EXPLANATIONS))


def expected(given: Sequence[Given], output: str, user: str) -> Vote | None:
    """Somebody's vote after all this: a pile of thumbs to which each act adds its own on top, after taking
    the one of the same source out; the one on top is the vote."""
    mine = [each.what for each in given if (each.output, each.user) == (output, user)]
    in_order: list[tuple[Any, ...]] = []
    said: list[tuple[Any, ...]] = []
    for what in mine:
        if isinstance(what, Mark):
            insort(in_order, (what.at, AT_ONCE.index(what.thumb), what.source))
        else:
            insort(said, (what.at, what.reasons, what.comment, what.correction))
    pile: list[tuple[str, Thumb, datetime]] = []
    for at, place, source in in_order:
        pile = [each for each in pile if each[0] != source]
        if thumb := AT_ONCE[place]:
            pile.append((source, thumb, at))
    if not pile:
        return None
    _, vote, at = pile[-1]
    if vote == "up":
        return Vote(output, user, vote, at)
    reasons, comment, correction = said[-1][1:] if said else ((), "", "")
    if any(source.startswith("flag:") for source, _, _ in pile) and "unsafe" not in reasons:
        reasons = (*reasons, "unsafe")
    return Vote(output, user, vote, at, reasons, comment, correction)
