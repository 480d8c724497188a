"""When a digest is due: once in each week by the clocks of its place, whatever they do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.digests import DigestSchedule, Due, Profile
from bot.domain.digests.schedule import post_key, split_profile, wanted
from bot.domain.digests.selection import Selection
from bot.domain.weeks import Week
from bot.errors import InputError

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
MONDAYS = DigestSchedule("C1", 0, time(9), "Europe/Berlin", LONG_AGO)
SUNDAY_NIGHT = DigestSchedule("C1", 6, time(2, 30), "Europe/Berlin", LONG_AGO)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]  # the parts of a moment, in order


def test_every_hour_of_a_year_finds_each_week_once_at_nine_by_the_local_clocks() -> None:
    begin = utc(2026, 1, 1)
    found = {MONDAYS.newest(begin + timedelta(hours=hour)) for hour in range(365 * 24)}
    keys = {post_key("T", "C1", due.week, Profile.BUILD) for due in found if due}
    assert len(found) == len(keys) == 53  # that of 29 Dec 2025, and the 52 Mondays of 2026
    local = {due.at.astimezone(ZoneInfo("Europe/Berlin")) for due in found if due}
    assert {(at.weekday(), at.hour, at.minute) for at in local} == {(0, 9, 0)}


def test_where_clocks_go_back_a_time_that_comes_twice_is_one_digest() -> None:
    """On 25 Oct 2026 it is 02:30 in Berlin at 00:30 and at 01:30 UTC."""
    night = [utc(2026, 10, 25) + timedelta(minutes=minute) for minute in range(180)]
    found = dict.fromkeys(SUNDAY_NIGHT.newest(at) for at in night)
    before = Due(Week(date(2026, 10, 5), "Europe/Berlin"), utc(2026, 10, 18, 0, 30))
    after = Due(Week(date(2026, 10, 12), "Europe/Berlin"), utc(2026, 10, 25, 0, 30))
    assert list(found) == [before, after]


def test_a_time_that_clocks_skip_is_an_hour_later() -> None:
    assert SUNDAY_NIGHT.moment(date(2026, 3, 23)) == utc(2026, 3, 29, 1, 30)  # 03:30 in Berlin


def test_after_weeks_of_silence_the_newest_only_and_it_is_late() -> None:
    found = MONDAYS.newest(utc(2026, 11, 18, 12))
    assert found == Due(Week(date(2026, 11, 9), "Europe/Berlin"), utc(2026, 11, 16, 8))
    assert found.late(utc(2026, 11, 18, 12))
    assert not found.late(utc(2026, 11, 16, 8, 2))


def test_what_was_due_before_it_was_set_or_while_it_was_paused_is_not_made_up_for() -> None:
    saturday = utc(2026, 11, 21)
    fresh = DigestSchedule("C1", 0, time(9), "Europe/Berlin", saturday)
    assert fresh.newest(saturday + timedelta(hours=1)) is None
    assert fresh.newest(utc(2026, 11, 23, 8)) is not None
    assert DigestSchedule("C1", 0, time(9), "UTC", LONG_AGO, paused=True).newest(saturday) is None
    assert fresh.next(saturday) == utc(2026, 11, 23, 8)


def test_what_is_typed() -> None:
    found = wanted(["Wed", "17.30", "America/New_York", "reply,", "EXEC", "triage"])
    assert (found.day, found.at, found.zone) == (2, time(17, 30), "America/New_York")
    assert (found.profile, found.features) == (Profile.EXEC, ("reply", "triage"))
    assert split_profile(["build"]) == (Profile.BUILD, ())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "a day, a time and a time zone"),
        ("t 09:00 UTC", "“t” is no day"),
        ("mon 25:00 UTC", "“25:00” is no time"),
        ("mon nine UTC", "“nine” is no time"),
        ("mon 09:00 Berlin", "is no time zone"),
        ("mon 09:00 ../../etc/passwd", "is no time zone"),
    ],
)
def test_what_is_wrong_is_said(typed: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        wanted(typed.split())


def test_a_selection_comes_back_as_it_went() -> None:
    selection = Selection(Week(date(2026, 11, 9), "Asia/Tokyo"), Profile.EXEC, ("reply", "triage"))
    assert Selection.parse(str(selection)) == selection
    for broken in ("", "a;b;c;d", "2026-11-09;UTC;loud;", "2026-11-09;Nowhere;exec;"):
        with pytest.raises(InputError):
            Selection.parse(broken)
