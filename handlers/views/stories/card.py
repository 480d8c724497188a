"""The story card: what one decides on, and the buttons to decide with."""

from collections.abc import Iterator

from bot.domain.feedback import Tally
from bot.domain.people import Role
from bot.domain.stories import Story, StoryState
from bot.domain.telling import sentence, without_lead
from handlers.views.kit import (
    Block,
    Markup,
    Message,
    actions,
    button,
    context,
    faint,
    feedback,
    header,
    joined,
    line,
    markup,
    message,
    option,
    overflow,
    quote,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.stories.parts import (
    cited,
    count,
    drafted,
    finding,
    ids,
    labelled,
    provenance,
    standing,
    told,
)  # fmt: skip

WARNINGS = 3
NOBODY = Tally()
UNDECIDED = {StoryState.DRAFT, StoryState.READY}
EDITABLE = {*UNDECIDED, StoryState.APPROVED}


def card(story: Story, *, role: Role, tally: Tally = NOBODY, place: str = "private") -> Message:
    """One story as one message. ``role`` is that of the people who see it; in a channel, where guests may
    read along, no ticket's text is shown."""
    return message(
        header(f"{story.id} · {story.title}"),
        context(standing(story)),
        told(story),
        *_voice(story, place),
        _change(story),
        _bar(story),
        *_warnings(story),
        context(_facts(story, tally)),
        *_buttons(story, role, place),
    )


def shared_card(story: Story, tally: Tally = NOBODY) -> Message:
    """A card as a channel sees it; what a click may do is checked when it is clicked."""
    return card(story, role=Role.REVIEWER, tally=tally, place="channel")


def _voice(story: Story, place: str) -> Iterator[Block]:
    if story.citations and place == "private":
        first = story.citations[0]
        yield rich(quote(*cited(first.quote, first.ticket_id)))


def _change(story: Story) -> Block:
    change = story.before_after
    return rich(
        labelled("Before", words(sentence(change.before), most=400)),
        labelled("After", words(sentence(change.after), most=400)),
        line(faint(f"Baseline: {sentence(change.baseline)}", most=300)),
    )


def _bar(story: Story) -> Block:
    """What it is measured by, what happens where it cannot, and how far the evidence carries."""
    lines = [
        labelled("Falls back", words(sentence(story.fallback), most=300)),
        labelled("Confidence", words(f"{story.confidence.level}: {story.confidence.reason}", most=400)),
    ]
    if story.criteria:
        first, others = story.criteria[0], len(story.criteria) - 1
        then = sentence(without_lead(first.then, "then"))
        more = f" · and {count(others, 'more criterion', 'more criteria')}" if others else ""
        lines.insert(0, labelled("Accept when", words(then, most=320), faint(f"  {provenance(first)}{more}")))
    else:
        lines.insert(0, labelled("Accept when", "no criterion yet"))
    cited_ids = list(dict.fromkeys(citation.ticket_id for citation in story.citations))
    counts = f"{count(len(story.examples), 'example')} · {1 if story.cannot_do else 'no'} cannot-do · "
    evidence = f"{count(len(cited_ids), 'ticket')} cited  "
    return rich(*lines, labelled("Evidence", counts, evidence, ids(cited_ids)))


def _warnings(story: Story) -> Iterator[Block]:
    errors_first = sorted(story.findings, key=lambda found: found.severity != "error")
    shown = [finding(found) for found in errors_first[:WARNINGS]]
    if len(errors_first) > WARNINGS:
        shown.append(markup("⚠️ {} more under Show all", len(errors_first) - WARNINGS))
    if story.merge_with:
        shown.append(markup("⚠️ May say the same as {}", ", ".join(story.merge_with[:4])))
    if shown:
        yield context(joined(shown, "\n"))


def _facts(story: Story, tally: Tally) -> Markup:
    votes = markup("👍 {} 👎 {}", tally.up, tally.down) if tally.up or tally.down else Markup()
    return joined([drafted(story), votes])


def _buttons(story: Story, role: Role, place: str) -> Iterator[Block]:
    row = [*_deciding(story, role)]
    if role >= Role.CONTRIBUTOR and story.state in EDITABLE:
        row.append(button("Edit", "story_edit", story.id))
    row.append(button("Edge cases", "story_edges", story.id))
    if role >= Role.CONTRIBUTOR and story.state in EDITABLE and story.merge_with:
        row.append(button("Merge…", "story_merge", story.id))
    row.append(button("Trace", "story_trace", story.id))
    if role >= Role.CONTRIBUTOR and place == "private" and story.state is not StoryState.MERGED:
        row.append(button("Share in channel…", "story_share", story.id))
    yield actions(*row, overflow("story_more", _more(story, role)))
    yield feedback(f"story:{story.id}")


def _deciding(story: Story, role: Role) -> Iterator[Block]:
    if story.state in UNDECIDED and role >= Role.REVIEWER:
        yield button("Approve", "story_approve", story.id, "primary")
    elif story.state is StoryState.DRAFT and role >= Role.CONTRIBUTOR:
        yield button("Ask for approval", "story_ask_approval", story.id, "primary")
    elif story.state in {StoryState.APPROVED, StoryState.EXPORTED} and role >= Role.CONTRIBUTOR:
        yield button("Export…", "story_export", story.id)


def _more(story: Story, role: Role) -> list[Block]:
    options = [option("Show all", f"show:{story.id}")]
    if role >= Role.CONTRIBUTOR and story.state in EDITABLE and not story.merge_with:
        options.append(option("Merge…", f"merge:{story.id}"))
    return options
