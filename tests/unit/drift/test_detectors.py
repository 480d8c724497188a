"""Every detector: what it must find, what it must leave alone, and that later weeks change nothing."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.detectors
from bot.detectors import DETECTORS
from bot.detectors.mixes import Mixes
from bot.domain.drift.series import (
    Alarm,
    Kind,
    Mean,
    Mix,
    Observation,
    Series,
    Severity,
    Share,
    Texts,
    Total,
)


def judged(kind: Kind, weeks: Sequence[Observation], season: int = 0) -> list[Alarm]:
    detector = DETECTORS[kind](Series("s", kind, season))
    return [alarm for week in weeks if (alarm := detector.see(week)) is not None]


def vectors(places: Sequence[int], rng: np.random.Generator) -> "np.typing.NDArray[np.float32]":
    """One of 60 directions for each place, slightly off."""
    made = np.eye(60, dtype=np.float32)[list(places)]
    made += 0.02 * rng.standard_normal(made.shape, dtype=np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


def texts(week: int, places: Sequence[int]) -> Texts:
    rng = np.random.default_rng(week)
    return Texts(week, tuple(f"{week} {i} {place}" for i, place in enumerate(places)), vectors(places, rng))


def share(week: int, rng: np.random.Generator, moved: bool) -> Share:
    return Share(week, 300, int(rng.binomial(300, 0.7 if moved else 0.9)))


def mean(week: int, rng: np.random.Generator, moved: bool) -> Mean:
    return Mean(week, 200, float((1.8 if moved else 1.2) * rng.normal(1, 0.03)), 0.6)


def total(week: int, rng: np.random.Generator, moved: bool) -> Total:
    return Total(week, float(rng.normal(700 if moved else 500, 20)))


def mix(week: int, rng: np.random.Generator, moved: bool) -> Mix:
    shares = [0.4, 0.3, 0.3] if moved else [0.6, 0.35, 0.05]
    counts = rng.multinomial(500, shares)
    return Mix(week, {name: int(count) for name, count in zip("abc", counts, strict=True)})


def topics(week: int, rng: np.random.Generator, moved: bool) -> Texts:
    places = [int(place) for place in rng.integers(0, 59, 120)]
    return texts(week, [*places, *[59] * 20] if moved else places)


MAKERS: dict[Kind, Callable[[int, np.random.Generator, bool], Observation]] = {
    Kind.PROPORTION: share,
    Kind.NUMERIC: mean,
    Kind.COUNT: total,
    Kind.MIX: mix,
    Kind.TEXTS: topics,
}


def history(kind: Kind, n: int, change: int, seed: int = 1) -> list[Observation]:
    rng = np.random.default_rng(seed)
    return [MAKERS[kind](week, rng, week >= change) for week in range(n)]


def test_every_module_is_listed() -> None:
    offered = {
        found
        for module in pkgutil.iter_modules(bot.detectors.__path__)
        for _, found in inspect.getmembers(importlib.import_module(f"bot.detectors.{module.name}"))
        if inspect.isclass(found) and hasattr(found, "see") and found.__module__.startswith("bot.detectors.")
    }
    assert offered == set(DETECTORS.values())
    assert set(DETECTORS) == set(Kind)
    assert len(list(pkgutil.iter_modules(bot.detectors.__path__))) == len(DETECTORS)


@pytest.mark.parametrize("kind", Kind)
def test_a_clear_change_is_found_once_dated_and_told(kind: Kind) -> None:
    alarms = judged(kind, history(kind, 24, change=15))
    assert len(alarms) == 1
    assert alarms[0].week in (15, 16)
    assert alarms[0].since == 15
    assert "since week 15" in alarms[0].reason
    assert alarms[0].evidence > 10


@pytest.mark.parametrize("kind", Kind)
def test_quiet_series_stay_quiet(kind: Kind) -> None:
    alarms = [alarm for seed in range(3) for alarm in judged(kind, history(kind, 24, change=99, seed=seed))]
    assert len(alarms) <= 2  # of 72 weeks


@settings(max_examples=5, deadline=None)
@given(kind=st.sampled_from(list(Kind)), n=st.integers(1, 20), seed=st.integers(0, 99))
def test_later_weeks_change_no_earlier_alarm(kind: Kind, n: int, seed: int) -> None:
    weeks = history(kind, 20, change=10, seed=seed)
    whole = [alarm for alarm in judged(kind, weeks) if alarm.week < n]
    assert judged(kind, weeks[:n]) == whole


@pytest.mark.parametrize("kind", Kind)
def test_other_kinds_of_weeks_and_empty_ones_are_passed_over(kind: Kind) -> None:
    weeks = history(kind, 20, change=12)
    nothing: list[Observation] = [
        Share(3, 0, 0),
        Mean(3, 0, 1.0, 0.0),
        Total(3, float("nan")),
        Mix(3, {}),
        Texts(3, (), np.zeros((0, 60), np.float32)),
    ]
    assert judged(kind, [*weeks[:4], *nothing, *weeks[4:]]) == judged(kind, weeks)


def test_few_ratings_raise_nothing() -> None:
    assert judged(Kind.PROPORTION, [Share(week, 2, week % 3 % 2) for week in range(60)]) == []


def test_what_took_long_to_prove_is_no_news() -> None:
    """Half a point in 5,000 is beyond chance only after many weeks; it becomes the reference in silence."""
    weeks: list[Observation] = [Share(week, 120, 102 if week < 30 else 96) for week in range(90)]
    assert all(alarm.week - alarm.since <= 8 for alarm in judged(Kind.PROPORTION, weeks))


def test_a_new_category_is_named() -> None:
    weeks: list[Observation] = [Mix(week, {"a": 300, "b": 200}) for week in range(8)]
    alarm = judged(Kind.MIX, [*weeks, Mix(8, {"a": 300, "b": 200, "new": 40})])[0]
    assert alarm.reason.startswith("new: 7.4% of 540 since week 8, 0.0% of 4,000 before")
    assert alarm.severity is Severity.SMALL


def test_categories_without_end_are_one_after_the_first_forty() -> None:
    detector = Mixes(Series("s", Kind.MIX))
    for week in range(6):
        counts = {f"{week}-{i}": 10 - i % 3 for i in range(200)}
        detector.see(Mix(week, {"a": 5000} | counts))
    assert len(detector._steps) == 41


def test_less_than_two_points_of_a_mix_is_nobodys_business() -> None:
    weeks: list[Observation] = [
        Mix(week, {"a": 99_500, "b": 500 if week < 10 else 1_500}) for week in range(20)
    ]
    assert judged(Kind.MIX, weeks) == []


def test_a_sure_but_tiny_shift_of_a_mean_is_no_news() -> None:
    rng = np.random.default_rng(4)
    weeks: list[Observation] = [
        Mean(week, 5000, (1.0 if week < 15 else 1.03) + rng.normal(0, 0.002), 0.6) for week in range(30)
    ]
    assert judged(Kind.NUMERIC, weeks) == []


def test_a_spread_that_doubles_is_an_alarm_though_the_mean_stays() -> None:
    rng = np.random.default_rng(4)
    weeks: list[Observation] = [
        Mean(week, 500, rng.normal(1, 0.01), (0.5 if week < 15 else 1.0) * rng.normal(1, 0.03))
        for week in range(20)
    ]
    alarm = judged(Kind.NUMERIC, weeks)[0]
    assert alarm.since == 15
    assert alarm.reason.startswith("spread")


def test_means_may_turn_negative() -> None:
    rng = np.random.default_rng(4)
    weeks: list[Observation] = [
        Mean(week, 100, rng.normal(0.5 if week < 20 else -2, 0.2), 1.0) for week in range(26)
    ]
    assert [abs(alarm.since - 20) <= 1 for alarm in judged(Kind.NUMERIC, weeks)] == [True]


def test_one_text_pasted_many_times_is_one_sender() -> None:
    rng = np.random.default_rng(6)
    weeks: list[Observation] = [texts(week, [int(p) for p in rng.integers(0, 59, 120)]) for week in range(6)]
    pasted = texts(6, [int(p) for p in rng.integers(0, 59, 120)])
    same = ("again",) * 40
    week = Texts(6, pasted.texts + same, np.concatenate([pasted.vectors, vectors([59] * 40, rng)]))
    assert judged(Kind.TEXTS, [*weeks, week]) == []


def test_a_new_topic_comes_with_texts_of_it() -> None:
    alarm = judged(Kind.TEXTS, history(Kind.TEXTS, 10, change=8))[0]
    assert alarm.examples
    assert all(text.endswith(" 59") for text in alarm.examples)
