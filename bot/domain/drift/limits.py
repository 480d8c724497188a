"""An alarm limit that learns from its own alarms."""

from typing import Final

_STEP: Final = 0.3
_RATE: Final = 0.04


class Limit:
    """Adaptive conformal inference (Gibbs and Candès 2021): every alarm raises the limit by a step, every
    quiet week lowers it by as much as keeps alarms at 4 in 100 weeks over the long run; it never falls below
    ``floor``. Wild weeks that no model fits so buy themselves a wider limit, not an alarm a week."""

    def __init__(self, floor: float) -> None:
        self._floor = self._now = floor

    def passed(self, height: float) -> bool:
        """Whether this week's height is above the limit."""
        over = height > self._now
        self._now = max(self._floor, self._now + _STEP * (over - _RATE))
        return over
