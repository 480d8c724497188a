"""A team's own prompt: plain text, or # System and # User, with plain variables and nothing else in braces.

The sandbox of a template language does not stop ``{{ 'a' * 10**9 }}``; where there is nothing but
``{{ name }}`` there is nothing to stop.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.prompts.files import FrontMatter, Prompt, Rendered, as_text
from bot.domain.prompts.reference import Reference
from bot.domain.storable import storable
from bot.errors import InputError

MAX_BODY = 40_000  # characters
MAX_VARIABLES = 50
MAX_PLACES = 200  # where variables stand
MAX_RENDERED = 1_000_000  # characters

PLACE = re.compile(r"\{\{\s*(?P<name>[A-Za-z_]\w{0,63})\s*\}\}", re.ASCII)
_OPENING = re.compile(r"\{\{|\{%|\{#")
_HEADING = re.compile(r"# ?(?P<role>system|user) ?:?", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_RESERVED = frozenset(
    {
        *(
            "true",
            "false",
            "none",
            "True",
            "False",
            "None",
            "and",
            "or",
            "not",
            "in",
            "is",
            "if",
            "elif",
            "else",
        ),
        *("self", "super", "loop", "caller", "varargs", "kwargs"),
    }
)


def tidy(text: str) -> str:
    """The body as it is kept: line ends of one kind, no empty lines around it, nothing a database refuses."""
    lines = storable(text).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    return "\n".join(lines).rstrip()


def parse_own(reference: Reference, body: str, *, model: str = "", note: str = "") -> Prompt:
    """A team's own prompt of a tidy body.

    Raises:
        InputError: empty, too long, roles in disorder, or more than plain variables; it names the line and
            says what to write instead.
    """
    if not body.strip():
        raise InputError("There is no text to save.", hint="A prompt says what the model is to do.")
    if len(body) > MAX_BODY:
        raise InputError(
            f"The prompt has {len(body):,} characters; at most {MAX_BODY:,} are kept.",
            hint="Pass long material in as a variable: {{ material }}.",
        )
    system, user = split_roles(body)
    inputs = variables(body)
    about = FrontMatter(summary=note, status="released", inputs=inputs, answers="", model=model, changed=note)
    return Prompt(reference, about, body, system, user)


def split_roles(body: str) -> tuple[str, str]:
    """(system, user); a text without headings is all user. Cut before anything is filled in."""
    lines = body.split("\n")
    marks = [(at, match["role"].lower()) for at, line in enumerate(lines) if (match := _heading(line))]
    if not marks:
        return "", body.strip()
    _check_order(lines, marks)
    sections = {
        role: "\n".join(lines[at + 1 : marks[nth + 1][0] if nth + 1 < len(marks) else None]).strip()
        for nth, (at, role) in enumerate(marks)
    }
    for at, role in marks:
        if not sections[role]:
            raise _refused(at, f"nothing stands under {_title(role)}", "Write it, or leave the heading out.")
    return sections.get("system", ""), sections["user"]


def variables(body: str) -> tuple[str, ...]:
    """The names in ``{{ … }}``, in the order they first stand. Raises InputError for all other templates."""
    names: dict[str, None] = {}
    at = places = 0
    while opening := _OPENING.search(body, at):
        place = PLACE.match(body, opening.start())
        if place is None or place["name"] in _RESERVED:
            raise _not_plain(body, opening.start())
        names[place["name"]] = None
        places += 1
        at = place.end()
    if len(names) > MAX_VARIABLES or places > MAX_PLACES:
        raise InputError(
            f"The prompt has {len(names)} variables in {places} places;"
            f" at most {MAX_VARIABLES} in {MAX_PLACES} are filled in.",
            hint="Pass what belongs together in one variable.",
        )
    return tuple(names)


def render_own(prompt: Prompt, values: Mapping[str, Any]) -> Rendered:
    """Both roles, filled in; what is no text is written as JSON.

    Raises:
        InputError: a value is missing, or one too many is given, or it becomes too long.
    """
    texts = {name: str(as_text(value)) for name, value in values.items()}
    filled = sum(len(texts.get(place["name"], "")) for place in PLACE.finditer(prompt.body))
    if filled + len(prompt.body) > MAX_RENDERED:
        raise InputError(
            f"{prompt.reference} filled in would be longer than {MAX_RENDERED:,} characters.",
            hint="Pass shorter values.",
        )
    return prompt.render(texts)


def _heading(line: str) -> re.Match[str] | None:
    return _HEADING.fullmatch(line.rstrip())


def _title(role: str) -> str:
    return f"# {role.capitalize()}"


def _check_order(lines: list[str], marks: list[tuple[int, str]]) -> None:
    first, first_role = marks[0]
    if any(line.strip() for line in lines[:first]):
        raise _refused(
            first,
            f"text stands before {_title(first_role)}",
            "Put that text under # System, or use no headings: then all of it is the user's part.",
        )
    seen: list[str] = []
    for at, role in marks:
        if role in seen:
            raise _refused(at, f"{_title(role)} stands a second time", "A prompt has one of each.")
        if role == "system" and seen:
            raise _refused(at, "# System stands after # User", "Put it first.")
        seen.append(role)
    if "user" not in seen:
        raise _refused(first, "# System has no # User after it", "Add # User and what is asked.")


def _not_plain(body: str, at: int) -> InputError:
    """Why this is no plain variable, and what to write instead."""
    opened = body[at : at + 2]
    closing = {"{{": "}}", "{%": "%}", "{#": "#}"}[opened]
    line_end = body.find("\n", at)
    line = body[at : None if line_end < 0 else line_end]
    end = line.find(closing)
    shown = _short(line if end < 0 else line[: end + 2])
    found = _WORD.findall(shown)
    instead = "{{ " + ("_".join(word for word in found if word not in _RESERVED)[:40] or "name") + " }}"
    number = body.count("\n", 0, at)
    if opened == "{%":
        return _refused(
            number, f"{shown} is a loop or a condition", "Write one variable and pass its text: {{ items }}."
        )
    if opened == "{#":
        return _refused(number, f"{shown} is a template's comment", "Leave it out; the note is for that.")
    if end < 0:
        return _refused(number, f"{shown} is not closed", f"Write {instead}.")
    inside = shown[2:-2].strip()
    if "|" in inside:
        plain = "{{ " + (found[0] if found else "name") + " }}"
        return _refused(
            number, f"{shown} uses a filter", f"Write {plain} and pass the value as it is to read."
        )
    if re.fullmatch(r"[\w.\[\]'\"]+", inside) and re.search(r"[.\[]", inside):
        return _refused(number, f"{shown} reaches into a value", f"Write {instead} and pass that value.")
    if inside in _RESERVED:
        return _refused(
            number, f"{shown} has a meaning of its own", f"Name it {{{{ {inside.lower()}_value }}}}."
        )
    return _refused(number, f"{shown} is more than a variable", f"Write {instead} and pass its value.")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:45]} … {text[-10:]}"


def _refused(line: int, what: str, instead: str) -> InputError:
    return InputError(f"Line {line + 1}: {what}.", hint=instead)
