"""Roles: what each may do, who has which."""

from collections.abc import Iterator, Mapping

from bot.domain.features import Duty
from bot.domain.features.wording import DUTIES
from bot.domain.people import Role
from handlers.views.kit import (
    Block,
    Message,
    button,
    context,
    fit,
    header,
    joined,
    markup,
    mention,
    message,
    section,
)  # fmt: skip

MOST_FEATURES = 12

MAY = {
    Role.VIEWER: "read stories, themes and results",
    Role.CONTRIBUTOR: "draft, edit, run experiments, share",
    Role.REVIEWER: "approve stories, promote and roll back prompts",
    Role.ADMIN: "give roles",
    Role.OWNER: "all of that",
}


def roles(
    mine: Role,
    given: Mapping[str, Role],
    owners: Mapping[str, Mapping[Duty, str]] | None = None,
    *,
    command: str,
) -> Message:
    """``given``: roles by user id, as admins gave them; ``owners`` by feature and duty."""
    head = [
        *_owners(owners or {}),
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


def _owners(owners: Mapping[str, Mapping[Duty, str]]) -> Iterator[Block]:
    """Each duty with the question it answers, then who has it, feature by feature."""
    if not owners:
        return
    yield header("Who owns what")
    yield context(joined([markup("*{}* {}", label, question) for label, question in DUTIES.values()], "  "))
    for name, each in list(owners.items())[:MOST_FEATURES]:
        shown = [
            markup("{} {}", label, mention(each[duty]) if duty in each else "nobody yet")
            for duty, (label, _) in DUTIES.items()
        ]
        yield section(markup("*{}*\n{}", name, joined(shown)), accessory=button("Open", "feature_show", name))
    if len(owners) > MOST_FEATURES:
        yield context(markup("{} more features", len(owners) - MOST_FEATURES))


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
