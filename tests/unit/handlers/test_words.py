"""What people type behind the command."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from handlers.words import DraftWanted, days_of, nearest, parse_draft, split_words


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("from tickets.csv top 5", DraftWanted(origin="tickets.csv", top=5)),
        ("tickets.csv", DraftWanted(origin="tickets.csv")),
        ("top 2", DraftWanted(top=2)),
        ("from <#C0123|support> last 14d", DraftWanted(channel="C0123", days=14.0)),
        ("from <#C0123> last 2 weeks top 1", DraftWanted(channel="C0123", days=14.0, top=1)),
        ("FROM Tickets.CSV TOP 4 more themes", DraftWanted(origin="Tickets.CSV", top=4, granularity="more")),
        ('from "my export.csv" fewer', DraftWanted(origin="my export.csv", granularity="fewer")),
        ("from “my export.csv”", DraftWanted(origin="my export.csv")),
        ('x about "log in, refunds"', DraftWanted(origin="x", seeds=("log in", "refunds"))),
        (
            "from x because we know the dates are wrong",
            DraftWanted(origin="x", override="we know the dates are wrong"),
        ),
        ("from bob's.csv", DraftWanted(origin="bob's.csv")),
    ],
    ids=range(11),
)
def test_drafting_is_read_as_people_write_it(typed: str, wanted: DraftWanted) -> None:
    assert parse_draft(typed) == wanted


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("from a.csv top", "top"),
        ("from a.csv top 0", "0"),
        ("from a.csv top 21", "21"),
        ("from a.csv top five", "five"),
        ("from a.csv b.csv", "b.csv"),
        ("from <#C1> last fortnight", "fortnight"),
    ],
    ids=["no number", "zero", "too many", "in words", "two files", "span"],
)
def test_what_means_nothing_is_named(typed: str, named: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_draft(typed)
    assert named in refused.value.message
    assert refused.value.hint


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    with suppress(InputError):
        assert 1 <= parse_draft(text).top <= 20


@pytest.mark.parametrize(
    ("span", "days"), [("14d", 14), ("1 d", 1), ("36h", 1.5), ("2w", 14), ("3 weeks", 21), ("1day", 1)]
)
def test_spans_in_days(span: str, days: float) -> None:
    assert days_of(span) == days


def test_nearest_offers_only_what_is_close() -> None:
    verbs = ["story draft", "story themes", "story approve"]
    assert nearest("story drfat", verbs) == "story draft"
    assert nearest("sotry aprove", verbs) == "story approve"
    assert nearest("zzzz", verbs) == ""


def test_quotes_keep_words_together() -> None:
    assert split_words('a "b c" d') == ["a", "b c", "d"]
    assert split_words('it\'s a "b c"') == ["it's", "a", "b c"]
    assert split_words('lone " sign') == ["lone", '"', "sign"]
