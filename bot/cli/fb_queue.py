"""The labelling queue on the command line: a key each in a terminal, a line each when piped."""

import os
import stat
import sys
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from bot.cli.fb_keys import HINT, KEYS, QUIT, SKIP
from bot.errors import InputError

if TYPE_CHECKING:
    from bot.domain.feedback.labelling import Queued
    from bot.services.feedback import LabellingService

_ENDS = (b"", b"\x03", b"\x04")
Answers = Generator[str, None, None]
Given = dict[str, tuple[str, str]]
"""By output: the label that was given, and the note."""


def answers_of(*, as_json: bool) -> Answers:
    """What somebody answers: keys as they are pressed, or lines of a file or pipe. Nobody is asked where
    what is printed is JSON. To be closed, for the terminal's sake."""
    if not sys.stdin.isatty():
        return _lines() if _is_given() else _nothing()
    return _nothing() if as_json else _keys()


async def ask_for_labels(
    labelling: "LabellingService", items: Sequence["Queued"], user: str, answers: Answers, *, say: bool
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


def _answer(answers: Answers, output: str) -> tuple[str, str]:
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


def _nothing() -> Answers:
    yield from ()


def _lines() -> Answers:
    yield from (line for line in sys.stdin if line.strip())


def _keys() -> Answers:
    """Single keys, also those typed ahead: the terminal stays in this mode until the last one. Ctrl-C and
    Ctrl-D end it as keys, since a signal would wait for the next one."""
    import termios

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    mode = termios.tcgetattr(terminal)
    mode[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG)
    termios.tcsetattr(terminal, termios.TCSANOW, mode)
    try:
        while (key := os.read(terminal, 1)) not in _ENDS:
            yield key.decode(errors="replace")
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
