"""Who may do what: roles that admins give, seen and changed from Slack."""

import re

from bot.domain.people import Role
from bot.errors import InputError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.feature import Feature, Verb
from handlers.views import people as views
from handlers.words import nearest

MENTIONED = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
GIVEN = [role.name.lower() for role in Role]


async def who(ask: Ask, desk: Desk) -> None:
    """/plumb who, and /plumb who @somebody reviewer"""
    person = await desk.require(ask.user, Role.VIEWER, "Seeing who may do what")
    words = ask.text.split()
    if not words:
        mine = await desk.services.people.role(person)
        given, owners = await desk.services.people.all(), await desk.services.features.owners()
        await desk.answer(ask, views.roles(mine, given, owners, command=desk.command))
        return
    user, role = _wanted(words, desk.command)
    if role is None:
        theirs = await desk.services.people.role(await desk.slack.person(user))
        await desk.answer(ask, views.role_of(user, theirs))
        return
    await desk.services.people.give(user, role, by=person)
    in_force = await desk.services.people.role(await desk.slack.person(user))
    await desk.answer(ask, views.given(user, role, in_force))


def _wanted(words: list[str], command: str) -> tuple[str, Role | None]:
    """The person named, and the role to give them, if any."""
    named = MENTIONED.fullmatch(words[0])
    if named is None or len(words) > 2:
        raise InputError(
            "Name one person and one role.", hint=f"For example: /{command} who @somebody reviewer"
        )
    if len(words) == 1:
        return named[1], None
    word = words[1].lower()
    if word not in GIVEN:
        guess = nearest(word, GIVEN)
        raise InputError(
            f"“{words[1]}” is no role.", hint=f"Did you mean {guess}?" if guess else ", ".join(GIVEN)
        )
    return named[1], Role[word.upper()]


FEATURE = Feature(
    noun="who",
    verbs=(
        Verb(
            "who",
            "Who owns what, who may do what; admins give roles",
            "who @somebody reviewer",
            who,
            hint="[@somebody [viewer | contributor | reviewer | admin | none]]",
        ),
    ),
)
