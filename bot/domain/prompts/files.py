"""Prompts that ship in files: front matter, two roles in Jinja2, a fingerprint of the body."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

import yaml
from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.domain.prompts.reference import Reference
from bot.errors import InputError

_FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_ROLES = re.compile(r"\A\s*^# System$\n(?P<system>.*?)^# User$\n(?P<user>.*)\Z", re.DOTALL | re.MULTILINE)


def as_text(value: Any) -> Any:
    """How a value is written: text, numbers and what is undefined as they are, anything else as JSON."""
    if isinstance(value, bool | list | tuple | dict) or value is None:
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined,
    finalize=as_text,
    autoescape=False,  # a prompt is plain text; what becomes a page or a message is escaped there
    trim_blocks=True,
    lstrip_blocks=True,
)


class Rendered(NamedTuple):
    """A prompt ready to send, each role apart."""

    system: str
    user: str


class FrontMatter(BaseModel):
    """What a prompt says of itself. ``inputs`` names every variable, ``answers`` the pydantic model."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    summary: str
    status: Literal["draft", "released", "retired"]
    inputs: tuple[str, ...]
    answers: str
    model: str = ""
    changed: str


@dataclass(frozen=True)
class Prompt:
    """One version of one prompt; ``system`` and ``user`` are templates."""

    reference: Reference
    about: FrontMatter
    body: str
    system: str
    user: str

    @cached_property
    def fingerprint(self) -> str:
        """sha256 of the body, in hex: what was said, whatever is said about it."""
        return hashlib.sha256(self.body.encode()).hexdigest()

    @cached_property
    def _templates(self) -> tuple[Template, Template]:
        return ENVIRONMENT.from_string(self.system), ENVIRONMENT.from_string(self.user)

    def render(self, values: Mapping[str, Any]) -> Rendered:
        """Both roles, filled in. Each was cut out before, so that no value can open a role of its own.

        Raises:
            InputError: a value is missing, or one too many is given.
        """
        missing = [name for name in self.about.inputs if name not in values]
        unknown = [name for name in values if name not in self.about.inputs]
        if missing:
            raise InputError(
                f"{self.reference} is not given {_listed(missing)}.", hint="Every variable needs a value."
            )
        if unknown:
            raise InputError(
                f"{self.reference} has no variable {_listed(unknown)}.",
                hint=f"It has {_listed(self.about.inputs) or 'none'}.",
            )
        try:
            system, user = (template.render(values).strip() for template in self._templates)
        except TemplateError as error:
            raise InputError(f"{self.reference} cannot be filled in: {type(error).__name__}.") from error
        return Rendered(system, user)


def parse_prompt(reference: Reference, text: str) -> Prompt:
    """Read a prompt file.

    Raises:
        InputError: no front matter, no roles, a template that does not parse, inputs that do not match.
    """
    whole = _FRONT.match(text.replace("\r\n", "\n"))
    roles = _ROLES.match(whole["body"]) if whole else None
    if whole is None or roles is None:
        raise InputError(
            f"{reference} is not laid out as a prompt.",
            hint="It needs front matter between --- lines, then # System, then # User.",
        )
    try:
        about = FrontMatter.model_validate(yaml.safe_load(whole["front"]))
        used = set().union(
            *(meta.find_undeclared_variables(ENVIRONMENT.parse(role)) for role in roles.groups())
        )
    except (ValidationError, yaml.YAMLError, TemplateError) as error:
        raise InputError(f"{reference} cannot be read: {type(error).__name__}.", hint=str(error)) from error
    if used != set(about.inputs):
        wrong = ", ".join(sorted(used ^ set(about.inputs)))
        raise InputError(f"{reference}: inputs and templates do not agree on {wrong}.")
    return Prompt(reference, about, whole["body"], roles["system"], roles["user"])


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
