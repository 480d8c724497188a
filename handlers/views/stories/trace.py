"""The chain of evidence: from tickets over a theme to the words of a story."""

from bot.domain.stories import Story
from bot.domain.telling import people_of
from bot.domain.themes import Theme
from handlers.views.flywheel.tracing import trace_button
from handlers.views.kit import (
    Element,
    Message,
    actions,
    bold,
    bullets,
    context,
    faint,
    fit,
    header,
    line,
    markup,
    message,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.stories.parts import cited, count, labelled

QUOTES = 20


def trace(story: Story, source: str = "", theme: Theme | None = None) -> Message:
    """What a story stands on, link by link. ``source`` is the log's name and ``theme`` the theme as it was
    found, where the caller has them."""
    cited_ids = dict.fromkeys(citation.ticket_id for citation in story.citations)
    head = [
        header(f"What {story.id} stands on"),
        context(markup("{}", story.title)),
        rich(bullets(*_chain(story, source, theme, len(cited_ids)), ordered=True)),
    ]
    quotes = [[rich(line(*cited(each.quote, each.ticket_id)))] for each in story.citations[:QUOTES]]
    if quotes:
        head.append(rich(line(bold("Quotes, word for word in their tickets"))))
    else:
        head.append(rich(line("No quote is cited yet.")))
    tail = [
        context(markup("Numbers of tickets and people are counted, never written by a model.")),
        actions(trace_button(f"story:{story.id}", "What came of it")),
    ]
    return message(*fit(quotes, lambda n: markup("{} more quotes under Show all", n), head=head, tail=tail))


def _chain(story: Story, source: str, theme: Theme | None, cited_count: int) -> list[Element]:
    from_where = f" of {source}" if source else ""
    tickets = f"{count(story.tickets, 'ticket')}{from_where} from {people_of(story)}, redacted before storing"
    named = [words(f"“{story.theme_name}”"), faint(f"  {story.theme_id}")]
    if theme is not None and theme.phrases:
        named.append(words(f", known by “{'”, “'.join(theme.phrases[:4])}”", most=300))
    written = f"{story.id}, {count(len(story.criteria), 'criterion', 'criteria')}, citing "
    chain = [
        labelled("Tickets", tickets),
        labelled("Theme", *named),
        labelled("Words", *_words(story)),
        labelled("Story", f"{written}{count(cited_count, 'ticket')}"),
    ]
    if story.approved_by:
        chain.append(labelled("Decision", f"{story.state.value}, by a named person"))
    return chain


def _words(story: Story) -> list[str | Element]:
    if story.drafted_by == "offline":
        return ["drafted without a model: taken from the tickets by rules"]
    parts: list[str | Element] = [f"drafted by {story.drafted_by}"]
    if story.prompt:
        parts.append(f" with prompt {story.prompt}")
    if story.fingerprint:
        parts += [", fingerprint ", words(story.fingerprint[:16], code=True)]
    if story.learned_from:
        parts.append(words(f", examples: corrections of {', '.join(story.learned_from)}"))
    return parts
