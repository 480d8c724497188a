"""Markdown for people: a story as it would be read aloud, evidence below."""

from collections.abc import Sequence

from bot.domain.inert import markdown, plain
from bot.domain.stories import Story
from bot.exporters._export import Export
from bot.exporters._layout import Style, layout

MARKDOWN = Style(
    say=markdown,
    strong=lambda text: f"**{text}**",
    label=lambda text: f"**{text}**",
    heading=lambda text: f"## {text}",
    number=lambda i: f"{i}. ",
    bullet="- ",
    task="- ",
    line_break="  \n",
    indent="   ",
)
PLAIN = Style(
    say=plain,
    strong=lambda text: text,
    label=lambda text: f"{text} ",
    heading=lambda text: text,
    number=lambda i: f"{i}  ",
    bullet="-  ",
    task="-  ",
    line_break="\n",
    indent="   ",
)


def export(stories: Sequence[Story]) -> Export:
    """One document, a first-level heading for each story."""
    pages = [f"# {markdown(story.title)}\n\n{layout(story, MARKDOWN, review=True)}" for story in stories]
    return Export("stories.md", "text/markdown; charset=utf-8", "\n---\n\n".join(pages).encode())


def render_story(story: Story) -> str:
    """A story to read in a terminal: the same layout without markup, nothing in it that a terminal obeys."""
    title = plain(story.title)
    return f"{title}\n{'=' * min(len(title), 78)}\n\n{layout(story, PLAIN, review=True)}"
