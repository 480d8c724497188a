"""The Web API: every method by its name."""

from bot.sandbox.methods import auth, chat, conversations, reactions, users, views
from bot.sandbox.methods.call import Method

FAMILIES = (auth, chat, conversations, reactions, users, views)
METHODS: dict[str, Method] = {name: method for family in FAMILIES for name, method in family.METHODS.items()}
