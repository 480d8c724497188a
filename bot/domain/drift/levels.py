"""Has a number left its level? One-step forecasts, and a CUSUM of how surprising the week was.

Several exponential smoothers with damped trends (Gardner 1985) forecast side by side: a slow one suits a
level with noise, a quick one a random walk; the one that erred least so far speaks. Its
error is read as Student's t on its own discounted errors and made a normal score, so that few weeks make it
careful. Scores add up by Page's CUSUM (1954), which lets half a sigma a week pass; the week after its last
zero is where the change began. With a season, indices are learnt from two full rounds (Holt and Winters) and
forecasts carry them from then on. A week costs the same however long the series is.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtr

Floats = NDArray[np.float64]

_SPEEDS: Final = (0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1.0)
_TRENDS: Final = (0.0, 0.1)
_DAMPING: Final = 0.98
_MEMORY: Final = 0.95
"""Weight of last week's errors: half is forgotten in 14 weeks."""
_SEASONAL: Final = 0.15
_SLACK: Final = 0.5
_MOST: Final = 4.0
"""Normal scores beyond this count as this: one mad week is not worth ten odd ones."""
_OUTLIER: Final = 3.0  # sigmas; an error beyond teaches the scale no more than that
_WARM: Final = 4


class Level:
    """Successive weeks of a number; ``height`` is the CUSUM, ``since`` for how many weeks it has been up."""

    def __init__(self, season: int = 0) -> None:
        pairs = [(speed, trend) for speed in _SPEEDS for trend in _TRENDS]
        self._speed, self._trend = np.array(pairs, np.float64).T
        self._level = np.zeros(len(pairs))
        self._slope = np.zeros(len(pairs))
        self._squares = np.zeros(len(pairs))
        self._costs = np.zeros(len(pairs))
        self._weight = 0.0
        self._season = season
        self._indices = np.zeros((len(pairs), season))
        self._early: list[float] = []
        self._seen = 0
        self._sums = [0.0, 0.0]
        self._runs = [0, 0]

    @property
    def height(self) -> float:
        return max(self._sums)

    @property
    def since(self) -> int:
        return self._runs[0] if self._sums[0] >= self._sums[1] else self._runs[1]

    def see(self, value: float) -> None:
        if not self._seen:
            self._level[:] = value
        else:
            index = (
                self._indices[:, self._seen % self._season] if self._seasonal else np.zeros(len(self._level))
            )
            errors = value - (self._level + _DAMPING * self._slope + index)
            if self._seen >= _WARM:
                self._add(self._score(errors))
            self._learn(errors)
        self._seen += 1
        if self._season and self._seen <= 2 * self._season:
            self._early.append(value)
            if self._seen == 2 * self._season:
                self._start_season()

    def restart(self, value: float) -> None:
        """The level is this week's from now on; slope and how much weeks vary are kept."""
        index = self._indices[:, (self._seen - 1) % self._season] if self._seasonal else 0.0
        self._level[:] = value - index
        self._sums, self._runs = [0.0, 0.0], [0, 0]

    @property
    def _seasonal(self) -> bool:
        return bool(self._season) and self._seen >= 2 * self._season

    def _score(self, errors: Floats) -> float:
        best = int(np.argmin(self._costs))
        spread = float(np.sqrt(self._squares[best] / self._weight * (1 + 1 / self._weight)))
        if spread == 0:
            return float(np.sign(errors[best])) * _MOST
        return float(np.clip(ndtri(stdtr(self._weight, errors[best] / spread)), -_MOST, _MOST))

    def _add(self, score: float) -> None:
        for side, signed in enumerate((score, -score)):
            self._sums[side] = max(0.0, self._sums[side] + signed - _SLACK)
            self._runs[side] = self._runs[side] + 1 if self._sums[side] > 0 else 0

    def _learn(self, errors: Floats) -> None:
        spread = np.sqrt(self._squares / max(self._weight, 1.0))
        most = np.where((spread > 0) & (self._seen >= _WARM), _OUTLIER * spread, np.inf)
        squares = np.clip(errors, -most, most) ** 2
        self._squares = _MEMORY * self._squares + squares
        self._costs += squares
        self._weight = _MEMORY * self._weight + 1
        self._level = self._level + _DAMPING * self._slope + self._speed * errors
        self._slope = _DAMPING * self._slope + self._speed * self._trend * errors
        if self._seasonal:
            self._indices[:, self._seen % self._season] += _SEASONAL * (1 - self._speed) * errors

    def _start_season(self) -> None:
        """Indices are what two rounds have in common, off their line; every smoother stands on the line."""
        rounds = np.array(self._early)
        time = np.arange(len(rounds))
        slope, start = np.polyfit(time, rounds, 1)
        indices = (rounds - start - slope * time).reshape(2, -1).mean(axis=0)
        self._indices[:] = indices - indices.mean()
        self._level[:] = start + slope * time[-1]
        self._sums, self._runs, self._early = [0.0, 0.0], [0, 0], []
