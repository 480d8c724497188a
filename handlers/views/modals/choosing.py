"""Forms in which one chooses: a story to merge into, a channel to share in, a format to export as."""

from collections.abc import Sequence

from bot.domain.stories import Story
from handlers.views import forms
from handlers.views.kit import Block, View, bold, context, line, markup, modal, option
from handlers.views.kit import rich_text as rich

FORMATS = {
    "markdown": "Markdown, to read",
    "jira-csv": "Jira, as a CSV to import",
    "github": "GitHub issues",
    "gherkin": "Gherkin scenarios",
    "csv": "CSV, one row a story",
    "json": "JSON, every field",
}


def merge_form(story: Story, candidates: Sequence[Story], *, channel: str = "") -> View:
    """``candidates``: the likeliest first."""
    likely = set(story.merge_with)
    options = [
        option(f"{other.id} · {other.title}", other.id, "May say the same" if other.id in likely else "")
        for other in candidates
    ]
    chosen = candidates[0].id if candidates and candidates[0].id in likely else ""
    said = f"Its evidence moves into the story you choose; {story.id} stays as merged."
    return modal(
        "Merge stories",
        rich(line(bold(f"{story.id} · {story.title}"), f"\n{said}")),
        forms.choice("into", "Merge into", options, initial=chosen, placeholder="Choose a story"),
        submit="Merge", close="Cancel", callback_id="story_merge",
        private={"story": story.id, "channel": channel},
    )  # fmt: skip


def share_form(story_id: str, *, channel: str = "") -> View:
    return modal(
        "Share in a channel",
        forms.channel_select("to", f"Where shall {story_id} be seen?", hint="We must both be in it."),
        context(markup("Everybody there sees the card. Tickets’ words are not shown in it.")),
        submit="Share", close="Cancel", callback_id="story_share",
        private={"story": story_id, "channel": channel},
    )  # fmt: skip


def export_form(stories: Sequence[Story], *, channel: str = "", picked: str = "") -> View:
    """``stories``: those that may be exported; ``picked``: the one it was opened from."""
    options = [option(f"{story.id} · {story.title}", story.id) for story in stories]
    ids = [story.id for story in stories]
    return modal(
        "Export stories",
        forms.choice("format", "Format", _formats(), initial="markdown"),
        forms.choices("stories", "Stories", options, initial=[picked] if picked in ids else ids),
        context(markup("The file comes to you in our direct messages.")),
        submit="Export", close="Cancel", callback_id="story_export", private={"channel": channel},
    )  # fmt: skip


def _formats() -> list[Block]:
    return [option(label, kind) for kind, label in FORMATS.items()]
