"""Checks that every draft passes, whoever wrote it: model, offline drafter or a person's edit. Pure.

``check_story`` lints, ``verify_citations`` drops what the tickets do not carry, ``can_become_ready`` says
what stops a story, ``find_similar`` offers merges, ``check_backlog`` reads several stories together. A new
rule is a function in the file of its family and one entry in its ``LINTS``; a new family is one line here.
"""

from collections.abc import Mapping

from bot.domain.checks import criteria, evidence, examples, form, safety, scope, testable, wording
from bot.domain.checks.backlog import check_backlog, criterion_without_theme
from bot.domain.checks.evidence import locate, verify_citations
from bot.domain.checks.readiness import can_become_ready, evidence_tickets
from bot.domain.checks.similar import Similar, find_similar
from bot.domain.checks.text import Lint, story_text
from bot.domain.stories import Finding, StoryBody

FAMILIES: Mapping[str, tuple[Lint, ...]] = {
    "evidence": evidence.LINTS,
    "safety": safety.LINTS,
    "form": form.LINTS,
    "scope": scope.LINTS,
    "examples": examples.LINTS,
    "criteria": criteria.LINTS,
    "testable": testable.LINTS,
    "wording": wording.LINTS,
}

__all__ = [
    "FAMILIES",
    "Similar",
    "can_become_ready",
    "check_backlog",
    "check_story",
    "criterion_without_theme",
    "evidence_tickets",
    "find_similar",
    "locate",
    "story_text",
    "verify_citations",
]


def check_story(body: StoryBody, tickets: Mapping[str, str]) -> tuple[Finding, ...]:
    """Everything the lints find, errors first. ``tickets``: id -> redacted text supplied to the drafter."""
    found = [f for lints in FAMILIES.values() for lint in lints for f in lint(body, tickets)]
    return tuple(sorted(dict.fromkeys(found), key=lambda f: f.severity != "error"))
