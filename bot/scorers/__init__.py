"""Scorers, one file each; SCORERS lists them by the type that a config names."""

from collections.abc import Mapping

from bot.scorers import (
    bleu,
    call,
    citations,
    contains,
    equals,
    html,
    is_json,
    is_sql,
    is_xml,
    javascript,
    levenshtein,
    perplexity,
    pii_leak,
    python,
    refusal,
    regex,
    rouge,
    starts_with,
    tool_call_f1,
    tool_calls,
    word_count,
)
from bot.scorers.scorer import Scorer

MODULES = (
    bleu,
    call,
    citations,
    contains,
    equals,
    html,
    is_json,
    is_sql,
    is_xml,
    javascript,
    levenshtein,
    perplexity,
    pii_leak,
    python,
    refusal,
    regex,
    rouge,
    starts_with,
    tool_call_f1,
    tool_calls,
    word_count,
)

SCORERS: Mapping[str, Scorer] = {
    name: scorer for module in MODULES for scorer in module.SCORERS for name in scorer.types
}
