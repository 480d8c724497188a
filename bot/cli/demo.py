"""`plumb demo`: the main job on the sample log, without keys or services."""

import os
import tempfile
from importlib import resources
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.data import print_import
from bot.cli.output import console, progress
from bot.cli.story import print_themes
from bot.domain.themes import Theme
from bot.exporters.markdown import render_story

if TYPE_CHECKING:
    from bot.bootstrap import Services

SAMPLE = "support_log.csv"


def demo(stories: Annotated[int, typer.Option(help="How many stories to draft.")] = 3) -> None:
    """Import the sample log and print its audit, its themes and three stories. Leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix="plumbline-demo-") as folder:
        os.environ["PLUMB_DATA_DIR"] = folder
        os.environ["PLUMB_MODEL"] = "offline"
        _tour(stories)


def _tour(count: int) -> None:
    from bot.cli.running import open_file, with_services
    from bot.domain.audit import render_audit

    path = resources.files("bot.sample") / SAMPLE
    with progress() as report, resources.as_file(path) as file:

        async def work(services: "Services") -> Any:
            log = open_file(str(file), [], None)
            done = await services.tickets.import_log(log, source="sample", filename=SAMPLE, progress=report)
            themes = await services.themes.find("sample", progress=report)
            chosen = _worth_reading(themes.choose([], None), count)
            return done, themes, (await services.stories.draft(themes, chosen, report)).stories

        done, themes, stories = with_services(work)
    out = console()
    print_import(done)
    out.print()
    out.print(render_audit(done.audit), markup=False)
    out.print()
    print_themes(themes)
    for story in stories:
        out.print()
        out.print(render_story(story), markup=False)
    out.print()
    out.print(
        "Next, with an export of yours: plumb story draft EXPORT.csv --top 5 (plumb --help has the rest)."
    )


def _worth_reading(themes: list[Theme], count: int) -> list[Theme]:
    """Rising themes first, then the largest that stand clearly apart from the others."""

    def clear_size(theme: Theme) -> float:
        return sum(member.margin for member in theme.members)

    solid = [theme for theme in themes if not theme.emerging]
    return sorted(solid, key=lambda theme: (not theme.trend.rising, -clear_size(theme)))[:count]
