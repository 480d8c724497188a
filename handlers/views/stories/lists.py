"""Stories in a list, a page at a time."""

from collections.abc import Sequence

from bot.domain.stories import Story, StoryState
from handlers.views.kit import (
    Block,
    Message,
    actions,
    button,
    context,
    fit,
    header,
    joined,
    markup,
    message,
    option,
    plain,
    section,
    select,
)  # fmt: skip
from handlers.views.shares import share_button
from handlers.views.stories.parts import badge, count

PAGE = 20
NAMES = {
    None: "Stories",
    StoryState.DRAFT: "Drafts",
    StoryState.READY: "Stories waiting for approval",
    StoryState.APPROVED: "Approved stories",
    StoryState.EXPORTED: "Exported stories",
    StoryState.MERGED: "Stories merged into others",
}


def story_list(
    stories: Sequence[Story], state: StoryState | None = None, page: int = 1, *, shareable: bool = False
) -> Message:
    """One line a story with a button to open it; ``page`` counts from 1."""
    title = NAMES[state]
    if not stories:
        return message(
            header(title), plain("None yet."), actions(button("Draft stories", "story_new", style="primary"))
        )
    pages = -(-len(stories) // PAGE)
    page = min(max(page, 1), pages)
    start = (page - 1) * PAGE
    shown = stories[start : start + PAGE]
    where = f"{start + 1} to {start + len(shown)} of {len(stories):,}" if pages > 1 else ""
    size = count(len(stories), "story", "stories")
    head = [header(title), context(joined([markup("{}", part) for part in (size, where)]))]
    lines = [story_line(story) for story in shown]
    tail = _turning(state, page, pages)
    if shareable:
        tail.append(actions(share_button("story_list", f"{state.value if state else 'all'}:{page}")))
    return message(*fit(lines, lambda n: markup("{} more on this page", n), head=head, tail=tail))


def story_line(story: Story) -> Block:
    """A story in two lines, with a button that opens all of it."""
    facts = [
        badge(story),
        markup("{}", count(story.tickets, "ticket")),
        markup("confidence {}", story.confidence.level),
    ]
    errors = sum(found.severity == "error" for found in story.findings)
    if errors:
        facts.append(markup("⚠️ {} to mend", errors))
    said = markup("*{}*  {}\n{}", story.id, story.title, joined(facts))
    return section(said, accessory=button("Open", "story_show", story.id))


def _turning(state: StoryState | None, page: int, pages: int) -> list[Block]:
    """A menu of pages; its values are what the list's button sends."""
    if pages == 1:
        return []
    name = state.value if state else "all"
    options = [option(f"Page {number} of {pages}", f"{name}:{number}") for number in range(1, pages + 1)]
    return [actions(select("story_list", options, initial=f"{name}:{page}", placeholder="Page"))]
