"""Fill rates, requesters, segments and dates."""

from datetime import UTC, date, datetime
from math import log

import pytest

from bot.domain.audit.columns import TRACKED_VALUES, Columns
from bot.domain.audit.dates import Calendar


def test_fill_rates_count_blank_as_missing() -> None:
    columns = Columns()
    columns.add("a", {"plan": "free", "area": "  "})
    columns.add(None, {"plan": "pro", "area": ""})
    columns.add("", {"plan": "pro"})
    rates = columns.fill_rates(dated=2)
    assert {field: (share.count, share.n) for field, share in rates.items()} == {
        "created_at": (2, 3),
        "requester": (1, 3),
        "plan": (3, 3),
        "area": (0, 3),
    }


def test_requesters_are_judged_from_thirty_tickets_on() -> None:
    columns = Columns()
    for number in range(29):
        columns.add("busy" if number < 20 else f"r{number}", {})
    assert columns.concentration().top_requester is None
    assert columns.concentration().requesters == 10
    columns.add("busy", {})
    top = columns.concentration().top_requester
    assert top is not None
    assert (top.count, top.n) == (21, 30)


def test_segments_with_their_evenness_by_hand() -> None:
    columns = Columns()
    for plan in ["free"] * 60 + ["pro"] * 30 + ["trial"] * 10:
        columns.add(None, {"plan": plan, "status": plan, "constant": "x"})
    (plan_,) = columns.segments()
    entropy = -(0.6 * log(0.6) + 0.3 * log(0.3) + 0.1 * log(0.1))
    assert plan_.field == "plan"
    assert plan_.top == "free"
    assert plan_.top_share.share == pytest.approx(0.6)
    assert plan_.evenness == pytest.approx(entropy / log(3), abs=1e-4)
    assert plan_.thin == {"trial": 10}
    assert columns.concentration().top_segments == {"plan": plan_.top_share}


def test_free_text_is_no_segment_and_takes_no_memory() -> None:
    columns = Columns()
    for number in range(TRACKED_VALUES + 500):
        columns.add(None, {"note": f"text {number}"})
    assert columns.segments() == ()
    assert columns.fill_rates(0)["note"].count == TRACKED_VALUES + 500


def test_dates_that_cannot_be_are_left_out() -> None:
    calendar = Calendar(date(2026, 11, 21))
    for day in [
        datetime(2026, 11, 20, tzinfo=UTC),
        datetime(2026, 11, 1),  # noqa: DTZ001  files without zones give naive dates
        datetime(2027, 1, 1, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC),
        None,
    ]:
        calendar.add(day)
    assert (calendar.first, calendar.last) == (date(2026, 11, 1), date(2026, 11, 20))
    assert (calendar.age_days, calendar.odd, calendar.dated) == (1, 2, 4)


def test_no_dates() -> None:
    calendar = Calendar(date(2026, 11, 21))
    assert (calendar.first, calendar.last, calendar.age_days) == (None, None, None)


def test_tomorrow_is_no_negative_age() -> None:
    calendar = Calendar(date(2026, 11, 21))
    calendar.add(datetime(2026, 11, 22, tzinfo=UTC))
    assert calendar.age_days == 0
