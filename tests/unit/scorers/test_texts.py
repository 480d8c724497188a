"""Scorers of plain text, with the edges at which JavaScript and Python part ways."""

import math
from typing import Any

import pytest

from bot.scorers.scorer import AssertionInvalid
from tests.unit.scorers.say import passes, score


@pytest.mark.parametrize(
    ("type_", "value", "output", "expected"),
    [
        ("contains", "Par", "in Paris", True),
        ("contains", "par", "in Paris", False),
        ("icontains", "PAR", "in Paris", True),
        ("contains", 5.0, "5 apples", True),  # JavaScript prints 5.0 as 5
        ("contains", "{{ city }}", "in Rome", True),
        ("contains-any", "Rome, Oslo", "in Oslo", True),
        ("contains-any", '"a, b", c', "a and b", False),
        ("contains-any", ",,a,,", "xax", True),
        ("contains-any", [], "x", False),
        ("contains-all", [1, True], "1 true", True),
        ("icontains-all", ["A", "b"], "aB", True),
        ("starts-with", "In", "In Paris", True),
        ("equals", "true", True, True),  # an output that is no text is scored as its JSON
        ("equals", {"b": 1, "a": [1.0]}, '{"a": [1], "b": 1}', True),
        ("equals", [True], "[1]", False),
        ("equals", [0], "[-0]", False),
        ("equals", {"a": 1}, "no JSON", False),
        ("word-count", 2, "two\u00a0words", True),  # the no-break space parts words
        ("word-count", 1, "one\x1cword", True),  # the file separator does not
        ("word-count", {"min": 2, "max": 3}, "one two three", True),
        ("word-count", {"max": 1}, "one two", False),
        ("word-count", "3", "one two three", True),
        ("finish-reason", "STOP", "", True),
    ],
)
def test_verdicts_and_their_negation(type_: str, value: Any, output: Any, expected: bool) -> None:
    fields = {"vars": {"city": "Rome"}, "finish_reason": "stop"}
    assert passes(type_, value, output, **fields) is expected
    assert passes(f"not-{type_}", value, output, **fields) is not expected


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("contains", None),
        ("contains", ""),
        ("not-contains", True),
        ("contains-any", None),
        ("contains-all", {"a": 1}),
        ("contains-any", '"bad"x'),
        ("contains-any", 'open "quote, "x'),
        ("starts-with", 42),
        ("levenshtein", ["a"]),
        ("word-count", {}),
        ("word-count", {"min": 3, "max": 1}),
        ("word-count", "many"),
        ("cost", None),
        ("latency", None),
    ],
)
def test_a_value_that_cannot_be_used_is_an_error(type_: str, value: Any) -> None:
    with pytest.raises(AssertionInvalid):
        passes(type_, value, 'an "open", output')


def test_cost_and_latency_at_their_limits() -> None:
    assert passes("cost", threshold=0.5, cost=0.5)
    assert not passes("latency", threshold=100, latency_ms=100.5)
    with pytest.raises(AssertionInvalid, match="cache"):
        passes("latency", threshold=100)


def test_levenshtein_counts_utf_16_code_units() -> None:
    assert passes("levenshtein", "kitten", "sitting", threshold=3)
    assert not passes("levenshtein", "kitten", "sitting", threshold=2)
    assert not passes("levenshtein", "", "👩👩👩")  # six units, five are allowed
    assert passes("levenshtein", "", "👩👩")


@pytest.mark.parametrize(
    ("output", "refuses"),
    [
        ("I’m sorry, but no.", True),
        ("Sorry", True),
        ("Well, as an AI, I think so", True),
        ("This is notlegal", False),
        ("Paris", False),
    ],
)
def test_refusals(output: str, refuses: bool) -> None:
    assert passes("is-refusal", output=output) is refuses
    assert passes("not-is-refusal", output=output) is not refuses


@pytest.mark.parametrize("output", ["", " \n", None, {"a": 1}])
def test_no_answer_is_a_refusal_that_scores_nothing(output: Any) -> None:
    assert (score("is-refusal", output=output).passed, score("is-refusal", output=output).value) == (True, 0)
    assert not passes("not-is-refusal", output=output)


@pytest.mark.parametrize(
    ("type_", "value", "output", "expected"),
    [
        ("rouge-n", "the cat sat on the mat", "The cat sat on the mat", 1.0),
        ("rouge-n", "a b c d", "a b", 2 * 1 * 0.5 / 1.5),
        ("rouge-n", "cannot go", "can not go", 1.0),  # the Treebank parts cannot
        ("rouge-n", "x", "", 0.0),
        ("gleu", "a b c", "a b", 3 / 6),  # a, b, "a b" of the reference's six runs
        ("gleu", ["x", "a b."], "a b", 1.0),
        ("gleu", "x", "...", 0.0),
        ("bleu", "a b c d", "a b c d", 1.0),
        ("bleu", "a b c d e f", "a b c", math.exp(1 - 6 / 3)),
        ("bleu", ["a x y", "a b"], "a c", math.exp((math.log(1 / 2) + math.log(1e-7)) / 2)),
        ("bleu", "x", " ", 0.0),
    ],
)
def test_shared_words(type_: str, value: Any, output: str, expected: float) -> None:
    assert score(type_, value, output).value == pytest.approx(expected)
    assert score(f"not-{type_}", value, output).value == pytest.approx(1 - expected)


def test_perplexity_of_log_probabilities() -> None:
    probabilities = (math.log(0.5), math.log(0.125))  # their geometric mean is a quarter
    assert passes("perplexity", threshold=4.01, log_probs=probabilities)
    assert not passes("perplexity", threshold=3.99, log_probs=probabilities)
    assert score("perplexity-score", log_probs=probabilities).value == pytest.approx(0.2)
    with pytest.raises(AssertionInvalid):
        passes("perplexity", log_probs=())
