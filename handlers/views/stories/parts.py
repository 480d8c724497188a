"""Pieces of a story that more than one of its views shows."""

import re
from collections.abc import Sequence

from bot.domain.stories import Criterion, Finding, Story, StoryState
from bot.domain.telling import article, given_when_then, people_of, quoted, sentence
from handlers.views.kit import Block, Element, Leaf, Markup, bold, faint, joined, line, markup, mention, words
from handlers.views.kit import rich_text as rich

IDS = 6  # ticket ids in a row; nobody reads more

STATES = {
    StoryState.DRAFT: markup("`draft`"),
    StoryState.READY: markup("`waiting for approval`"),
    StoryState.APPROVED: markup("`approved`"),
    StoryState.EXPORTED: markup("`exported`"),
    StoryState.MERGED: markup("`merged`"),
}


def badge(story: Story) -> Markup:
    return STATES[story.state]


def count(n: int, one: str, many: str = "") -> str:
    """ "1 story", "1,199 tickets"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def standing(story: Story) -> Markup:
    """State, who approved it, and how many tickets and people stand behind it."""
    decided = markup("by {}", mention(story.approved_by)) if story.approved_by else Markup()
    into = markup("into {}", story.merged_into) if story.merged_into else Markup()
    state = joined([badge(story), into or decided], " ")
    size = markup("{} from {}", count(story.tickets, "ticket"), people_of(story))
    return joined([state, size, markup("theme “{}”", story.theme_name)])


def told(story: Story, most: int = 300) -> Block:
    """As a …, I want …, so that …"""
    return rich(
        line(
            bold(f"{article(story.role)} "), words(story.role, most=most),
            bold("\nI want "), words(story.want, most=most),
            bold("\nso that "), words(sentence(story.benefit), most=most),
        )
    )  # fmt: skip


def labelled(label: str, *parts: str | Leaf) -> Element:
    """A bold word and what it names."""
    return line(bold(f"{label}  "), *parts)


def ids(ticket_ids: Sequence[str], most: int = IDS) -> Leaf:
    """ "48408 · 48884 · …" in small type."""
    named = " · ".join(ticket_ids[:most]) + (" · …" if len(ticket_ids) > most else "")
    return faint(named, most=400)


def cited(quote: str, ticket_id: str, most: int = 300) -> list[Leaf]:
    """A customer's words and the ticket they are from."""
    return [words(quoted(quote), most=most), faint(f"  {ticket_id}", most=60)]


def provenance(criterion: Criterion) -> str:
    """Where its number comes from, in a word or two with n."""
    notes = [f"n = {criterion.n}", criterion.provenance]
    return " · ".join([*notes, "must not fail"] if criterion.must_not_fail else notes)


def criterion_sentence(criterion: Criterion) -> str:
    given, when, then = given_when_then(criterion)
    return f"Given {given}, when {when}, then {sentence(then)}"


def drafted(story: Story) -> Markup:
    """Who wrote the words: no model, or which one with which prompt."""
    if story.drafted_by == "offline":
        return markup("Drafted without a model")
    prompt = markup(" with {}", story.prompt) if story.prompt else Markup()
    mark = markup(", fingerprint {}", story.fingerprint[:8]) if story.fingerprint else Markup()
    return joined([markup("Drafted by {}", story.drafted_by), prompt, mark], "")


def finding(found: Finding) -> Markup:
    return markup("⚠️ {}: {}", place(found.field), _counted_from_one(found.message))


def place(field: str) -> str:
    """ "examples[1].input" as "Example 2, input"."""
    said = _counted_from_one(field).replace("_", " ").replace(".", ", ")
    return said[:1].upper() + said[1:]


def _counted_from_one(text: str) -> str:
    """ "examples[0]" as "example 1", wherever it stands."""
    numbered = re.sub(r"(?<=[a-z])s?\[(\d{1,3})\]", lambda number: f" {int(number.group(1)) + 1}", text)
    return re.sub(r"\bcriteria (?=\d)", "criterion ", numbered)
