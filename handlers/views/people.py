"""Roles: what each may do, who has which."""

from collections.abc import Mapping

from bot.domain.people import Role
from handlers.views.kit import Message, context, fit, header, markup, mention, message, section

MAY = {
    Role.VIEWER: "read stories, themes and results",
    Role.CONTRIBUTOR: "draft, edit, run experiments, share",
    Role.REVIEWER: "approve stories, promote and roll back prompts",
    Role.ADMIN: "give roles",
    Role.OWNER: "all of that",
}


def roles(mine: Role, given: Mapping[str, Role], *, command: str) -> Message:
    """``given``: roles by user id, as admins gave them."""
    head = [
        header("Who may do what"),
        section(markup("You are *{}*: you may {}.", mine.name.lower(), MAY.get(mine, "do nothing here"))),
        context(markup("Each role may also do what those before it may: {}.", _ladder())),
    ]
    ordered = sorted(given.items(), key=lambda item: (-item[1], item[0]))
    lines = [section(markup("{} is *{}*", mention(user), role.name.lower())) for user, role in ordered]
    if not lines:
        head.append(
            section(markup("Nobody was given a role; all others have it by their standing in Slack."))
        )
    tail = [context(markup("To give one: /{} who @somebody reviewer", command))]
    return message(*fit([[line] for line in lines], lambda n: markup("{} more", n), head=head, tail=tail))


def role_of(user: str, role: Role) -> Message:
    return message(
        section(markup("{} is *{}*: may {}.", mention(user), role.name.lower(), MAY.get(role, "do nothing")))
    )


def given(user: str, role: Role, in_force: Role) -> Message:
    """``in_force`` differs where their standing in Slack outweighs what was given."""
    said = markup("{} is *{}* now.", mention(user), in_force.name.lower())
    if in_force is not role:
        said = markup(
            "{} was given *{}*, and stays *{}* by their standing in Slack.",
            mention(user), role.name.lower(), in_force.name.lower(),
        )  # fmt: skip
    return message(section(said))


def _ladder() -> str:
    return ", ".join(role.name.lower() for role in MAY)
