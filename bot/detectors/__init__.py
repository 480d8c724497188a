"""Detectors of drift: one module for each kind of series."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.detectors.means import Means
from bot.detectors.mixes import Mixes
from bot.detectors.proportions import Proportions
from bot.detectors.topics import Topics
from bot.detectors.totals import Totals
from bot.domain.drift.series import Detector, Kind, Series

DETECTORS: Final[Mapping[Kind, Callable[[Series], Detector]]] = {
    Kind.PROPORTION: Proportions,
    Kind.NUMERIC: Means,
    Kind.COUNT: Totals,
    Kind.MIX: Mixes,
    Kind.TEXTS: Topics,
}
