"""What stops a story from becoming ready."""

from typing import Any

import pytest

from bot.domain.checks import can_become_ready, evidence_tickets
from bot.domain.stories import Finding
from tests.unit.checks.samples import BODY, STORY, story

ERROR = Finding(code="form.no_need", field="want", severity="error", message="Names no need.")
WARNING = Finding(code="wording.vague", field="want", severity="warning", message="“fast”")


def test_a_good_story_may_become_ready() -> None:
    assert can_become_ready(STORY) == ()
    assert can_become_ready(story(findings=(WARNING,))) == ()


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("examples.few", {"examples": BODY.examples[:2]}),
        ("examples.few", {"examples": BODY.examples[:1] * 3}),
        ("examples.no_cannot_do", {"cannot_do": None}),
        ("criteria.none", {"criteria": ()}),
        ("ready.tickets", {"tickets": 2}),
        ("form.no_need", {"findings": (WARNING, ERROR)}),
    ],
)
def test_one_lack_stops_it(code: str, changes: dict[str, Any]) -> None:
    (stop,) = can_become_ready(story(**changes))
    assert (stop.code, stop.severity) == (code, "error")


def test_two_tickets_are_too_few_however_often_they_are_quoted() -> None:
    poor = story(
        examples=BODY.examples[:2], citations=BODY.citations[:1], edge_cases=(), criteria=(), cannot_do=None
    )
    assert evidence_tickets(poor) == {"b77-21", "b77-14"}
    stops = can_become_ready(poor)
    assert [stop.code for stop in stops] == [
        "ready.tickets",
        "examples.few",
        "examples.no_cannot_do",
        "criteria.none",
    ]
    assert "2 distinct tickets" in stops[0].message


def test_a_lack_is_named_once() -> None:
    known = Finding(code="criteria.none", field="criteria", severity="error", message="None.")
    assert len(can_become_ready(story(criteria=(), findings=(known,)))) == 1
