"""What is worth a second look in a prompt; nothing here forbids anything."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import category

from bot.domain.prompts.files import Prompt
from bot.domain.prompts.own import PLACE

LONG = 8_000  # characters, about 2,000 tokens
_LIMITS = re.compile(
    r"\b(?:never|not|don['’]t|mustn['’]t|cannot|can['’]t|avoid|refuse|decline|only if|no more than|unless"
    r"|nothing but|nie|niemals|nicht|kein\w*|jamais|nunca)\b",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"(?<![{$\w])\$?\{(?P<name>[A-Za-z_]\w{0,40})\}(?!\})", re.ASCII)
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cn"})
_SEEN = "\t\u200c\u200d"
_OTHER_ROLE = re.compile(r"^# ?(?:assistant|developer|tool|human) ?:?$", re.IGNORECASE | re.MULTILINE)


class Finding(NamedTuple):
    """``line`` counts from 1; 0: the prompt as a whole."""

    code: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}" if self.line else self.message


def lint(prompt: Prompt, before: Sequence[str] | None = None) -> tuple[Finding, ...]:
    """In reading order; ``before``: the variables of the version that this one follows."""
    found = [
        *_changed_inputs(prompt, before),
        *_whole(prompt),
        *_system_variables(prompt),
        *_single_braces(prompt.body),
        *_other_roles(prompt.body),
        *_invisible(prompt.body),
    ]
    return tuple(sorted(found, key=lambda finding: finding.line))


def _whole(prompt: Prompt) -> Iterator[Finding]:
    if not prompt.about.inputs:
        yield Finding(
            "no_variables", 0, "It has no variable: every call says the same. {{ message }} makes one."
        )
    if not _LIMITS.search(prompt.body):
        yield Finding("no_limits", 0, "No sentence says what the answer must not do (never …, do not …).")
    if len(prompt.body) > LONG:
        yield Finding(
            "long", 0, f"It has {len(prompt.body):,} characters, paid for with every call; can it be shorter?"
        )


def _changed_inputs(prompt: Prompt, before: Sequence[str] | None) -> Iterator[Finding]:
    if before is None:
        return
    new = [name for name in prompt.about.inputs if name not in before]
    gone = [name for name in before if name not in prompt.about.inputs]
    if new:
        names = ", ".join(new)
        yield Finding(
            "new_variable", _line_of(prompt.body, new[0]), f"New: {names}. Whoever calls it must pass it."
        )
    if gone:
        yield Finding("lost_variable", 0, f"No longer used: {', '.join(gone)}. Was that meant?")


def _system_variables(prompt: Prompt) -> Iterator[Finding]:
    for name in dict.fromkeys(place["name"] for place in PLACE.finditer(prompt.system)):
        yield Finding(
            "system_variable",
            _line_of(prompt.body, name),
            f"{{{{ {name} }}}} stands in the system part: what customers write belongs under # User.",
        )


def _single_braces(body: str) -> Iterator[Finding]:
    for match in _SINGLE.finditer(body):
        yield Finding(
            "single_braces",
            body.count("\n", 0, match.start()) + 1,
            f"{match.group()} is not filled in; a variable is written {{{{ {match['name']} }}}}.",
        )


def _other_roles(body: str) -> Iterator[Finding]:
    for match in _OTHER_ROLE.finditer(body):
        line = body.count("\n", 0, match.start()) + 1
        yield Finding("other_role", line, f"{match.group()} opens no role here; it is sent as text.")


def _invisible(body: str) -> Iterator[Finding]:
    """What a reviewer cannot see, a model can read. Joiners stay: emoji and some scripts need them."""
    for number, line in enumerate(body.split("\n"), 1):
        hidden = [f"U+{ord(char):04X}" for char in line if char not in _SEEN and category(char) in _HIDDEN]
        if hidden:
            names = ", ".join(dict.fromkeys(hidden[:5]))
            yield Finding("invisible", number, f"It holds characters that nobody sees ({names}).")


def _line_of(body: str, name: str) -> int:
    for place in PLACE.finditer(body):
        if place["name"] == name:
            return body.count("\n", 0, place.start()) + 1
    return 0
