"""What ships beside the prompts: examples that render, answers that fit and pass the checks of a story."""

import json
import re
from typing import Any

import anthropic
import openai
import pytest
import yaml
from pydantic import BaseModel

from bot.domain.checks import check_story, verify_citations
from bot.domain.prompts import Prompt
from bot.domain.stories import StoryBody
from bot.domain.story_claims import invented_numbers, useless_thresholds
from bot.domain.story_evidence import Shown
from bot.domain.story_merge import merge
from bot.domain.story_words import StoryWords
from bot.domain.tickets import Ticket
from bot.scorers.kit import answers
from bot.services.prompts import load_prompt, shipped_prompts
from bot.services.theme_namer import ThemeNames
from tests.contracts.llm.servers import schema_faults
from tests.paths import REPO
from tests.unit.prompts.bodies import counted, offline_body

JUDGEMENTS = (
    answers.CriterionAnswer, answers.FactualityAnswer, answers.PairAnswer, answers.PointsAnswer,
    answers.QuestionsAnswer, answers.RecallAnswer, answers.RelevanceAnswer, answers.RubricAnswer,
    answers.StatementsAnswer, answers.StepsAnswer, answers.SupportAnswer,
)  # fmt: skip
ANSWERS: dict[str, type[BaseModel]] = {
    model.__name__: model for model in (StoryWords, ThemeNames, *JUDGEMENTS)
}


def examples(name: str) -> list[dict[str, Any]]:
    loaded = yaml.safe_load((REPO / "prompts" / name / "examples.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, list)
    return loaded


@pytest.mark.parametrize("prompt", shipped_prompts().values(), ids=str)
def test_every_prompt_names_its_answer_and_renders_its_examples(prompt: Prompt) -> None:
    model = ANSWERS[prompt.about.answers]
    for each in examples(prompt.reference.name):
        extra = {
            name: each["inputs"].get(name, [] if name == "findings" else "") for name in prompt.about.inputs
        }
        system, user = prompt.render({**extra, **each["inputs"], "fence": "qwertyuiop"})
        assert "qwertyuiop" not in system
        fenced = user.count("qwertyuiop")
        assert fenced >= 2
        assert fenced % 2 == 0
        model.model_validate(each["answer"])


@pytest.mark.parametrize("model", ANSWERS.values())
def test_answers_are_schemas_that_both_vendors_take(model: type[BaseModel]) -> None:
    strict = openai.pydantic_function_tool(model)["function"]["parameters"]
    assert list(schema_faults(strict, "openai")) == []
    assert list(schema_faults(anthropic.transform_schema(model), "anthropic")) == []
    assert "default" not in json.dumps(model.model_json_schema())


def story_of(answer: dict[str, Any], tickets: list[dict[str, Any]], facts: list[dict[str, str]]) -> StoryBody:
    """The story an answer makes, with no complaint of the checks that all drafts pass."""
    by_id = {ticket["id"]: Ticket(f"real-{ticket['id']}", ticket["text"]) for ticket in tickets}
    texts = {ticket.ticket_id: ticket.text for ticket in by_id.values()}
    shown = Shown(by_id, {fact["id"]: counted(fact["text"], [*texts]) for fact in facts})
    words = StoryWords.model_validate(answer)
    body, dropped = verify_citations(merge(words, offline_body(), shown, 41), texts)
    assert dropped == ()
    assert [*useless_thresholds(words), *invented_numbers(words, shown)] == []
    assert [finding for finding in check_story(body, texts) if finding.severity == "error"] == []
    return body


@pytest.mark.parametrize("example", examples("draft_story"), ids=lambda example: example["name"])
def test_the_example_answers_make_stories_that_pass(example: dict[str, Any]) -> None:
    inputs = example["inputs"]
    body = story_of(example["answer"], inputs["tickets"], inputs["facts"])
    assert len(body.examples) == len(example["answer"]["examples"])


def test_the_story_worked_through_in_the_prompt_passes() -> None:
    system = load_prompt("draft_story@1").system
    tickets = [
        {"id": match[1], "text": match[2]}
        for match in re.finditer(r"^(t\d)(?: \(unusual\))?: (.+)$", system, re.MULTILINE)
    ]
    facts = [{"id": m[1], "text": m[2]} for m in re.finditer(r"(f\d): (.+)$", system, re.MULTILINE)]
    block = re.search(r"```json\n(.*?)```", system, re.DOTALL)
    assert block is not None
    assert len(tickets) == 6
    body = story_of(json.loads(block[1]), tickets, facts)
    assert body.criteria[1].evidence == "9 of 41 tickets say that money is still being taken"
    assert body.criteria[2].threshold == 100
    assert body.criteria[2].comparison == "exactly"
