"""The Web API: every method by its name."""

from bot.sandbox.methods import (
    assistant,
    auth,
    chat,
    conversations,
    files,
    keeping,
    oauth,
    reactions,
    schedule,
    streams,
    users,
    validate,
    views,
)
from bot.sandbox.methods.call import Method

FAMILIES = (
    assistant,
    auth,
    chat,
    conversations,
    files,
    keeping,
    oauth,
    reactions,
    schedule,
    streams,
    users,
    validate,
    views,
)
METHODS: dict[str, Method] = {name: method for family in FAMILIES for name, method in family.METHODS.items()}
