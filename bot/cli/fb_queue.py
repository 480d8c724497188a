"""The labelling queue on the command line: a key each in a terminal, a line each when piped."""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from bot.cli.fb_keys import HINT, KEYS, QUIT, SKIP
from bot.errors import InputError

if TYPE_CHECKING:
    from bot.domain.feedback.labelling import Queued
    from bot.services.feedback import LabellingService

Given = dict[str, tuple[str, str]]
"""By output: the label that was given, and the note."""


def answers_of(as_json: bool) -> Iterator[str]:
    """What somebody answers: keys as they are pressed, or lines of a file or pipe. Nobody is asked where
    what is printed is JSON."""
    if not sys.stdin.isatty():
        return _lines() if _is_given() else iter(())
    return iter(()) if as_json else _keys()


async def ask_for_labels(
    labelling: "LabellingService", items: Sequence["Queued"], user: str, answers: Iterator[str], *, say: bool
) -> Given:
    """Lay one output after the other before somebody and keep each label at once, so that whoever stops loses
    none. Raises InputError for a key that means nothing, where nobody can be asked again."""
    from bot.cli.fb_views import print_item

    given: Given = {}
    for place, item in enumerate(items, 1):
        if say:
            print_item(item, place, len(items))
        key, note = _answer(answers, item.output.name)
        if key == QUIT:
            break
        if key != SKIP:
            await labelling.label(item.output.name, user, KEYS[key], note)
            given[item.output.name] = (KEYS[key], note)
        if say:
            print(f"  {KEYS.get(key, 'skipped')}")
    if say:
        print(f"{len(given)} labelled." if items else "Nothing to label: you have seen all there is.")
    return given


def _answer(answers: Iterator[str], output: str) -> tuple[str, str]:
    """A key with its note; the end of the answers is the end of the work."""
    for answer in answers:
        word, _, note = answer.strip().partition(" ")
        key = word[:1].lower()
        if key in (*KEYS, SKIP, QUIT) and word.lower() in (key, KEYS.get(key), "skip", "quit"):
            return key, note.strip()
        if not sys.stdin.isatty():
            raise InputError(f"{word[:20]!r} is no answer to {output}.", hint=f"A line each: {HINT}.")
    return QUIT, ""


def _is_given() -> bool:
    """Whether standard input is a file or a pipe, rather than nothing."""
    mode = os.fstat(sys.stdin.fileno()).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def _lines() -> Iterator[str]:
    return (line for line in sys.stdin if line.strip())


def _keys() -> Iterator[str]:
    while True:
        try:
            yield typer.getchar()
        except (KeyboardInterrupt, EOFError):
            return
