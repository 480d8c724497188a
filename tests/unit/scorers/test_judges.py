"""Scorers that ask a judge: what they make of its answers, and what they show it."""

from typing import Any

import pytest

from bot.domain.scoring import JUDGED
from bot.errors import Unsupported
from bot.scorers.kit.judging import shipped
from bot.scorers.scorer import AssertionInvalid
from bot.scorers.tools import Tools
from tests.unit.scorers.judges import COST, ScriptedJudge
from tests.unit.scorers.say import awaited

RUBRIC = "judge_rubric@1"


def rubric_judge(passed: bool, score: float) -> ScriptedJudge:
    return ScriptedJudge({RUBRIC: {"reason": "It says so.", "passed": passed, "score": score}})


class TestRubric:
    """llm-rubric."""

    @pytest.mark.parametrize(
        ("type_", "passed", "score", "threshold", "expected"),
        [
            ("llm-rubric", True, 0.8, None, (True, 0.8)),
            ("llm-rubric", False, 0.8, None, (False, 0.8)),
            ("llm-rubric", True, 0.5, 0.5, (True, 0.5)),
            ("llm-rubric", True, 0.49, 0.5, (False, 0.49)),
            ("llm-rubric", False, 0.9, 0.5, (False, 0.9)),
            ("not-llm-rubric", True, 0.75, None, (False, 0.25)),
            ("not-llm-rubric", False, 0.25, None, (True, 0.75)),
            ("not-llm-rubric", True, 0.25, 0.5, (True, 0.75)),
        ],
    )
    async def test_the_judge_says_it_and_the_threshold_may_refuse(
        self, type_: str, passed: bool, score: float, threshold: float | None, expected: tuple[bool, float]
    ) -> None:
        judge = rubric_judge(passed, score)
        said = await awaited(type_, "Is kind.", "Hello!", tools=judge.tools, threshold=threshold)
        assert (said.passed, said.value) == expected
        assert said.judged == COST
        assert said.reason == "It says so. [judge_rubric@1]"

    async def test_the_judge_sees_rubric_and_output_and_nothing_of_the_arm(self) -> None:
        judge = rubric_judge(True, 1.0)
        await awaited(
            "llm-rubric", "Greets {{name}}.", "Hello\n  Ann!", tools=judge.tools, vars={"name": "Ann"},
            prompt="SECRET PROMPT", provider="openai:judge", provider_config={"model": "SECRET MODEL"},
        )  # fmt: skip
        asked = judge.asked[0]
        assert asked.sections == {"rubric": "Greets Ann.", "output": "Hello\n  Ann!"}
        assert "SECRET" not in asked.system + asked.user
        assert (asked.provider, asked.prompt) == ("openai:judge", RUBRIC)
        assert asked.fingerprint == shipped(RUBRIC).fingerprint
        assert asked.fence not in asked.system

    async def test_an_object_is_shown_as_json(self) -> None:
        judge = rubric_judge(True, 1.0)
        await awaited("llm-rubric", {"tone": ["kind"]}, {"a": 1}, tools=judge.tools)
        assert judge.asked[0].sections == {"rubric": '{"tone": ["kind"]}', "output": '{"a":1}'}

    @pytest.mark.parametrize("rubric", [None, "", "  ", 3])
    async def test_a_rubric_must_be_there(self, rubric: Any) -> None:
        with pytest.raises(AssertionInvalid, match="needs a rubric"):
            await awaited("llm-rubric", rubric, "x", tools=rubric_judge(True, 1).tools)

    async def test_a_prompt_of_the_configs_own_is_refused(self) -> None:
        with pytest.raises(Unsupported, match="rubricPrompt"):
            await awaited(
                "llm-rubric", "r", "x", tools=rubric_judge(True, 1).tools, rest={"rubricPrompt": "p"}
            )


class TestClosedQuestions:
    """model-graded-closedqa and factuality."""

    @pytest.mark.parametrize("met", [True, False])
    async def test_a_criterion_is_met_or_not(self, met: bool) -> None:
        judge = ScriptedJudge({"judge_closedqa@1": {"reason": "r", "met": met}})
        said = await awaited("model-graded-closedqa", "Is short.", "Yes.", tools=judge.tools, prompt="Well?")
        assert (said.passed, said.value) == (met, float(met))
        assert judge.asked[0].sections == {"input": "Well?", "criterion": "Is short.", "output": "Yes."}

    @pytest.mark.parametrize(
        ("category", "weights", "expected"),
        [
            ("A", {}, (True, 1.0)),
            ("B", {}, (True, 1.0)),
            ("C", {}, (True, 1.0)),
            ("D", {}, (False, 0.0)),
            ("E", {}, (True, 1.0)),
            ("A", {"subset": 0.25}, (True, 0.25)),
            ("B", {"superset": 0}, (False, 0.0)),
            ("D", {"disagree": 0.1}, (True, 0.1)),
            ("E", {"differButFactual": -1}, (False, -1.0)),
            ("C", {"subset": 0}, (True, 1.0)),
        ],
    )
    async def test_factuality_goes_by_category(
        self, category: str, weights: dict[str, float], expected: tuple[bool, float]
    ) -> None:
        judge = ScriptedJudge({"judge_factuality@1": {"reason": "r", "category": category}})
        for type_ in ("factuality", "model-graded-factuality"):
            said = await awaited(
                type_, "Paris.", "Paris!", tools=judge.tools, prompt="Capital?", rest={"factuality": weights}
            )
            assert (said.passed, said.value) == expected
            assert said.reason.startswith(f"{category}: r")

    @pytest.mark.parametrize("type_", ["not-factuality", "not-model-graded-closedqa"])
    async def test_a_not_that_promptfoo_ignores_is_refused(self, type_: str) -> None:
        with pytest.raises(Unsupported, match='ignores the "not-"'):
            await awaited(type_, "x", "y", tools=Tools(), prompt="p")


class TestContext:
    """Faithfulness, recall and relevance."""

    @pytest.mark.parametrize(
        ("type_", "verdicts", "expected"),
        [
            ("context-faithfulness", [True, True, False, False], (True, 0.5)),
            ("context-faithfulness", [True, False, False, False], (False, 0.25)),
            ("context-faithfulness", [True, True], (True, 0.5)),
            ("context-faithfulness", [False, False, False, False, True, True], (False, 0.0)),
            ("not-context-faithfulness", [True, False, False, False], (True, 0.75)),
        ],
        ids=["at the threshold", "below", "two without a verdict", "too many verdicts", "not"],
    )
    async def test_faithfulness_is_the_share_that_is_supported(
        self, type_: str, verdicts: list[bool], expected: tuple[bool, float]
    ) -> None:
        judge = ScriptedJudge(
            {
                "judge_statements@1": {"statements": ["A is b.", "C is d.", " ", "E is f.", "G is\nh."]},
                "judge_support@1": {"verdicts": [{"reason": "r", "supported": each} for each in verdicts]},
            }
        )
        variables = {"query": "What is?", "context": ["A is b.", "C."]}
        said = await awaited(type_, None, "All of it.", tools=judge.tools, vars=variables)
        assert (said.passed, said.value, said.judged) == (*expected, 2 * COST)
        assert judge.asked[0].sections == {"question": "What is?", "output": "All of it."}
        assert judge.asked[1].sections == {
            "context": "A is b.\n\nC.",
            "statements": "1. A is b.\n2. C is d.\n3. E is f.\n4. G is h.",
        }

    async def test_no_statements_is_a_fail_that_not_does_not_turn(self) -> None:
        judge = ScriptedJudge({"judge_statements@1": {"statements": []}})
        variables = {"query": "q", "context": "c"}
        for type_ in ("context-faithfulness", "not-context-faithfulness"):
            said = await awaited(type_, None, "x", tools=judge.tools, vars=variables)
            assert (said.passed, said.value, said.judged) == (False, 0.0, COST)

    async def test_recall_counts_sentences_and_falls_back_on_the_prompt(self) -> None:
        sentences = [{"sentence": "s", "attributed": each} for each in (True, True, False)]
        judge = ScriptedJudge({"judge_recall@1": {"sentences": sentences}})
        said = await awaited("context-recall", "A. B. C.", "x", tools=judge.tools, prompt="P", threshold=0.6)
        assert said.passed
        assert said.value == pytest.approx(2 / 3)
        assert judge.asked[0].sections == {"context": "P", "right answer": "A. B. C."}

    @pytest.mark.parametrize(
        ("context", "copied", "expected"),
        [
            ("One is 1. Two is 2. Three is 3! Four?", ["Two is 2."], 0.25),
            ("One is 1. Two is 2. Three is 3! Four?", ["Two is 2. Three is 3!"], 0.5),
            ("One is 1.\nTwo is 2. And more.\n", ["two is 2.  and more."], 0.5),
            (["One. Uno.", "Two. Dos.", "Three."], ["Two. Dos.", "Two. Dos."], 1 / 3),
            (["One."], ["One.", "Other."], 1.0),
            ("1. One is 1. 2. Two is 2.", ["One is 1."], 0.5),
            ("One is 1.", [], 0.0),
        ],
        ids=["sentence", "two in one", "lines", "chunks", "no more than there are", "numbered", "nothing"],
    )
    async def test_relevance_is_the_share_that_is_copied(
        self, context: Any, copied: list[str], expected: float
    ) -> None:
        judge = ScriptedJudge({"judge_relevance@1": {"sentences": copied}})
        variables = {"query": "q", "context": context}
        said = await awaited("context-relevance", None, "x", tools=judge.tools, vars=variables)
        assert said.value == pytest.approx(expected)
        assert said.passed is (expected >= 0.5)

    async def test_what_is_not_in_the_context_is_no_quote(self) -> None:
        judge = ScriptedJudge({"judge_relevance@1": {"sentences": ["Made up."]}})
        variables = {"query": "q", "context": "One. Two."}
        for type_ in ("context-relevance", "not-context-relevance"):
            said = await awaited(type_, None, "x", tools=judge.tools, vars=variables)
            assert (said.passed, said.value) == (False, 0.0)

    async def test_a_transform_takes_the_context_from_the_output(self) -> None:
        judge = ScriptedJudge({"judge_relevance@1": {"sentences": ["a"]}})
        said = await awaited(
            "context-relevance", None, {"docs": ["a", "b"]}, tools=judge.tools, vars={"query": "q"},
            rest={"contextTransform": "output.docs"},
        )  # fmt: skip
        assert said.value == 0.5

    @pytest.mark.parametrize("variables", [{}, {"query": "q"}, {"query": "q", "context": ["a", 1]}])
    async def test_question_and_context_must_be_there(self, variables: dict[str, Any]) -> None:
        with pytest.raises(AssertionInvalid, match="needs a"):
            await awaited("context-relevance", None, "x", tools=Tools(), vars=variables)


class TestGEval:
    """g-eval."""

    @staticmethod
    def judge(*points: float) -> ScriptedJudge:
        left = list(points)
        return ScriptedJudge(
            {
                "judge_geval_steps@1": {"steps": ["Read.", "Count."]},
                "judge_geval@1": lambda _: {"reason": "r", "score": left.pop(0)},
            }
        )

    @pytest.mark.parametrize(
        ("type_", "value", "points", "expected"),
        [
            ("g-eval", "clear", [7], (True, 0.7)),
            ("g-eval", "clear", [6.5], (False, 0.65)),
            ("g-eval", ["clear", "kind"], [10, 4], (True, 0.7)),
            ("not-g-eval", "clear", [2], (True, 0.8)),
            ("not-g-eval", "clear", [7], (False, 0.3)),
        ],
    )
    async def test_points_are_out_of_ten(
        self, type_: str, value: Any, points: list[float], expected: tuple[bool, float]
    ) -> None:
        judge = self.judge(*points)
        said = await awaited(type_, value, "Out.", tools=judge.tools, prompt="In?")
        assert said.passed is expected[0]
        assert said.value == pytest.approx(expected[1])
        assert said.judged == pytest.approx(2 * COST * len(points))
        assert judge.asked[1].sections == {
            "criterion": "clear", "steps": "1. Read.\n2. Count.", "input": "In?", "output": "Out.",
        }  # fmt: skip

    async def test_without_steps_nothing_is_graded(self) -> None:
        judge = ScriptedJudge({"judge_geval_steps@1": {"steps": []}})
        said = await awaited("not-g-eval", "clear", "Out.", tools=judge.tools, prompt="In?")
        assert (said.passed, said.value) == (False, 0.0)


@pytest.mark.parametrize("type_", sorted(JUDGED))
async def test_without_a_judge_it_is_said_how_to_get_one(type_: str) -> None:
    variables = {"query": "q", "context": "c"}
    with pytest.raises(Unsupported, match=f'"{type_}" needs a judge model') as caught:
        await awaited(type_, "v", "out", prompt="p", vars=variables)
    assert "PLUMB_MODEL" in caught.value.hint
    assert "--judge" in caught.value.hint
