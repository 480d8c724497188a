"""`plumb db`: migrate and back up the database."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.running import load_settings
from bot.errors import StoreError

app = typer.Typer(no_args_is_help=True, help="The database: upgrade, wait, back up.")


@app.command()
def upgrade() -> None:
    """Bring the database to the newest schema; run it before starting a new version."""
    from bot.durable import migrate as migrate_jobs
    from bot.store.database import upgrade as migrate

    settings = load_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    migrate_jobs(settings.database)
    migrate(settings.database)  # last: whoever waits for this version then finds everything
    typer.echo("The database is at the newest schema.")


@app.command()
def wait(
    seconds: Annotated[float, typer.Option(min=0, help="How long at most.")] = 120.0,
) -> None:
    """Wait until the database is at this version's schema: for replicas that start beside an upgrade."""
    from bot.store.database import HEAD, schema_version

    url = load_settings().database
    until = time.monotonic() + seconds
    while (found := _version(schema_version, url)) != HEAD:
        if time.monotonic() >= until:
            raise StoreError(
                f"The database is not at this version's schema ({found or 'no answer'}, needed: {HEAD}).",
                hint="Run `plumb db upgrade`.",
            )
        time.sleep(min(1.0, seconds))
    typer.echo("The database is at this version's schema.")


def _version(look: Callable[[str], str | None], url: str) -> str | None:
    try:
        return look(url)
    except StoreError:
        return None


@app.command()
def backup(
    to: Annotated[
        Path | None, typer.Argument(help="Where to; by default a dated file in the data folder.")
    ] = None,
) -> None:
    """Copy the database while it is in use: SQLite to files of the same kind, PostgreSQL by pg_dump.

    Beside SQLite's copy.db come copy.inbox.db and copy.durable.db, the bot's open jobs, of the same moment.
    To restore, stop the bot and put them back as plumbline.db, inbox.db and durable.db in the data folder,
    where no -wal or -shm file of theirs may be left.
    """
    from bot.durable import job_files
    from bot.store.backup import backup as copy
    from bot.store.backup import ending

    settings = load_settings()
    name = f"plumbline-{datetime.now(UTC):%Y%m%d-%H%M%S}{ending(settings.database)}"
    target = to or settings.data_dir / name
    files = copy(settings.database, target, job_files(settings.database, settings.data_dir))
    typer.echo(f"Backed up to {', '.join(str(file) for file in files)}.")
