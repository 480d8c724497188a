"""Prompts: versions that never change, labels that move, and what may be said of both."""

from bot.domain.prompts.diff import Segment, diff_words
from bot.domain.prompts.files import ENVIRONMENT, FrontMatter, Prompt, Rendered, parse_prompt
from bot.domain.prompts.labels import ExperimentVerdict, LabelMove, label_before, standing
from bot.domain.prompts.lint import Finding, lint
from bot.domain.prompts.own import MAX_BODY, parse_own, tidy
from bot.domain.prompts.reference import (
    CANARY,
    PRODUCTION,
    Asked,
    Reference,
    check_label,
    check_name,
    parse_asked,
    parse_reference,
)
from bot.domain.prompts.versions import PromptDiff, PromptSummary, PromptVersion, as_template
from bot.domain.prompts.wording import Back, parse_rollback

__all__ = [
    "CANARY",
    "ENVIRONMENT",
    "MAX_BODY",
    "PRODUCTION",
    "Asked",
    "Back",
    "ExperimentVerdict",
    "Finding",
    "FrontMatter",
    "LabelMove",
    "Prompt",
    "PromptDiff",
    "PromptSummary",
    "PromptVersion",
    "Reference",
    "Rendered",
    "Segment",
    "as_template",
    "check_label",
    "check_name",
    "diff_words",
    "label_before",
    "lint",
    "parse_asked",
    "parse_own",
    "parse_prompt",
    "parse_reference",
    "parse_rollback",
    "standing",
    "tidy",
]
