"""The guided first message, and the answer to a file that somebody drops into direct messages."""

from collections.abc import Iterator

from handlers.views.kit import (
    Block,
    Message,
    actions,
    bold,
    bullets,
    button,
    context,
    header,
    line,
    markup,
    message,
    words,
)
from handlers.views.kit import rich_text as rich


def welcome(command: str, sample: str = "", compare: str = "") -> Message:
    """What lies ready to be tried, "" where nothing does. ``sample``: "file id|name" of a support log;
    ``compare``: the words behind the command that run an experiment."""
    name = sample.partition("|")[2]
    steps = [
        line(
            bold("Draft stories"), " from an export of your tickets: what people need, with their own words."
        ),
        line(bold("Decide"), " on each card: approve, edit, or say what is wrong with 👎."),
        line(bold("Judge"), " any output with 👍 👎, another bot's too: its menu › Track this output."),
        line(bold("Take them along"), " as Markdown, Jira CSV, GitHub issues or Gherkin."),
        line(bold("Compare prompts"), " on your own cases, with a verdict that says when it does not know."),
    ]
    ready = f"A sample log lies ready: {name}. Shall we look at it together?" if name else "Shall we begin?"
    return message(
        header("Hello, I am Plumbline"),
        rich(
            line("I turn support tickets into user stories in which every claim cites real tickets."),
            bullets(*steps, ordered=True),
        ),
        rich(line(ready)),
        actions(*_tour(sample, compare)),
        *_comparing(command, compare),
        context(markup("Or type {} at any time. Only you see what I answer there.", f"/{command} help")),
    )


def _comparing(command: str, compare: str) -> Iterator[Block]:
    if compare:
        yield context(
            markup(
                "Two versions of a sample prompt lie ready too: {} compares them.", f"/{command} {compare}"
            )
        )


def _tour(sample: str, compare: str) -> list[dict[str, object]]:
    first = (
        button("Draft from the sample", "file_draft", sample, "primary")
        if sample
        else button("Draft stories", "tour_form", style="primary")
    )
    themes = button("What is it about?", "tour_themes", sample)
    own = button("Use my own file", "tour_form")
    two = [button("Compare two prompts", "tour_try", compare)] if compare else []
    return [first, *([themes, own] if sample else []), *two, button("What can you do?", "tour_help")]


def file_received(name: str, file_id: str) -> Message:
    """Somebody dropped a file: offers to draft from it."""
    return message(
        rich(line("I see ", words(name, code=True, most=150), ". Shall I draft stories from it?")),
        actions(
            button("Draft stories", "file_draft", f"{file_id}|{name}"[:2000], "primary"),
            button("Choose how", "tour_form"),
        ),
        context(markup("Names, e-mails, cards and the like are redacted before anything is stored.")),
    )
