"""`plumb story`: themes, drafts, approval, export."""

import getpass
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.data import Kind, Map, SourceName
from bot.cli.output import FormatOption, console, print_json, print_table, progress, wants_json
from bot.cli.running import filename_of, names_a_file, open_file, source_of, with_services
from bot.cli.theme_edits import Exclude, Merge, Move, Rename, theme_edits
from bot.domain.stories import Story, StoryState
from bot.errors import InputError
from bot.exporters import EXPORTERS
from bot.exporters.markdown import render_story
from bot.services.progress import Progress

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.services.stories import Drafted
    from bot.services.themes import Themes

app = typer.Typer(no_args_is_help=True, help="User stories from support logs.")

Granularity = Annotated[str, typer.Option(help="fewer, normal or more themes.")]
Seed = Annotated[
    list[str] | None,
    typer.Option("--seed", help="A theme you expect, in plain words; repeatable.", show_default=False),
]
LogFileOrSource = Annotated[
    str, typer.Argument(help="An export, - for standard input, or an imported source's name.")
]
By = Annotated[str, typer.Option("--by", help="Who does it; by default your user name.", show_default=False)]


@app.command()
def themes(
    file: LogFileOrSource,
    map_: Map = None,
    kind: Kind = None,
    source: SourceName = "",
    granularity: Granularity = "normal",
    seed: Seed = None,
    rename: Rename = None,
    merge: Merge = None,
    move: Move = None,
    exclude: Exclude = None,
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Group tickets into themes. What you rename, merge, move or exclude stays so in later runs.

    JSON: a list of {"id", "name", "quote", "tickets", "requesters", "trend", "ticket_ids", …}.
    """
    edits = theme_edits(rename, merge, move, exclude)
    with progress() as report:

        async def work(services: "Services") -> "Themes":
            if edits:
                name = source_of(file, source) if names_a_file(file) else file
                await services.themes.edit(name, edits, by or getpass.getuser())
            return await _find(services, file, map_ or [], kind, source, (granularity, seed or []), report)

        found = with_services(work)
    if wants_json(format_):
        print_json(found.as_json())
    else:
        print_themes(found)


@app.command()
def draft(
    file: LogFileOrSource,
    map_: Map = None,
    kind: Kind = None,
    source: SourceName = "",
    granularity: Granularity = "normal",
    seed: Seed = None,
    top: Annotated[int, typer.Option(help="Draft N themes: rising ones first, then the largest.")] = 5,
    theme: Annotated[
        list[str] | None, typer.Option(help="Draft these themes only.", show_default=False)
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Draft every theme.")] = False,
    override: Annotated[
        str,
        typer.Option(
            help="Why drafting is all right although the audit failed; recorded.", show_default=False
        ),
    ] = "",
    format_: FormatOption = None,
) -> None:
    """Draft stories from a support log, every claim cited.

    JSON: a list of stories with every field, "theme_id" and "citations": [{"ticket_id", "quote"}].
    """
    with progress() as report:

        async def work(services: "Services") -> "Drafted":
            found = await _find(
                services, file, map_ or [], kind, source, (granularity, seed or []), report, override=override
            )
            chosen = found.choose(theme or [], None if all_ else top)
            done: Drafted = await services.stories.draft(found, chosen, report)
            return done

        drafted = with_services(work)
    if wants_json(format_):
        print_json([story.model_dump(mode="json") for story in drafted.stories])
    else:
        for story in drafted.stories:
            console().print(render_story(story), markup=False)
        print_stories(drafted.stories)
    for failed, error in drafted.failures:
        print(f"{failed.id} {failed.name}: {error.message} {error.hint}".rstrip(), file=sys.stderr)
    if drafted.failures:
        raise typer.Exit(drafted.failures[0][1].exit_code)


@app.command("list")
def list_(
    state: Annotated[StoryState | None, typer.Option(help="Only these.", show_default=False)] = None,
    format_: FormatOption = None,
) -> None:
    """List stories."""
    stories = with_services(lambda services: services.stories.all(state))
    if wants_json(format_):
        print_json([story.model_dump(mode="json") for story in stories])
    else:
        print_stories(stories)


@app.command()
def show(story_id: str, format_: FormatOption = None) -> None:
    """Show one story."""
    story = with_services(lambda services: services.stories.get(story_id))
    if wants_json(format_):
        print_json(story.model_dump(mode="json"))
    else:
        console().print(render_story(story), markup=False)


@app.command()
def edit(
    story_id: str,
    set_: Annotated[
        list[str],
        typer.Option("--set", help="field=value, e.g. title='…' or criteria.0.threshold=90; repeatable."),
    ],
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Change fields of a story; each change is kept as a correction."""
    values: dict[str, str] = {}
    for pair in set_:
        field, equals, value = pair.partition("=")
        if not equals:
            raise InputError(
                f"--set {pair!r} is not of the form field=value.", hint='For example --set title="…"'
            )
        values[field.strip()] = value
    story = with_services(lambda services: services.stories.edit(story_id, values, by or getpass.getuser()))
    if wants_json(format_):
        print_json(story.model_dump(mode="json"))
    else:
        console().print(render_story(story), markup=False)


@app.command()
def approve(story_id: str, by: By = "", format_: FormatOption = None) -> None:
    """Approve a story in your name."""
    story = with_services(lambda services: services.stories.approve(story_id, by or getpass.getuser()))
    if wants_json(format_):
        print_json(story.model_dump(mode="json"))
    else:
        console().print(f"{story.id} approved by {story.approved_by}.", markup=False)


@app.command()
def export(
    story_ids: Annotated[
        list[str] | None, typer.Argument(help="Stories; by default all approved ones.")
    ] = None,
    as_: Annotated[str, typer.Option("--as", help=f"One of: {', '.join(EXPORTERS)}.")] = "markdown",
    to: Annotated[Path | None, typer.Option("--to", help="A file; by default standard output.")] = None,
    by: By = "",
) -> None:
    """Export stories; approved ones become exported."""
    exporter = EXPORTERS.get(as_)
    if exporter is None:
        raise InputError(f"There is no export format {as_!r}.", hint=f"One of: {', '.join(EXPORTERS)}.")

    async def work(services: "Services") -> bytes:
        stories = await services.stories.exportable(story_ids or [])
        data = exporter.export(stories).data
        if to is not None:
            to.write_bytes(data)
        await services.stories.mark_exported(stories, by or getpass.getuser())
        return bytes(data)

    data = with_services(work)
    if to is None:
        typer.echo(data.decode("utf-8"), nl=False)
    else:
        typer.echo(f"Written to {to}.")


async def _find(
    services: "Services",
    file: str,
    mapping: list[str],
    kind: str | None,
    source: str,
    wanted: tuple[str, list[str]],
    report: Progress,
    override: str | None = None,
) -> "Themes":
    """Themes of a file (imported on the way) or of an imported source. With ``override`` not None the
    audit must allow drafting."""
    from bot.services.themes import ThemesWanted

    ids: tuple[str, ...] | None = None
    name = source or file
    if names_a_file(file):
        name = source_of(file, source)
        log = open_file(file, mapping, kind)
        done = await services.tickets.import_log(
            log, source=name, filename=filename_of(file), progress=report
        )
        ids = done.ticket_ids
    if override is not None:
        await services.tickets.allow_drafting(name, override)
    found: Themes = await services.themes.find(name, ids, ThemesWanted(wanted[0], tuple(wanted[1])), report)
    return found


def print_themes(found: "Themes") -> None:
    """Themes as a table, largest first."""
    rows = [
        (
            theme.id,
            theme.name,
            theme.tickets,
            theme.requesters or "–",
            describe_trend(theme),
            f"“{theme.quote}”",
        )
        for theme in found.themes
    ]
    title = f"{len(rows)} themes in {found.tickets:,} tickets of {found.scope}"
    print_table(title, ["Id", "Theme", "#Tickets", "#People", "Trend", "In a customer's words"], rows)


def describe_trend(theme: Any) -> str:
    """The change with its interval, or why there is none."""
    trend = theme.trend
    if theme.emerging:
        return "emerging"
    if trend.change is None:
        return "–"
    mark = " rising" if trend.rising else ""
    return f"{trend.change:+d} ({trend.low:+d}…{trend.high:+d}){mark}"


def print_stories(stories: Sequence[Story]) -> None:
    rows = [
        (
            s.id,
            s.title,
            s.state.value,
            s.tickets,
            s.confidence.level,
            len([f for f in s.findings if f.severity == "error"]),
        )
        for s in stories
    ]
    print_table("Stories", ["Id", "Title", "State", "#Tickets", "Confidence", "#Problems"], rows)
