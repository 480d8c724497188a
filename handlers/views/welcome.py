"""The guided first message, and the answer to a file that somebody drops into direct messages."""

from handlers.views.kit import (
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


def welcome(command: str, sample: str = "") -> Message:
    """``sample``: "file id|name" of a support log that lies ready to be tried, "" where there is none."""
    name = sample.partition("|")[2]
    steps = [
        line(
            bold("Draft stories"), " from an export of your tickets: what people need, with their own words."
        ),
        line(bold("Decide"), " on each card: approve, edit, or say what is wrong with 👎."),
        line(bold("Take them along"), " as Markdown, Jira CSV, GitHub issues or Gherkin."),
    ]
    ready = f"A sample log lies ready: {name}. Shall we look at it together?" if name else "Shall we begin?"
    return message(
        header("Hello, I am Plumbline"),
        rich(
            line("I turn support tickets into user stories in which every claim cites real tickets."),
            bullets(*steps, ordered=True),
        ),
        rich(line(ready)),
        actions(*_tour(sample)),
        context(markup("Or type {} at any time. Only you see what I answer there.", f"/{command} help")),
    )


def _tour(sample: str) -> list[dict[str, object]]:
    first = (
        button("Draft from the sample", "file_draft", sample, "primary")
        if sample
        else button("Draft stories", "tour_form", style="primary")
    )
    themes = button("What is it about?", "tour_themes", sample)
    own = button("Use my own file", "tour_form")
    return [first, *([themes, own] if sample else []), button("What can you do?", "tour_help")]


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
