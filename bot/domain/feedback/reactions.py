"""Emoji as marks: aliases are one, skin tones are several, as they are to Slack."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.feedback.votes import FLAG, Mark, Thumb

ALIASES: Mapping[str, str] = {"thumbsup": "+1", "thumbsdown": "-1"}
THUMBS: Mapping[str, Thumb] = {"+1": "up", "-1": "down"}
FLAGS = frozenset({"triangular_flag_on_post", "triangular_flag", "flag"})
"""🚩 as Slack names it, and as workspaces that made their own name it."""


def reaction_mark(reaction: str, channel: str, ts: str, at: datetime, *, present: bool = True) -> Mark | None:
    """The mark that an emoji on a message leaves, None for one that is no vote.

    ``reaction`` as Slack names it: "+1", "thumbsup", "+1::skin-tone-3". Somebody may put 👍 and 👍🏽 on one
    message and take one off: Slack counts them apart, and so do marks.
    """
    name, tone, shade = reaction.partition("::")
    name = ALIASES.get(name, name)
    thumb = "down" if is_flag(reaction) else THUMBS.get(name)
    if thumb is None:
        return None
    kind = FLAG if is_flag(reaction) else "emoji:"
    return Mark(f"{kind}{name}{tone}{shade}@{channel}/{ts}", thumb if present else None, at)


def is_flag(reaction: str) -> bool:
    """Whether an emoji says that an output is unsafe."""
    return reaction.partition("::")[0] in FLAGS
