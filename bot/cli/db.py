"""`plumb db`: migrate and back up the database."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import StoreError
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
    """Copy the SQLite database while it is in use."""
    from sqlalchemy import make_url

    settings = load_settings()
    url = make_url(settings.database)
    if url.get_backend_name() != "sqlite":
        raise StoreError("Only SQLite is backed up by this command.", hint="Use pg_dump for PostgreSQL.")
    source = Path(url.database or "")
    if not source.is_file():
        raise StoreError("There is no database yet.", hint="Import something first: plumb data import FILE")
    target = to or source.with_name(f"plumbline-{datetime.now(UTC):%Y%m%d-%H%M%S}.db")
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)
    typer.echo(f"Backed up to {target}.")
