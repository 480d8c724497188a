"""Digests: within Slack's limits whatever they hold, nothing of others' words does anything, no data is never
zero, and no cause is told that nobody knows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.digests import Digest, Event, FeatureWeek, Learned, Need, Waiting
from bot.domain.digests.asking import question
from bot.domain.features import Duty
from handlers.views import digests
from handlers.views.digests import specimens as dg
from handlers.views.digests.post import WHY
from handlers.views.kit import Message
from tests.unit.views.walls import live, refusals

HOSTILE = ["<!channel> *now* https://evil.example", "😀" * 900, "&" * 900, "x\u202ey " * 90, "_*~`" * 99]


def many(text: str, features: int = 50) -> Digest:
    """As much as there may be, in one text."""
    owners = dict.fromkeys(Duty, text)
    weeks = []
    for number in range(features):
        feature = replace(dg.FELL.feature, name=f"{text[:20]}{number}", title=text, owners=owners)
        events = tuple(Event(datetime(2026, 11, 10, tzinfo=UTC), text, "live") for _ in range(5))
        weeks.append(replace(dg.FELL, feature=feature, events=events))
    learned = tuple(Learned(text, "ship", text) for _ in range(20))
    needs = tuple(Need(text, 9, 4, text) for _ in range(20))
    return replace(dg.DIGEST, features=tuple(weeks), learned=learned, needs=needs)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_digest_fits_and_nothing_in_it_is_live(text: str) -> None:
    for frame in (replace(dg.BUILD, names={text: text}), dg.EXEC, dg.PREVIEW):
        told = digests.digest(many(text), frame)
        assert refusals(told) == []
        assert live(told) == []
        assert len(told.blocks) <= 15
        assert told.blocks[-1]["elements"][0]["action_id"] == WHY
    assert refusals(digests.why(many(text))) == []
    assert live(digests.why(many(text))) == []


def blocks(told: Message, kind: str) -> list[Mapping[str, Any]]:
    return [block for block in told.blocks if block["type"] == kind]


def test_the_first_line_is_the_one_number_that_moved() -> None:
    told = digests.digest(dg.DIGEST, dg.BUILD)
    first = "Replies in the app: thumbs up fell from 84 % to 61 %; 1 more moved"
    assert told.text.splitlines()[0] == first
    assert "after reply@4 live (10 Nov)" in told.text
    assert "because" not in told.text
    assert digests.digest(dg.STILL, dg.EXEC).text.startswith("Quiet week: nothing moved beyond noise.")


def test_charts_and_table_are_in_words_too() -> None:
    told = digests.digest(dg.DIGEST, dg.BUILD)
    thumbs, overridden = blocks(told, "data_visualization")
    assert thumbs["title"] == "reply: Thumbs up, % · ▲ reply@4 live 10 Nov"
    line, bar = thumbs["chart"]["series"]
    # 92 of 151 and 118 of 140, as the specimen has them
    assert (line["data"][-1], line["data"][0]["value"]) == ({"label": "9 Nov ▲", "value": 60.9}, 84.3)
    assert (bar["name"], {point["value"] for point in bar["data"]}) == ("At least 70 %", {70.0})
    assert "thumbs up by week: 21 Sep 84 %" in told.text
    assert overridden["chart"]["series"][0]["name"] == "Overridden"
    (table,) = blocks(told, "table")
    for row in table["rows"][1:]:
        metric = str(row[1].get("text") or row[1]["elements"][0]["elements"][0]["text"])
        assert metric in told.text


def test_no_data_is_never_zero() -> None:
    """A week in which too few voted is no point of the line; a feature that is silent has no figure."""
    card = dg.QUIET.cards[3]
    few = replace(
        card,
        figures=tuple(
            replace(each, n=3) if each.metric.name == "positive_rate" else each for each in card.figures
        ),
    )
    gap = replace(dg.QUIET, cards=(*dg.QUIET.cards[:3], few, *dg.QUIET.cards[4:]))
    told = digests.digest(replace(dg.STILL, features=(gap,)), dg.BUILD)
    (chart,) = blocks(told, "data_visualization")
    labels = chart["chart"]["axis_config"]["categories"]
    assert "12 Oct" not in labels
    assert len(labels) == 7
    silent = digests.digest(dg.NOTHING, dg.BUILD)
    assert silent.text.startswith("No data came in during 9 to 15 Nov 2026.")
    assert not blocks(silent, "table")
    assert not blocks(silent, "data_visualization")


def test_of_many_features_what_moved_stands_first_and_what_is_left_out_is_said() -> None:
    quiet = [
        replace(dg.QUIET, feature=replace(dg.QUIET.feature, name=f"f{n}", title=f"Quiet {n}"))
        for n in range(12)
    ]
    told = digests.digest(replace(dg.DIGEST, features=(*quiet, dg.FELL)), dg.BUILD)
    (table,) = blocks(told, "table")
    assert "Replies in the app" in str(table["rows"][1])
    assert "more rows; a preview of one feature" in told.text
    assert "more rows" in str(blocks(told, "context"))


def test_owners_are_named_and_not_called() -> None:
    told = digests.digest(dg.DIGEST, dg.BUILD)
    assert "Ben Lindqvist answers for it" in told.text
    assert "<@" not in str(told)


def test_customers_words_stay_in_private_answers() -> None:
    """Guests may read a channel."""
    words = "It has been nine days"
    assert words in digests.digest(dg.DIGEST, dg.PREVIEW).text
    posted = digests.digest(dg.DIGEST, dg.BUILD)
    assert words not in str(posted)
    assert "Refunds that do not arrive 41, +18 against the week before" in posted.text


def asked(*features: FeatureWeek, waiting: tuple[Waiting, ...] = ()) -> str:
    found = question(replace(dg.STILL, features=features, waiting=waiting))
    return found.text if found else ""


def test_a_question_has_the_button_that_answers_it() -> None:
    for found, action in ((dg.DIGEST, "exp_new"), (dg.STILL, "set_review")):
        told = digests.digest(found, dg.BUILD)
        (button,) = [block["accessory"] for block in told.blocks if "accessory" in block]
        assert (button["action_id"], button["value"]) == (action, "refunds")
    assert not [block for block in digests.digest(dg.NOTHING, dg.BUILD).blocks if "accessory" in block]


def test_the_question_is_the_most_pressing_one() -> None:
    waits = (Waiting("refunds", 1), Waiting("leads", 3))
    silent = dg.NOTHING.features[0]
    assert "got worse after reply@4" in asked(dg.FELL, silent, waiting=waits)
    assert "What else was?" in asked(replace(dg.FELL, events=()))
    assert asked(dg.QUIET, silent, waiting=waits) == "3 cases wait in leads: accept them?"
    assert asked(dg.QUIET, silent).startswith("Nothing came in from Sorting mail")
    assert "share judged right has 8 of the 12 judged outputs" in asked(dg.QUIET)
    assert asked() == ""
