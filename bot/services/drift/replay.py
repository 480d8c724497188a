"""Histories replayed: every week judged by what was known at its end, and falls explained."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.detectors import DETECTORS
from bot.domain.drift.series import Alarm, Observation, Texts
from bot.domain.redaction import redact
from bot.ports import Embedder
from bot.services.drift.history import Week, Written, read_history


class Raised(NamedTuple):
    """An alarm, and the series it is about."""

    series: str
    alarm: Alarm


def replay(folder: Path, embedder: Embedder) -> Iterator[Raised]:
    """Alarms of all series of a folder, series by series. Raises InputError with file and line."""
    vectors = _Vectors(embedder)
    for series, weeks in read_history(folder):
        detector = DETECTORS[series.kind](series)
        for week in weeks:
            alarm = detector.see(_observed(week, vectors))
            if alarm is not None:
                yield Raised(series.id, alarm)


def reason(alarm: Alarm) -> str:
    """For a person, with one redacted example where the alarm is about texts."""
    if not alarm.examples:
        return alarm.reason
    return f"{alarm.reason}, such as: {redact(alarm.examples[0]).text}"


class _Vectors:
    """Each text embedded by itself, once: a vector that moved with its batch would let later weeks in."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._embedder.embed([text])[0]
        return np.stack([self._known[text] for text in texts])


def _observed(week: Week, vectors: _Vectors) -> Observation:
    return Texts(week.week, week.texts, vectors.of(week.texts)) if isinstance(week, Written) else week
