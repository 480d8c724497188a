"""`plumb fb`: what people think of outputs."""

import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.fb_flywheel import flywheel
from bot.cli.fb_import import import_
from bot.cli.fb_queue import answers_of, ask_for_labels
from bot.cli.fb_views import (
    agreement_json,
    print_agreement,
    print_reasons,
    print_summary,
    queue_json,
    reasons_json,
    summary_json,
)
from bot.cli.output import FormatOption, print_json, wants_json
from bot.cli.people import By, acting
from bot.cli.running import with_services
from bot.cli.spans import span_of
from bot.errors import InputError

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.domain.feedback.reasons import Reasons
    from bot.domain.feedback.summary import Summary
    from bot.services.feedback.privacy import Sees

app = typer.Typer(no_args_is_help=True, help="What people think of outputs: thumbs, reasons, labels.")
app.command("import")(import_)
app.command()(flywheel)

KINDS = ("feedback", "cases", "pairs")
Feature = Annotated[
    str,
    typer.Argument(metavar="[FEATURE]", help="A feature, or a kind of the bot's own outputs: story."),
]
Last = Annotated[str, typer.Option("--last", help="How far back: 30d, 8w, 36h.")]


@app.command()
def summary(feature: Feature = "", last: Last = "30d", format_: FormatOption = None) -> None:
    """The share of 👍 with its interval and n, against the same span before; by kind, prompt, model and week.

    JSON: {"feature", "since", "until", "outputs", "rate", "change", "response", "by_kind", "by_prompt",
    "by_model", "by_week", "sentences"}; a rate is {"up", "n", "people", "share", "low", "high", "enough"}.
    """
    span = span_of(last)

    async def work(services: "Services") -> "Summary":
        return await services.feedback_reports.summary(feature, *_since(services, span), sees=_sees())

    found = with_services(work)
    if wants_json(format_):
        print_json(summary_json(found))
    else:
        print_summary(found)


@app.command()
def reasons(feature: Feature = "", last: Last = "30d", format_: FormatOption = None) -> None:
    """Why outputs were disliked: reasons ranked, and what people wrote in groups, against the span before.

    JSON: {"downs", "people", "explained", "written", "reasons": [...], "remarks": [{"label", "n", "people",
    "quotes", "outputs", "before", "change"}]}.
    """
    span = span_of(last)

    async def work(services: "Services") -> "Reasons":
        return await services.feedback_reports.reasons(feature, *_since(services, span), sees=_sees())

    found = with_services(work)
    if wants_json(format_):
        print_json(reasons_json(found))
    else:
        print_reasons(found)


@app.command()
def queue(
    feature: Feature = "",
    size: Annotated[int, typer.Option("--size", min=1, max=100, help="Outputs at a time.")] = 10,
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Outputs worth a label of yours, the disputed first: a agree, d disagree, u unsure, s skip, q quit. For
    an experiment (EX-3) those that a judge judged, which is then held against what you say.

    One key each in a terminal. Piped, a line each, with a note behind it where you like: "d wrong amount".
    JSON: [{"output", "why", "title", "input", "text", "up", "down", "label", "note"}].
    """
    user, as_json = acting(by).name, wants_json(format_)

    async def work(services: "Services") -> None:
        items = await services.labelling.queue(user, feature, size, sees=_sees())
        with closing(answers_of(as_json=as_json)) as answers:
            given = await ask_for_labels(services.labelling, items, user, answers, say=not as_json)
        if as_json:
            print_json(queue_json(items, given))

    with_services(work)


@app.command()
def label(
    output: Annotated[str, typer.Argument(help="Its name: interaction:reply/abc, story:ST-14.")],
    said: Annotated[str, typer.Argument(metavar="LABEL", help="agree, disagree or unsure.")],
    note: Annotated[str, typer.Option("--note", help="Why.", show_default=False)] = "",
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Agree with one output, or disagree; the last word counts."""
    user = acting(by).name
    with_services(lambda services: services.labelling.label(output, user, said, note))
    if wants_json(format_):
        print_json({"output": output, "user": user, "label": said})
    else:
        print(f"{output}: {said}.")


@app.command()
def agreement(feature: Feature = "", format_: FormatOption = None) -> None:
    """How far those who labelled the same outputs agree: Krippendorff's alpha, and Cohen's kappa by pairs."""
    found = with_services(lambda services: services.labelling.agreement(feature))
    if wants_json(format_):
        print_json(agreement_json(found))
    else:
        print_agreement(found)


@app.command()
def export(
    feature: Feature = "",
    kind: Annotated[str, typer.Option("--kind", help=f"One of: {', '.join(KINDS)}.")] = "feedback",
    as_: Annotated[str, typer.Option("--format", "-f", help="jsonl.")] = "jsonl",
    out: Annotated[str, typer.Option("--out", "-o", help="A file; - is standard output.")] = "-",
) -> None:
    """Votes, eval cases from corrections, or preference pairs as JSON Lines; people are hashed, texts
    redacted."""
    if as_ != "jsonl":
        raise InputError(f"There is no export format {as_!r}.", hint="It is jsonl.")
    if kind not in KINDS:
        raise InputError(f"There is no kind {kind!r}.", hint=f"One of: {', '.join(KINDS)}.")

    async def work(services: "Services") -> str:
        from bot.domain.feedback.exporting import ExportKind

        return await services.feedback_exports.lines(ExportKind(kind), feature, sees=_sees())

    text = with_services(work)
    if out == "-":
        sys.stdout.write(text)
    else:
        Path(out).write_text(text, encoding="utf-8")
        print(f"{len(text.splitlines()):,} lines written to {out}.")


def _since(services: "Services", span: timedelta) -> tuple[datetime, datetime]:
    now = services.clock.now()
    return now - span, now


def _sees() -> "Sees":
    """Whoever runs this holds the database."""
    from bot.services.feedback.privacy import everywhere

    return everywhere
