"""When tickets came in: days, age, and dates that cannot be."""

from collections import Counter
from datetime import date, datetime, timedelta

EARLIEST = date(1990, 1, 1)


class Calendar:
    """Tickets by day. Dates before 1990 or after tomorrow are counted as odd and left out."""

    def __init__(self, today: date) -> None:
        self.days: Counter[date] = Counter()
        self.odd = 0
        self.dated = 0
        self._today = today

    def add(self, created_at: datetime | None) -> None:
        if created_at is None:
            return
        self.dated += 1
        day = created_at.date()
        if EARLIEST <= day <= self._today + timedelta(days=1):
            self.days[day] += 1
        else:
            self.odd += 1

    @property
    def first(self) -> date | None:
        return min(self.days, default=None)

    @property
    def last(self) -> date | None:
        return max(self.days, default=None)

    @property
    def age_days(self) -> int | None:
        """Days since the newest ticket."""
        return max((self._today - self.last).days, 0) if self.last else None
