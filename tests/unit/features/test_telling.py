"""Scorecards in words: nothing is said that n does not carry, and what is below its bar comes first."""

from dataclasses import replace
from math import inf

import pytest

from bot.domain.experiments.results import Interval
from bot.domain.features import Threshold
from bot.domain.metrics import METRICS, Layer
from bot.domain.metrics import telling as say
from bot.domain.metrics.derived import Counted, Figure, Standing, scorecard
from bot.domain.statistics.clusters import ClusterSums
from handlers.views.setup.specimens import COUNTED, REPLY, SINCE, UNTIL

BAR = Threshold("positive_rate", 0.7, 0.8)


def thumbs(low: float, high: float, n: int = 100, bar: Threshold | None = BAR) -> Figure:
    return Figure(METRICS["positive_rate"], (low + high) / 2, Interval(low, high), n, threshold=bar)


@pytest.mark.parametrize(
    ("figure", "standing", "said"),
    [
        (thumbs(0.72, 0.78), Standing.MET, "minimum met"),
        (thumbs(0.82, 0.9), Standing.MET, "minimum and goal met"),
        (thumbs(0.65, 0.75), Standing.OPEN, "cannot tell yet"),
        (thumbs(0.5, 0.69), Standing.NOT_MET, "not met"),
        (thumbs(0.9, 1.0, n=11), Standing.OPEN, "cannot tell yet: 11 of 12 votes"),
        (thumbs(0.5, 0.6, bar=None), None, ""),
    ],
    ids=["met", "goal", "open", "not met", "few", "no bar"],
)
def test_where_it_stands(figure: Figure, standing: Standing | None, said: str) -> None:
    assert (figure.standing, say.standing(figure)) == (standing, said)


def test_lower_is_better_where_it_is() -> None:
    bar = Threshold("override_rate", 0.15, 0.1, "lower")
    figure = replace(thumbs(0.11, 0.14), metric=METRICS["override_rate"], threshold=bar)
    assert (figure.standing, figure.goal) == (Standing.MET, Standing.NOT_MET)
    assert (say.bound(figure), say.goal(figure)) == ("at most 15 %", "10 %")


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (thumbs(0.74, 0.87), "74…87 %"),
        (thumbs(0.004, 0.025), "0.4…2.5 %"),
        (thumbs(0.2, 0.9, n=3), "too few to judge"),
        (Figure(METRICS["latency_p95"], 2_310, Interval(850, 2_720), 50), "850 ms…2.7 s"),
        (Figure(METRICS["latency_p95"], 2_310, Interval(2_050, inf), 50), "2.0 s or more"),
        (Figure(METRICS["cost"], 0.0031, Interval(0.0029, 0.0034), 50), "$0.0029…$0.0034"),
        (Figure(METRICS["cost"], 0.0031, None, 50), "all of one user"),
        (Figure(METRICS["cost"], None, None, 0), "nothing yet"),
    ],
    ids=["share", "small", "few", "two units", "open end", "money", "one user", "nothing"],
)
def test_how_sure_it_is(figure: Figure, said: str) -> None:
    assert say.spread(figure) == said


def test_one_figure_a_layer_what_is_below_its_bar_first() -> None:
    card = scorecard(REPLY, COUNTED, SINCE, UNTIL)
    people = say.headline(card, Layer.SATISFACTION)
    assert people is not None
    assert people.metric.name == "override_rate"  # 16 % where 10 % is the most; thumbs are fine
    technical = say.headline(card, Layer.TECHNICAL)
    assert technical is not None
    assert technical.metric.name == "coverage"  # of nine labels nothing can be said
    assert say.headline(scorecard(REPLY, Counted(), SINCE, UNTIL), Layer.TECHNICAL) is None
    assert say.gist(people) == "Overridden 16 % (13…19 %, n 560)"


def test_what_it_comes_to_says_how_it_is_counted() -> None:
    card = scorecard(REPLY, COUNTED, SINCE, UNTIL)
    assert say.worth(card.worth) == [
        (
            "About 26.2 hours saved: 340 used as they were and 106 edited, at half; "
            "baseline: 60 questions timed in March"
        ),
        "90 overrides cost between $180 and $1,350, by whether each was a false alarm or a miss",
        "Calls cost $1.91 in all",
    ]
    same = replace(REPLY, false_positive_cost=None, minutes_saved=None, baseline="")
    found = scorecard(same, replace(COUNTED, spent=0.0), SINCE, UNTIL)
    assert say.worth(found.worth) == ["90 overrides cost $1,350, at $15.00 each"]
    assert say.business(found) == "Questions solved a day: no number sent in this time"


def test_rates_of_one_user_have_next_to_no_weight() -> None:
    """Fifty calls of one user are one opinion."""
    counted = Counted(50, 1, {"positive_rate": ClusterSums(1, 50, 50, 2_500, 2_500, 2_500)})
    (figure,) = scorecard(replace(REPLY, thresholds=(BAR,)), counted, SINCE, UNTIL).figures
    assert figure.standing is Standing.OPEN
    assert figure.interval is not None
    assert figure.interval.low < 0.25
