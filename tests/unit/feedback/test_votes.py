"""A vote is a function of what happened, not of how it arrived."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.feedback import Doings, Explanation, Given, Mark, Vote, newer, reaction_mark, vote_of
from tests.unit.feedback.rules import GIVEN, OUTPUTS, START, USERS, expected


def votes_of(acts: list[Given]) -> dict[tuple[str, str], Vote | None]:
    """As the store does it, in memory."""
    places = {(output, user): Doings() for output in OUTPUTS for user in USERS}
    for act in acts:
        places[act.output, act.user].take(act.what)
    return {place: vote_of(*place, done.marks.values(), done.why) for place, done in places.items()}


@settings(max_examples=300, deadline=None)
@given(st.lists(GIVEN, max_size=12), st.randoms(use_true_random=False))
def test_any_order_and_any_repeats_end_in_the_same_votes(acts: list[Given], chance: Random) -> None:
    found = votes_of(acts)
    assert found == {place: expected(acts, *place) for place in found}
    shuffled = acts + [chance.choice(acts) for _ in range(chance.randrange(4)) if acts]
    chance.shuffle(shuffled)
    assert votes_of(shuffled) == found


def test_taking_an_emoji_off_brings_back_what_stood_before() -> None:
    button = Mark("button", "up", START)
    emoji = Mark("emoji:-1@C1/7", "down", START + timedelta(minutes=1))
    taken = Mark("emoji:-1@C1/7", None, START + timedelta(minutes=2))
    assert vote_of("o", "u", [button, emoji], None) == Vote("o", "u", "down", emoji.at)
    assert vote_of("o", "u", [button, newer(emoji, taken)], None) == Vote("o", "u", "up", START)
    assert newer(taken, emoji) is taken  # it came late


def test_words_count_while_the_vote_is_down_and_are_not_lost() -> None:
    why = Explanation(START, ("too_long",), "Half of it would do", "Shorter")
    down, up = Mark("button", "down", START), Mark("button", "up", START + timedelta(minutes=1))
    assert vote_of("o", "u", [down], why) == Vote(
        "o", "u", "down", START, ("too_long",), "Half of it would do", "Shorter"
    )
    assert vote_of("o", "u", [up], why) == Vote("o", "u", "up", up.at)
    again = Mark("button", "down", START + timedelta(minutes=2))
    assert vote_of("o", "u", [again], why) == Vote("o", "u", "down", again.at, *why.rank[1:])


@pytest.mark.parametrize(
    ("emoji", "source", "thumb"),
    [
        ("+1", "emoji:+1@C1/7", "up"),
        ("thumbsup", "emoji:+1@C1/7", "up"),
        ("thumbsup::skin-tone-3", "emoji:+1::skin-tone-3@C1/7", "up"),
        ("-1", "emoji:-1@C1/7", "down"),
        ("thumbsdown::skin-tone-6", "emoji:-1::skin-tone-6@C1/7", "down"),
    ],
)
def test_aliases_are_one_emoji_and_skin_tones_are_several(emoji: str, source: str, thumb: str) -> None:
    assert reaction_mark(emoji, "C1", "7", START) == Mark(source, thumb, START)  # type: ignore[arg-type]
    assert reaction_mark(emoji, "C1", "7", START, present=False) == Mark(source, None, START)


@pytest.mark.parametrize("emoji", ["", "tada", "thumbsup_all", "1", "::skin-tone-2"])
def test_other_emoji_are_no_votes(emoji: str) -> None:
    assert reaction_mark(emoji, "C1", "7", START) is None
