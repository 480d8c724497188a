"""Short private notes after something was done to a story."""

from collections.abc import Sequence

from bot.domain.stories import Story, StoryState
from handlers.views.kit import Message, button, channel_link, joined, markup, mention, message, section
from handlers.views.stories.parts import count

FORMATS = {
    "markdown": "Markdown",
    "json": "JSON",
    "csv": "CSV",
    "jira-csv": "a CSV for Jira",
    "github": "issues for GitHub",
    "gherkin": "Gherkin scenarios",
}


def approved_note(story: Story) -> Message:
    by = markup(" by {}", mention(story.approved_by)) if story.approved_by else markup("")
    return message(
        section(
            markup("✅ *{}* is {}{}: {}", story.id, story.state.value, by, story.title),
            accessory=button("Export…", "story_export", story.id),
        )
    )


def waiting_note(story: Story) -> Message:
    if story.state in {StoryState.APPROVED, StoryState.EXPORTED}:
        return approved_note(story)
    said = markup("⏳ *{}* waits for a reviewer now, in their App Home: {}", story.id, story.title)
    return message(section(said))


def edited_note(story: Story, changes: int) -> Message:
    """``changes``: how many fields; none is said too."""
    if not changes:
        return message(section(markup("Nothing was changed in *{}*.", story.id)))
    fields = count(changes, "field")
    said = markup("*{}* is saved: {} changed, kept as your correction. {}", story.id, fields, story.title)
    errors = sum(found.severity == "error" for found in story.findings)
    if errors:
        said = joined([said, markup("⚠️ {} to mend before approval.", errors)], "\n")
    return message(section(said, accessory=button("Show all", "story_show", story.id)))


def merged_note(story: Story, into: Story) -> Message:
    return message(section(markup("*{}* is now part of *{}*: {}", story.id, into.id, into.title)))


def shared_note(story: Story, channel: str) -> Message:
    """``channel`` is its id."""
    return message(section(markup("*{}* is shared in {}.", story.id, channel_link(channel))))


def exported_note(stories: Sequence[Story], kind: str) -> Message:
    """Goes with the file."""
    named = ", ".join(story.id for story in stories[:10]) + (" …" if len(stories) > 10 else "")
    form = FORMATS.get(kind, kind)
    total = count(len(stories), "story", "stories")
    return message(section(markup("{} as {}: {}", total, form, named)))
