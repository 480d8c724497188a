"""`plumb db`: migrate and back up the database."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import load_settings

app = typer.Typer(no_args_is_help=True, help="The database: upgrade, back up.")


@app.command()
def upgrade() -> None:
    """Bring the database to the newest schema; run it before starting a new version."""
    from bot.durable import migrate as migrate_jobs
    from bot.store.database import upgrade as migrate

    settings = load_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    migrate(settings.database)
    migrate_jobs(settings.database)
    typer.echo("The database is at the newest schema.")


@app.command()
def backup(
    to: Annotated[
        Path | None, typer.Argument(help="Where to; by default a dated file in the data folder.")
    ] = None,
) -> None:
    """Copy the database while it is in use: SQLite to a file of the same kind, PostgreSQL by pg_dump."""
    from bot.store.backup import backup as copy
    from bot.store.backup import ending

    settings = load_settings()
    name = f"plumbline-{datetime.now(UTC):%Y%m%d-%H%M%S}{ending(settings.database)}"
    target = to or settings.data_dir / name
    copy(settings.database, target)
    typer.echo(f"Backed up to {target}.")
