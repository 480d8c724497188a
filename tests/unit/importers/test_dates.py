"""Dates as people and programs write them, in UTC; what is no date for sure is none."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importers.reading.dates import DateReader, order_of
from tests.unit.importers.reading import opened

EARLIEST, LATEST = datetime(1971, 1, 1), datetime(2099, 1, 1)  # noqa: DTZ001  Hypothesis adds zones
NOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
WRITTEN = [
    "2026-03-05T12:00:00Z", "2026-03-05 12:00:00", "2026-03-05T13:00:00+01:00",
    "2026-03-05 12:00:00 UTC",
    "2026-03-05T12:00:00.000Z", "1772712000", "1772712000000", "1772712000.0",
    "Thu, 05 Mar 2026 12:00:00 +0000",
    "Thu, 5 Mar 2026 07:00:00 EST", "Mar 5, 2026, 12:00 PM", "05/Mar/26 12:00 PM", "5 March 2026 12:00",
    "03/05/2026 12:00", "3/5/26 12:00 PM",
    "05.03.2026 12:00", "2026/03/05 12:00", "Thu Mar 05 12:00:00 UTC 2026",
    "٢٠٢٦-٠٣-٠٥ ١٢:٠٠:٠٠", "2026-3-5 12:00", "2026/3/5, 12:00", "2026年3月5日 12:00", "5-Mar-2026 12:00:00",
    "March 5, 2026 12:00 pm", "05/03/2026 12:00".replace("05/03", "03/05"), "2026.03.05 12:00",
]  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_one_moment_in_many_writings(text: str) -> None:
    assert DateReader()(text) == NOON


@pytest.mark.parametrize(
    "text",
    ["2026", "yesterday", "10", "45000", "March 2026", "0", "9999-12-31", "0001-01-01",
     "2026-13-40", "31/31/2026",
     "2026-03-05 12:00 XYZ", "12:00", "x" * 500, "1" * 400, "-", "٤٢",
     "1e999", "monday", "2026-02-30"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert DateReader()(text) is None


@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    for day_first in (True, False):
        moment = DateReader(day_first=day_first)(text)
        assert moment is None or (moment.utcoffset() == timedelta(0) and 1970 <= moment.year <= 2099)


@given(st.datetimes(EARLIEST, LATEST), st.booleans())
def test_numbers_are_read_in_the_order_told(moment: datetime, day_first: bool) -> None:
    pattern = "%d/%m/%Y %H:%M:%S" if day_first else "%m/%d/%Y %H:%M:%S"
    read = DateReader(day_first=day_first)(moment.strftime(pattern))
    assert read == moment.replace(microsecond=0, tzinfo=UTC)


offsets = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(EARLIEST, LATEST, timezones=offsets))
def test_iso_keeps_the_moment(moment: datetime) -> None:
    assert DateReader()(moment.isoformat()) == moment


def test_the_order_comes_from_dates_that_leave_no_choice() -> None:
    assert order_of(["2026-01-01", "x"]) is None
    undecided = order_of(["03/04/2026", "05/06/2026"])
    assert undecided is not None
    assert (undecided.day_first, undecided.sure) == (False, False)
    day_first = order_of(["03/04/2026", "25/06/2026"])
    assert day_first is not None
    assert (day_first.day_first, day_first.sure, day_first.seen) == (True, True, 1)


def log_with(dates: list[str]) -> str:
    return "created_at,message\n" + "".join(f"{date},hello {n}\n" for n, date in enumerate(dates))


def test_a_telling_date_far_down_the_column_decides_for_all() -> None:
    log = opened(log_with(["03/04/2026"] * 3000 + ["25/12/2026"]))
    assert log.tickets[0].created_at == datetime(2026, 4, 3, tzinfo=UTC)
    assert log.noted("day first")


def test_a_column_that_decides_nothing_is_declared() -> None:
    log = opened(log_with(["03/04/2026"] * 3))
    assert log.tickets[0].created_at == datetime(2026, 3, 4, tzinfo=UTC)
    assert log.noted("could be read either way")


def test_an_unreadable_date_keeps_its_row() -> None:
    log = opened(log_with(["yesterday", "2026-01-01"]))
    assert [ticket.created_at for ticket in log.tickets] == [None, datetime(2026, 1, 1, tzinfo=UTC)]
    assert [(p.row, p.code, p.kept) for p in log.problems] == [(1, "bad_date", True)]


def test_dates_without_a_zone_are_declared() -> None:
    assert opened(log_with(["2026-01-01 10:00:00"])).noted("read as UTC")
    assert not opened(log_with(["2026-01-01T10:00:00Z"])).notes
