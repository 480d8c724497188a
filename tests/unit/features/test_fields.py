"""Settings of a feature as people type them, and what is refused, with the field in one sentence."""

from contextlib import suppress
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.features import Autonomy, Duty, Threshold, Track, Watched, checked, problems
from bot.domain.features.fields import SETTABLE, parse_threshold, share, with_fields
from bot.domain.features.wording import amount, told
from bot.domain.metrics import METRICS, Unit
from bot.errors import InputError
from handlers.views.setup.form import pair

REPLY = Watched("reply")
TIMED = Watched("reply", baseline="60 timed")
NOTHING, SHARE = "It cannot be less than nothing.", "A share lies between 0 and 100 %."


def test_every_setting_can_be_typed() -> None:
    """But for the name, which says which feature, and the stage, which is moved."""
    grouped = {"name", "stage", "owners", "thresholds"}
    assert {field.name for field in fields(Watched)} - grouped <= set(SETTABLE)
    assert set(SETTABLE) >= {duty.value for duty in Duty} | set(METRICS)


def test_what_is_typed_is_read() -> None:
    typed = {
        "title": "  Replies  in the app ",
        "channels": "<#C0MOSS|moss>, C0SUPPORT",
        "track": "extract",
        "autonomy": "AUTOPILOT",
        "accountable": "<@U0ADA|ada>",
        "data": "@ben",
        "positive_rate": "70 / 80",
        "error_rate": "0.5%",
        "latency_p95": "2s/900ms",
        "cost": "$0.02",
        "minutes_saved": "2,5",
        "baseline": "timed",
        "examples": "yes",
        "sampling": ".25",
        "retention_days": "90",
    }
    found = with_fields(REPLY, typed)
    assert checked(found) == Watched(
        "reply",
        title="Replies in the app",
        channels=("C0MOSS", "C0SUPPORT"),
        track=Track.EXTRACT,
        autonomy=Autonomy.AUTOPILOT,
        owners={Duty.ACCOUNTABLE: "U0ADA", Duty.DATA: "ben"},
        thresholds=(
            Threshold("error_rate", 0.005, None, "lower"),
            Threshold("latency_p95", 2_000, 900, "lower"),
            Threshold("cost", 0.02, None, "lower"),
            Threshold("positive_rate", 0.7, 0.8),
        ),
        minutes_saved=2.5,
        baseline="timed",
        examples=True,
        sampling=0.25,
        retention_days=90,
    )
    gone = with_fields(found, dict.fromkeys(("error_rate", "latency_p95", "cost", "positive_rate"), "none"))
    assert (gone.thresholds, with_fields(found, {"data": "none"}).owners) == ((), {Duty.ACCOUNTABLE: "U0ADA"})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"goal": "3"}, "'goal' is nothing that can be set."),
        ({"stage": "full"}, "A stage is moved, not set."),
        ({"positive_rate": "1"}, "positive_rate: '1' may be 1 % or all."),
        ({"positive_rate": "70/80/90"}, "positive_rate: Write the minimum, or minimum / goal."),
        ({"cost": "-1"}, "cost: '-1' is no number."),
        ({"track": "9"}, "track: '9' is none of: classify, extract, limited_generation, open_generation."),
        ({"retention_days": "soon"}, "retention_days: 'soon' is no number of days."),
        ({"examples": "maybe"}, "examples: 'maybe' is neither yes nor no."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_cannot_be_read_names_its_field(typed: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        with_fields(REPLY, typed)
    assert caught.value.message == said


@pytest.mark.parametrize(
    ("feature", "field", "said"),
    [
        (Watched("Reply"), "name", "'Reply' cannot name a feature."),
        (replace(REPLY, minutes_saved=4.0), "baseline", "Minutes saved need a source."),
        (replace(TIMED, minutes_saved=-1.0), "minutes_saved", NOTHING),
        (replace(TIMED, minutes_saved=2_000.0), "minutes_saved", "That is more than a day for one task."),
        (replace(REPLY, false_negative_cost=float("nan")), "false_negative_cost", NOTHING),
        (replace(REPLY, sampling=1.5), "sampling", SHARE),
        (replace(REPLY, retention_days=0), "retention_days", "Between 1 and 3,650 days."),
        (replace(REPLY, title="x" * 81), "title", "Please say it in at most 80 characters."),
        (replace(REPLY, dataset="No Set"), "dataset", "'No Set' cannot name a set of cases."),
        (replace(REPLY, thresholds=(Threshold("speed", 1),)), "thresholds", "'speed' is no metric."),
        (replace(REPLY, thresholds=(Threshold("accuracy", 88, 92),)), "accuracy", SHARE),
        (
            replace(REPLY, thresholds=(Threshold("override_rate", 0.1, 0.2, "lower"),)),
            "override_rate",
            "The goal, 20 %, must lie below the minimum, 10 %: lower is better.",
        ),
        (
            replace(REPLY, thresholds=(Threshold("accuracy", 0.8, 0.8),)),
            "accuracy",
            "The goal, 80 %, must lie above the minimum, 80 %: higher is better.",
        ),
        (
            replace(REPLY, thresholds=(Threshold("accuracy", 0.8), Threshold("accuracy", 0.9))),
            "accuracy",
            "There are two thresholds for it; one is enough.",
        ),
    ],
    ids=["name", "baseline", "less", "a day", "nan", "sampling", "days", "title", "set", "metric", "percent",
         "lower", "same", "twice"],
)  # fmt: skip
def test_what_does_not_fit_is_one_sentence_at_its_field(feature: Watched, field: str, said: str) -> None:
    (problem,) = problems(feature)
    assert (problem.field, problem.says) == (field, said)
    with pytest.raises(InputError, match=field):
        checked(feature)


@given(st.sampled_from(sorted(METRICS)), st.integers(1, 998), st.integers(1, 998))
def test_a_threshold_comes_back_from_the_form_as_it_went_in(name: str, first: int, second: int) -> None:
    scale = 1_000 if METRICS[name].unit is Unit.SHARE else 100
    found = Threshold(name, first / scale, second / scale, METRICS[name].better)
    again = parse_threshold(METRICS[name], pair(found))
    assert [again.minimum, again.goal] == [pytest.approx(found.minimum), pytest.approx(found.goal)]
    assert (again.metric, again.better) == (name, METRICS[name].better)


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_share_or_a_sentence(text: str) -> None:
    with suppress(InputError):
        assert share(text) >= 0


@pytest.mark.parametrize(
    ("value", "metric", "said"),
    [
        (0.7, "accuracy", "70 %"), (0.004, "error_rate", "0.4 %"), (0.0999, "error_rate", "10 %"),
        (0, "error_rate", "0 %"), (999.4, "latency_p50", "999 ms"), (2_340, "latency_p95", "2.3 s"),
        (0.00321, "cost", "$0.0032"), (0.00000321, "cost", "$0.000003"), (12.5, "cost", "$12.50"),
        (1_349.6, "cost", "$1,350"),
    ],
)  # fmt: skip
def test_amounts_are_told_as_people_read_them(value: float, metric: str, said: str) -> None:
    assert amount(value, metric) == said


def test_every_setting_can_be_told() -> None:
    assert [told(REPLY, field.name) for field in fields(Watched)] == [
        "reply", "–", "–", "drafts for people", "copilot", "shadow", "–", "–", "–", "–", "–", "–", "–", "–",
        "–", "no", "100 %", "–", "70 %",
    ]  # fmt: skip
