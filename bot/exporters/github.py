"""Issues for GitHub, GitLab and Linear: front matter with title and labels, then a body with checklists."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.inert import plain
from bot.domain.stories import Story
from bot.exporters._export import Export
from bot.exporters._layout import layout
from bot.exporters.markdown import MARKDOWN

SEPARATOR = "<!-- issue {number} of {count} -->"
TITLE_LIMIT = 255
ISSUE = replace(MARKDOWN, task="- [ ] ")


def export(stories: Sequence[Story]) -> Export:
    """One document. Each issue opens with a comment line, then YAML front matter, then the body.

    Escaped text holds no ``<``, so no ticket can forge the line that parts two issues.
    """
    count = len(stories)
    issues = [
        f"{SEPARATOR.format(number=number, count=count)}\n{issue(story)}"
        for number, story in enumerate(stories, 1)
    ]
    return Export("issues.md", "text/markdown; charset=utf-8", "\n".join(issues).encode())


def issue(story: Story) -> str:
    """One issue: front matter (title, labels) and body."""
    title = _yaml(plain(story.title)[:TITLE_LIMIT])
    labels = _yaml(["plumbline", story.intent, _label(story.theme_name)])
    return f"---\ntitle: {title}\nlabels: {labels}\n---\n\n{layout(story, ISSUE, review=False)}"


def _yaml(value: str | list[str]) -> str:
    """JSON is YAML. What a reader of the source could take for markup is written as an escape."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(r"[<>@#]", lambda m: f"\\u{ord(m.group()):04x}", text)


def _label(text: str) -> str:
    """Labels are short and hold no comma: the command line of GitHub splits there."""
    return re.sub(r"[\s,]+", " ", plain(text)).strip()[:50] or "theme"
