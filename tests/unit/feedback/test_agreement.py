"""Agreement of people against published figures, and the queue that makes their labels."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.feedback import Thumb, TrackedOutput, Vote
from bot.domain.feedback.agreement import agreement
from bot.domain.feedback.labelling import Label, Why, queue
from bot.domain.statistics.raters import alpha_interval, cohen_kappa, krippendorff_alpha

NOW = datetime(2026, 11, 16, tzinfo=UTC)
DAY = date(2026, 11, 16)

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units.
TABLE = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
UNITS = [
    [said for said in unit if said != "."]
    for unit in zip(*(line.split() for line in TABLE.split("\n") if line), strict=True)
]


def test_alpha_is_that_of_its_author() -> None:
    alpha = krippendorff_alpha(UNITS)
    assert alpha == pytest.approx(0.743, abs=5e-4)
    interval = alpha_interval(UNITS)
    assert interval is not None
    assert interval.low < 0.743 < interval.high < 1


def test_where_all_agree_nothing_is_certain_yet() -> None:
    items = [["agree", "agree"]] * 9 + [["disagree", "disagree"]] * 9
    assert krippendorff_alpha(items) == pytest.approx(1)
    interval = alpha_interval(items)
    assert interval is not None
    assert 0.4 < interval.low < 0.95
    assert krippendorff_alpha([["agree", "agree"]] * 9) is None
    assert alpha_interval([["agree"], []]) is None


def test_kappa_of_a_textbook_table() -> None:
    """20 and 15 agreed, 5 and 10 not: (.7 - .5) / (1 - .5)."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)
    assert cohen_kappa([("y", "y")] * 5) is None
    assert cohen_kappa([]) is None


def said(output: int, user: str, label: str) -> Label:
    return Label(f"interaction:reply/{output}", user, label, NOW)


def test_agreement_is_of_outputs_that_two_people_labelled() -> None:
    few = agreement([said(1, "ann", "agree"), said(1, "bob", "disagree"), said(2, "ann", "agree")])
    assert (few.items, few.labels, few.people, few.enough) == (1, 3, 2, False)
    assert few.sentence.startswith("Too few to judge: 1 output labelled by two people or more")
    labels = [said(n, user, "agree" if n % 3 else "unsure") for n in range(12) for user in ("ann", "bob")]
    labels += [said(n, "cy", "disagree") for n in range(6)]
    found = agreement(labels)
    assert (found.items, found.people, found.enough) == (12, 3, True)
    by_pair = {(pair.first, pair.second): pair for pair in found.pairs}
    assert by_pair["ann", "bob"].kappa == pytest.approx(1)
    assert (by_pair["ann", "cy"].n, by_pair["ann", "cy"].agreed) == (6, 0)
    assert "on 12 outputs labelled by two people or more, 3 people" in found.sentence


def output(name: str, confidence: float | None = None) -> TrackedOutput:
    trace = {} if confidence is None else {"confidence": confidence}
    return TrackedOutput(name, text=f"text of {name}", trace=trace)


def vote(name: str, user: str, thumb: Thumb, *reasons: str) -> Vote:
    return Vote(name, user, thumb, NOW, reasons)


def test_the_queue_begins_with_what_people_disagree_about() -> None:
    outputs = [output("drawn"), output("unsure", 0.2), output("sure", 0.9), output("bare"), output("split")]
    votes = [
        vote("split", "U1", "up"), vote("split", "U2", "down", "too_long"),
        vote("bare", "U1", "down"),
        vote("sure", "U1", "down", "unsafe"),
    ]  # fmt: skip
    found = queue([*outputs, TrackedOutput("empty")], votes, (), "ann", DAY)
    assert [(each.output.name, each.why) for each in found][:3] == [
        ("split", Why.DISPUTED),
        ("bare", Why.UNEXPLAINED),
        ("unsure", Why.UNCERTAIN),
    ]
    assert {each.output.name for each in found[3:]} == {"drawn", "sure"}
    assert (found[0].up, found[0].down) == (1, 1)
    left = queue(outputs, votes, {"split", "drawn"}, "ann", DAY, size=2)
    assert [each.output.name for each in left] == ["bare", "unsure"]


def test_the_draw_is_one_a_day_and_another_for_everybody() -> None:
    outputs = [output(f"o{n}") for n in range(40)]
    ann = [each.output.name for each in queue(outputs, (), (), "ann", DAY)]
    assert ann == [each.output.name for each in queue(reversed(outputs), (), (), "ann", DAY)]
    assert ann != [each.output.name for each in queue(outputs, (), (), "bob", DAY)]
    assert ann != [each.output.name for each in queue(outputs, (), (), "ann", date(2026, 11, 17))]
    assert len(ann) == 10
