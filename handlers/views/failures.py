"""Failures in words for a person: what happened, what to do, and a reference where the log knows more."""

from handlers.views.kit import Message, View, bold, context, line, markup, message, modal
from handlers.views.kit import rich_text as rich


def failure(said: str, hint: str = "", reference: str = "") -> Message:
    """One sentence, what to do, and the reference id to pass on."""
    shown = [rich(line(bold(f"⚠️ {said}"), f"\n{hint}" if hint else ""))]
    if reference:
        shown.append(context(markup("Reference {}", reference)))
    return message(*shown)


def not_allowed(what: str, who_may: str = "") -> Message:
    """``what``: "Approving a story"; ``who_may``: "a reviewer"."""
    hint = f"Ask {who_may} to do it, or an admin for the role." if who_may else "Ask an admin for the role."
    return failure(f"{what} is not for your role.", hint)


def invite_me(channel: str = "") -> Message:
    """``channel``: its name or id, where it is known."""
    where = f"#{channel.lstrip('#')}" if channel else "that channel"
    return failure(f"I am not in {where} yet.", "Invite me there and try again: /invite @Plumbline")


def interrupted(what: str = "That") -> Message:
    """Work that a restart cut short and that goes on by itself."""
    return failure(f"{what} was interrupted by a restart.", "It goes on by itself; nothing is done twice.")


def window(said: str, hint: str = "", reference: str = "") -> View:
    """The same in a modal, in place of what was to be shown there."""
    return modal("Something went wrong", *failure(said, hint, reference).blocks)
