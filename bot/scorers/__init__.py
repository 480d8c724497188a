"""Scorers, one file each; SCORERS lists them by the type that a config names."""

from collections.abc import Mapping

from bot.scorers import (
    answer_relevance,
    bleu,
    call,
    citations,
    closed_qa,
    contains,
    context,
    equals,
    factuality,
    g_eval,
    html,
    is_json,
    is_sql,
    is_xml,
    javascript,
    levenshtein,
    llm_rubric,
    perplexity,
    pii_leak,
    python,
    refusal,
    regex,
    rouge,
    similar,
    starts_with,
    tool_call_f1,
    tool_calls,
    word_count,
)
from bot.scorers.scorer import Scorer

MODULES = (
    answer_relevance,
    bleu,
    call,
    citations,
    closed_qa,
    contains,
    context,
    equals,
    factuality,
    g_eval,
    html,
    is_json,
    is_sql,
    is_xml,
    javascript,
    levenshtein,
    llm_rubric,
    perplexity,
    pii_leak,
    python,
    refusal,
    regex,
    rouge,
    similar,
    starts_with,
    tool_call_f1,
    tool_calls,
    word_count,
)

SCORERS: Mapping[str, Scorer] = {
    name: scorer for module in MODULES for scorer in module.SCORERS for name in scorer.types
}
