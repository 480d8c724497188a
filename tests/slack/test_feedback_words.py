"""What stands behind `/plumb fb summary` is read in whatever order and words it comes."""

import pytest

from bot.errors import InputError
from handlers.feedback.words import Asked, parse_asked

KNOWN = ("Lead-Finder", "reply", "search", "story-writer", "7days")


@pytest.mark.parametrize(
    ("text", "feature", "days"),
    [
        ("", "", 30),
        ("reply", "reply", 30),
        ("reply last 30d", "reply", 30),
        ("last 4 weeks", "", 28),
        ("Last 4 weeks for REPLY", "reply", 28),
        ("for reply, last week", "reply", 7),
        ("lead-finder last 2w", "Lead-Finder", 14),
        ("search 2w", "search", 14),
        ("stories this month", "story", 30),
        ("experiments last quarter", "experiment", 91),
        ("story-writer last 36h", "story-writer", 1.5),
        ("on the “reply” over the past 3 months please", "reply", 90),
    ],
)
def test_words(text: str, feature: str, days: float) -> None:
    asked = parse_asked(text, KNOWN, "plumb")
    assert (asked.feature, asked.days) == (feature, days)


@pytest.mark.parametrize("asked", [Asked(), Asked("reply", 28), Asked("story", 1.5), Asked("7days", 7)])
def test_buttons_carry_what_was_asked(asked: Asked) -> None:
    assert parse_asked(asked.about, KNOWN, "plumb") == asked


@pytest.mark.parametrize(
    ("text", "hint"),
    [("replay", "reply"), ("reply nonsense", "reply"), ("qqqq", "There are"), ("reply last 0d", "last 30d")],
)
def test_what_is_no_feature_is_said_with_what_there_is(text: str, hint: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_asked(text, KNOWN, "plumb")
    assert hint in f"{refused.value.message} {refused.value.hint}"
