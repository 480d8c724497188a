"""Histories replayed: every week judged by what was known at its end."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.detectors import DETECTORS
from bot.domain.drift.series import Alarm
from bot.services.drift.history import Written, read_history


class Raised(NamedTuple):
    """An alarm, and the series it is about."""

    series: str
    alarm: Alarm


def replay(folder: Path) -> Iterator[Raised]:
    """Alarms of all series of a folder, series by series. Raises InputError with file and line."""
    for series, weeks in read_history(folder):
        if series.kind not in DETECTORS:
            continue
        detector = DETECTORS[series.kind](series)
        for week in weeks:
            if isinstance(week, Written):
                continue
            alarm = detector.see(week)
            if alarm is not None:
                yield Raised(series.id, alarm)
