"""When a story may be called ready: enough evidence, a refusal, criteria, and no error left."""

from collections.abc import Iterator

from bot.domain.checks.examples import MIN_EXAMPLES
from bot.domain.checks.text import finding, quotes, words
from bot.domain.stories import Finding, Story, StoryBody

MIN_TICKETS = 3


def can_become_ready(story: Story) -> tuple[Finding, ...]:
    """What stops ``story`` from becoming ready; empty means it may. All findings are errors.

    Counts what the story holds now, and repeats the errors of ``story.findings`` (the caller refreshes those
    with ``check_story`` after an edit). Warnings never stop a story.
    """
    found = {(f.code, f.field): f for f in _missing(story)}
    for known in story.findings:
        if known.severity == "error":
            found.setdefault((known.code, known.field), known)
    return tuple(found.values())


def evidence_tickets(story: StoryBody) -> frozenset[str]:
    """Ids of the tickets a story quotes or counts."""
    counted = [ticket_id for criterion in story.criteria for ticket_id in criterion.ticket_ids]
    return frozenset([quote.ticket_id for quote in quotes(story)] + counted)


def _missing(story: Story) -> Iterator[Finding]:
    cited = len(evidence_tickets(story))
    tickets = min(cited, story.tickets)
    if tickets < MIN_TICKETS:
        message = (
            f"Rests on {tickets} distinct tickets; {MIN_TICKETS} are needed. Wait for more, or merge the"
            " theme."
        )
        yield finding("ready.tickets", "citations", "error", message)
    examples = min(
        len({e.ticket_id for e in story.examples}), len({tuple(words(e.input)) for e in story.examples})
    )
    if examples < MIN_EXAMPLES:
        message = f"{examples} distinct examples; {MIN_EXAMPLES} are needed, each from another ticket."
        yield finding("examples.few", "examples", "error", message)
    if story.cannot_do is None:
        message = "No example of what the assistant must not answer. Add one from a ticket."
        yield finding("examples.no_cannot_do", "cannot_do", "error", message)
    if not story.criteria:
        message = "No acceptance criterion. Say when it is done: Given, When, Then with a number."
        yield finding("criteria.none", "criteria", "error", message)
