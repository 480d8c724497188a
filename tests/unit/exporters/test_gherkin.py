"""The feature file parses with Gherkin's own parser, hostile text and all."""

from typing import Any

import pytest

from bot.domain.inert import plain
from bot.exporters import EXPORTERS
from tests.unit.checks.samples import CRITERIA, STORY, story
from tests.unit.exporters.hostile import STRINGS, story_of

parser = pytest.importorskip("gherkin.parser", reason="gherkin-official is not installed")


def parsed(*stories: Any) -> Any:
    return parser.Parser().parse(EXPORTERS["gherkin"].export(stories).data.decode())["feature"]


def scenarios(holder: Any) -> list[Any]:
    return [child["scenario"] for child in holder["children"]]


def test_a_scenario_for_each_criterion_a_refusal_and_an_outline() -> None:
    feature = parsed(STORY)
    *criteria, refusal, outline = scenarios(feature)
    assert feature["name"] == STORY.title
    assert [[step["keyword"].strip() for step in s["steps"]] for s in criteria] == [
        ["Given", "When", "Then"]
    ] * 3
    assert [s["steps"][2]["text"] for s in criteria] == [c.then for c in CRITERIA]
    assert [tag["name"] for tag in criteria[1]["tags"]] == ["@criterion-b", "@proposed", "@must-not-fail"]
    assert refusal["name"] == "Cannot do"
    rows = outline["examples"][0]["tableBody"]
    assert [[cell["value"] for cell in row["cells"]] for row in rows] == [
        [e.ticket_id, e.input, e.expected] for e in STORY.examples
    ]


@pytest.mark.parametrize("text", STRINGS)
def test_hostile_text_parses_into_the_same_scenarios(text: str) -> None:
    feature = parsed(story_of(text))
    found = scenarios(feature)
    assert len(found) == 5
    assert [len(s["steps"]) for s in found] == [3] * 5
    rows = found[-1]["examples"][0]["tableBody"]
    assert [len(row["cells"]) for row in rows] == [3] * 3
    shown = (plain(text) or "(nothing)").replace("<input>", "‹input›").replace("<ticket>", "‹ticket›")
    assert rows[0]["cells"][1]["value"] == shown


def test_several_stories_are_rules_of_one_feature() -> None:
    feature = parsed(STORY, story(title="Another", cannot_do=None, examples=()))
    rules = [child["rule"] for child in feature["children"]]
    assert [rule["name"] for rule in rules] == [STORY.title, "Another"]
    assert [len(rule["children"]) for rule in rules] == [5, 3]
