"""An alarm limit that learns from its own alarms."""

from typing import Final

_STEP: Final = 0.5
_RATE: Final = 0.03
_MOST: Final = 2.0


class Limit:
    """Adaptive conformal inference (Gibbs and Candès 2021): every alarm raises the limit by a step, every
    quiet week lowers it by as much as keeps alarms at 3 in 100 weeks over the long run. So wild weeks that no
    model fits buy themselves a wider limit, not an alarm a week. It stays between ``floor`` and two above,
    so that a wild year does not deafen it."""

    def __init__(self, floor: float) -> None:
        self._floor = self._now = floor

    def passed(self, height: float) -> bool:
        """Whether this week's height is above the limit."""
        over = height > self._now
        moved = self._now + _STEP * (over - _RATE)
        self._now = min(self._floor + _MOST, max(self._floor, moved))
        return over
