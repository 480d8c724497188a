"""Scorers, one file each; SCORERS lists them by the type that a config names."""

from collections.abc import Mapping

from bot.scorers import (
    bleu,
    call,
    contains,
    equals,
    is_json,
    levenshtein,
    perplexity,
    refusal,
    regex,
    rouge,
    starts_with,
    word_count,
)
from bot.scorers.scorer import Scorer

MODULES = (
    bleu,
    call,
    contains,
    equals,
    is_json,
    levenshtein,
    perplexity,
    refusal,
    regex,
    rouge,
    starts_with,
    word_count,
)

SCORERS: Mapping[str, Scorer] = {
    name: scorer for module in MODULES for scorer in module.SCORERS for name in scorer.types
}
