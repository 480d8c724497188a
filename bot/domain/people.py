"""People: who somebody is in the workspace and what they may do."""

from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """Each may do what those before it may. Guests and strangers have none."""

    NONE = 0
    VIEWER = 1
    CONTRIBUTOR = 2
    REVIEWER = 3
    ADMIN = 4
    OWNER = 5


@dataclass(frozen=True, slots=True)
class Person:
    """What the workspace says about somebody. ``outside``: a guest, or from another organisation."""

    id: str
    name: str = ""
    is_owner: bool = False
    is_admin: bool = False
    outside: bool = False
    is_bot: bool = False


def role_of(person: Person, given: Role | None, default: Role) -> Role:
    """The role in force: none for people from outside and bots, else the one given by an admin, else by
    their standing in the workspace, else the default."""
    if person.outside or person.is_bot:
        return Role.NONE
    if person.is_owner:
        return Role.OWNER
    if given is not None:
        return given
    return Role.ADMIN if person.is_admin else default
