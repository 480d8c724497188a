"""Cases on their way into a set: the form, what they would change, and the notes afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.experiments.cells import Case
from handlers.views import forms
from handlers.views.kit import (
    Block,
    Message,
    View,
    actions,
    bold,
    bullets,
    button,
    context,
    header,
    line,
    markup,
    message,
    modal,
    plain,
    section,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.sets.parts import case_lines
from handlers.views.stories.parts import count

SENTENCES = 10


@dataclass(frozen=True, slots=True)
class Seen:
    """What an import would do: the version it makes, how many cases are news, in sentences, the first of
    them, and the first rows that are no case."""

    reference: str
    news: int
    sentences: tuple[str, ...]
    first: tuple[Case, ...] = ()
    problems: tuple[str, ...] = ()


def import_form(name: str = "", *, channel: str = "") -> View:
    return modal(
        "Import cases",
        forms.file_input(
            "file", "A file with your cases",
            hint="CSV, Excel, JSON or promptfoo tests: a row is a case, its columns what a prompt fills in; "
            "the column expected holds the right answer.",
        ),
        forms.text_input(
            "name", "Name of the set", initial=name, most=60, placeholder="refunds", optional=True,
            hint="By default the file's. One that is there gets a new version.",
        ),
        forms.text_input(
            "slices", "Columns to break results down by", most=300, placeholder="plan, region", optional=True,
            hint="With commas between them; those named slice_… are taken by themselves.",
        ),
        context(markup("Personal data is redacted. You see what comes of it before anything is kept.")),
        submit="Look at it", close="Cancel", callback_id="set_import", private={"channel": channel},
    )  # fmt: skip


def reading(title: str, stage: str = "", done: int = 0, total: int | None = None) -> Message:
    """While it is read, or looked for in a log; drawn in place."""
    counts = f" {done:,} of {total:,}" if total else f" {done:,}" if done else ""
    said = f"{stage}{counts}" if stage else "Starting"
    return message(section(markup("⏳ *{}*", title)), context(said))


def preview(title: str, seen: Seen, value: str) -> Message:
    """``value`` is what the button that keeps it needs to know: where the cases are, not the cases."""
    shown: list[Block] = [
        header(f"{title} → {seen.reference}"),
        rich(bullets(*(line(words(said, most=400)) for said in seen.sentences[:SENTENCES]))),
        *_first(seen),
        *(context(problem) for problem in seen.problems),
    ]
    if not seen.news:
        return message(*shown)
    label = f"Add {count(seen.news, 'case')}"
    return message(
        *shown,
        context(markup("Nothing is kept yet.")),
        actions(button(label, "set_add", value, "primary"), button("Forget it", "set_forget")),
    )


def _first(seen: Seen) -> list[Block]:
    if not seen.first:
        return []
    title = "The first new cases" if seen.news > len(seen.first) else "New cases"
    blocks = [rich(*case_lines(case)) for case in seen.first]
    return [rich(line(bold(title))), *blocks]


def added_note(name: str, version: int, cases: int) -> Message:
    """``version`` 0: nothing of it was new."""
    if not version:
        return message(section(markup("*{}* has all of these already; nothing was changed.", name)))
    reference = f"{name}@{version}"
    said = markup("✅ *{}* is there with {}.", reference, count(cases, "case"))
    return message(section(said), actions(*_next(reference)))


def _next(reference: str) -> Sequence[Block]:
    return button("Open", "set_show", reference), button("New experiment…", "exp_new", reference)


def forgotten_note() -> Message:
    return message(context(markup("Forgotten. Nothing was kept.")))


def story_form(story: str, names: Sequence[str], *, channel: str = "") -> View:
    """Which set a story's examples go into."""
    hint = f"Known here: {', '.join(names[:8])}." if names else "There is none here yet; this makes one."
    return modal(
        "Examples as cases",
        plain(f"The examples of {story} become cases with their expected answers."),
        forms.text_input("name", "Set", most=60, initial=names[0] if len(names) == 1 else "",
                         placeholder="refunds", hint=hint),
        submit="Look at it", close="Cancel", callback_id="set_from_story",
        private={"story": story, "channel": channel},
    )  # fmt: skip
