"""What a person changes about themes, as options of `plumb story themes`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import InputError

if TYPE_CHECKING:
    from bot.domain.clustering import ThemeEdit

Rename = Annotated[
    list[str] | None, typer.Option("--rename", help="TH-3='New name'; repeatable.", show_default=False)
]
Merge = Annotated[
    list[str] | None, typer.Option("--merge", help="TH-4=TH-3 puts TH-4 into TH-3.", show_default=False)
]
Move = Annotated[
    list[str] | None, typer.Option("--move", help="TICKET=TH-3 puts one ticket there.", show_default=False)
]
Exclude = Annotated[
    list[str] | None, typer.Option("--exclude", help="TH-9 hides a theme for good.", show_default=False)
]


def theme_edits(
    rename: Sequence[str] | None,
    merge: Sequence[str] | None,
    move: Sequence[str] | None,
    exclude: Sequence[str] | None,
) -> "list[ThemeEdit]":
    """The edits in the order rename, merge, move, exclude.

    Raises:
        InputError: a pair without its equals sign.
    """
    from bot.domain.clustering import ThemeEdit

    edits = [ThemeEdit("rename", key, name=value) for key, value in _pairs("--rename", rename)]
    edits += [ThemeEdit("merge", key, into=value) for key, value in _pairs("--merge", merge)]
    edits += [ThemeEdit("move", "", into=value, ticket_ids=(key,)) for key, value in _pairs("--move", move)]
    return edits + [ThemeEdit("exclude", key) for key in exclude or ()]


def _pairs(option: str, texts: Sequence[str] | None) -> list[tuple[str, str]]:
    pairs = []
    for text in texts or ():
        key, equals, value = text.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise InputError(
                f"{option} {text!r} has two parts with = between.", hint=f"For example {option} TH-3=…"
            )
        pairs.append((key.strip(), value.strip()))
    return pairs
