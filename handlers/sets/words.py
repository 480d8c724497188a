"""Reading what is typed behind `set`: names of sets, files, columns, and where cases come from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import InputError
from handlers.words import split_words

_NOISE = {"please", "the", "cases", "questions", "add", "set", "examples", "story"}
_NO_NAME = re.compile(r"[^a-z0-9_-]+")
MOST = 100  # candidates of one theme


@dataclass(frozen=True, slots=True)
class ImportWanted:
    """ "refunds from questions.csv slice plan": ``name`` and ``filename`` are "" where none was said."""

    name: str = ""
    filename: str = ""
    slices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Into:
    """ "TH-3 of tickets into refunds top 10"; the subject is a log, a theme or a story."""

    subject: str = ""
    name: str = ""
    source: str = ""
    top: int | None = None


def names_no_file(text: str) -> bool:
    """Whether nothing in it looks like a file's name."""
    return not any("." in word.strip(".") for word in text.split())


def parse_import(text: str) -> ImportWanted:
    """Reads "refunds from questions.csv slice plan,region".

    Raises:
        InputError: a word that means nothing here.
    """
    words, name, filename, slices = split_words(text), "", "", tuple[str, ...]()
    position = 0
    while position < len(words):
        word, following = words[position].lower(), _after(words, position)
        position += 2
        if word == "from" and following:
            filename = following
        elif word in {"into", "to"} and following:
            name = following
        elif word in {"slice", "slices", "by"} and following:
            slices += columns_in(following)
        else:
            position -= 1
            if word in _NOISE:
                continue
            if not names_no_file(word) and not filename:
                filename = words[position - 1]
            elif not name:
                name = words[position - 1]
            else:
                raise _unknown(words[position - 1], "set import refunds from questions.csv slice plan")
    return ImportWanted(name, filename, slices)


def parse_into(text: str, example: str) -> Into:
    """Reads "TH-3 of tickets into refunds top 10".

    Raises:
        InputError: a word that means nothing here, or a number out of range.
    """
    words, found = split_words(text), {"subject": "", "name": "", "source": "", "top": ""}
    keys = {"into": "name", "to": "name", "of": "source", "from": "source", "top": "top"}
    position = 0
    while position < len(words):
        key, following = keys.get(words[position].lower(), ""), _after(words, position)
        if key and following:
            found[key], position = following, position + 2
            continue
        word, position = words[position], position + 1
        if word.lower() in _NOISE:
            continue
        if found["subject"]:
            raise _unknown(word, example)
        found["subject"] = word
    return Into(found["subject"], found["name"], found["source"], _number(found["top"]))


def columns_in(text: str) -> tuple[str, ...]:
    """ "plan, region" """
    return tuple(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))


def set_name(word: str) -> str:
    """A set's name from a file's or a log's: "Questions May.csv" gives "questions-may".

    Raises:
        InputError: nothing of it can be kept.
    """
    name = _NO_NAME.sub("-", word.split(".")[0].lower()).strip("-_")[:60]
    if not name:
        raise InputError(f"“{word[:80]}” gives no name for a set.", hint="Name one: into refunds")
    return name


def _after(words: Sequence[str], position: int) -> str:
    return words[position + 1] if position + 1 < len(words) else ""


def _number(text: str) -> int | None:
    if not text:
        return None
    if text.isdigit() and 1 <= int(text) <= MOST:
        return int(text)
    raise InputError(f"“top {text}” needs a number from 1 to {MOST}.", hint="For example: top 20")


def _unknown(word: str, example: str) -> InputError:
    return InputError(f"I did not understand “{word}”.", hint=f"Like this: {example}")
