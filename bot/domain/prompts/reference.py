"""How prompts are named: ``reply``, ``reply@4``, ``reply@production``."""

import re
from typing import NamedTuple

from bot.errors import InputError

PRODUCTION = "production"
CANARY = "canary"

_NAME = re.compile(r"[a-z][a-z0-9_]{0,47}")
_LABEL = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_NO_LABELS = re.compile(r"latest|newest|version|v[0-9]+")  # they would read as something else
_REFERENCE = re.compile(r"(?P<name>[a-z][a-z0-9_]*)@(?P<version>[1-9][0-9]{0,8})")
_ASKED = re.compile(r"(?P<name>[^@\s]+)(?:@(?:v?(?P<version>[1-9][0-9]{0,8})|(?P<label>[^@\s]+)))?")


class Reference(NamedTuple):
    """``draft_story@2``."""

    name: str
    version: int

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


class Asked(NamedTuple):
    """What somebody asked for: a version, where a label stands, or, with neither, the newest version."""

    name: str
    version: int | None = None
    label: str = ""


def parse_reference(text: str) -> Reference:
    """Raises InputError for anything but ``name@version``."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise InputError(f"{text[:60]!r} is no prompt.", hint="Write name@version, such as draft_story@1.")
    return Reference(match["name"], int(match["version"]))


def parse_asked(text: str) -> Asked:
    """Raises InputError for anything but ``name``, ``name@version`` and ``name@label``."""
    match = _ASKED.fullmatch(text.strip())
    if match is None or not _NAME.fullmatch(match["name"]):
        raise InputError(
            f"{text[:60]!r} is no prompt.", hint="Write a name, name@version or name@label: reply, reply@4."
        )
    if match["version"]:
        return Asked(match["name"], int(match["version"]))
    return Asked(match["name"], None, check_label(match["label"]) if match["label"] else "")


def check_name(name: str) -> str:
    """The name. Raises InputError where it is none that a prompt can have."""
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name[:60]!r} cannot name a prompt.",
            hint="A name has at most 48 small letters, digits and _, a letter first: reply_to_refunds.",
        )
    return name


def check_label(label: str) -> str:
    """The label. Raises InputError where it is none that a version can have."""
    if not _LABEL.fullmatch(label) or _NO_LABELS.fullmatch(label):
        raise InputError(
            f"{label[:60]!r} cannot be a label.",
            hint="production, canary, or a name of your own in small letters, digits, - and _.",
        )
    return label
