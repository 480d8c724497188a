"""Who does it on the command line."""

import getpass
from typing import Annotated

import typer

from bot.domain.people import Person

By = Annotated[str, typer.Option("--by", help="Who does it; by default your user name.", show_default=False)]


def acting(by: str) -> Person:
    """Whoever can open the database is its admin, unless they were given another role."""
    name = by or getpass.getuser()
    return Person(name, name=name, is_admin=True)
