"""An intake key, made on a click and shown once: nothing of it is stored with a job or a message."""

from bot.domain.people import Role
from bot.errors import PlumblineError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.setup.reading import name_in
from handlers.views import failures
from handlers.views import setup as views
from handlers.views.kit import View
from handlers.windows import open_window

MAKING = "Making a key"


async def open_question(ask: Ask, desk: Desk) -> None:
    """Asked first, as the secret cannot be shown again."""

    async def form() -> View:
        await desk.require(ask.user, Role.ADMIN, MAKING)
        feature = await desk.services.features.get(name_in(ask))
        return views.key_question(feature.name, channel=ask.channel)

    await open_window(ask, desk, "An intake key", form)


async def make(ask: Ask, desk: Desk) -> None:
    """In place of the question. Its window names the key: what Slack delivers again makes no other."""
    name, label = str(ask.private.get("name") or ""), f"made in Slack ({ask.view_id})"
    try:
        person = await desk.require(ask.user, Role.ADMIN, MAKING)
        if any(key.name == label for key in await desk.services.keys.all()):
            return
        _, secret = await desk.services.keys.create(name, label, person)
        view = views.key_shown(name, secret, desk.intake)
    except PlumblineError as error:
        view = failures.window(error.message, error.hint)
    await desk.slack.update_view(ask.view_id, view)
