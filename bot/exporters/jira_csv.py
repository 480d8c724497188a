"""CSV for Jira's importer: map the columns by name; the description is in Jira's wiki markup."""

import re
from collections.abc import Sequence

from bot.domain.inert import plain, wiki
from bot.domain.stories import Story
from bot.domain.telling import given_when_then, sentence
from bot.exporters._export import Export
from bot.exporters._layout import Style, layout
from bot.exporters._table import table

SUMMARY_LIMIT = 255  # Jira refuses longer summaries
TEXT_LIMIT = 32_767  # Jira's default limit on a text field, and a spreadsheet's on a cell

# "Labels" stands once for each label: that is how the importer takes several.
HEADER = (
    "Issue Type",
    "Summary",
    "Description",
    "Labels",
    "Labels",
    "Labels",
    "Acceptance Criteria",
    "External ID",
)
WIKI = Style(
    say=wiki,
    strong=lambda text: f"*{text}*",
    label=lambda text: f"*{text}*",
    heading=lambda text: f"h3. {text}",
    number=lambda _: "# ",
    bullet="* ",
    task="* ",
    line_break="\\\\ ",  # in place: a new line would end a list item
    indent="",
)


def export(stories: Sequence[Story]) -> Export:
    """One row a story, of issue type Story; its id stands in "External ID"."""
    return Export("stories-jira.csv", "text/csv; charset=utf-8", table(HEADER, map(_row, stories)))


def _row(story: Story) -> Sequence[str]:
    summary = _cut(plain(story.title), SUMMARY_LIMIT)
    description = _cut(layout(story, WIKI, review=False), TEXT_LIMIT)
    labels = ("plumbline", story.intent, _label(story.theme_name))
    return ("Story", summary, description, *labels, _cut(_criteria(story), TEXT_LIMIT), story.id)


def _criteria(story: Story) -> str:
    lines = []
    for criterion in story.criteria:
        given, when, then = given_when_then(criterion)
        lines.append(f"* {wiki(f'{criterion.key}: Given {given}, when {when}, then {sentence(then)}')}")
    return "\n".join(lines)


def _label(text: str) -> str:
    """Labels hold no spaces."""
    return re.sub(r"[^\w]+", "-", plain(text).lower()).strip("-")[:SUMMARY_LIMIT] or "theme"


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
