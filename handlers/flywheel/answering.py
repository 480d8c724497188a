"""What somebody makes of a suggested experiment: run it, not now, never for this set."""

from bot.domain.datasets import parse_reference
from bot.domain.experiments.experiment import Order
from bot.domain.people import Role
from bot.errors import DeliveryError, InputError
from bot.logs import LOGGER
from bot.services.flywheel.suggesting import LATER, NEVER, TAKEN
from bot.store.releases import Suggestion
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.experiments.filling import open_filled
from handlers.experiments.ordering import ORDERING
from handlers.flywheel.turning import SUGGESTION
from handlers.sets.seeing import visible_line
from handlers.views import flywheel as views
from handlers.views.flywheel import suggesting as buttons

ANSWERS = {buttons.RUN: TAKEN, buttons.LATER: LATER, buttons.NEVER: NEVER}


async def open_run(ask: Ask, desk: Desk) -> None:
    """The form of an experiment with what was suggested: production, the draft, this version of the set."""
    found = await _suggested(ask, desk)
    prompts = tuple(filter(None, (found.prompt, found.draft)))
    models = tuple(desk.services.experiments.models[:1])
    await open_filled(ask, desk, Order(prompts, models, found.reference))


async def answer(ask: Ask, desk: Desk) -> None:
    """Kept, and the message says so in place of its buttons."""
    await desk.require(ask.user, Role.CONTRIBUTOR, ORDERING)
    found = await _suggested(ask, desk)
    said = ANSWERS[ask.action]
    await desk.step("answer", desk.services.flywheel.suggestions.answer, found.dataset, found.version, said)
    told = views.answered(found.reference, found.cases, said, ask.user)
    for posted in await desk.outbox.places(f"{SUGGESTION}{found.reference}"):
        try:
            await desk.slack.update(posted.post.channel, posted.ts, told)
        except DeliveryError as error:
            LOGGER.info("the suggestion for %s was not edited: %s", found.reference, error.message)


async def _suggested(ask: Ask, desk: Desk) -> Suggestion:
    """Raises NotFound where they may not see the set, or nothing was suggested for it."""
    reference = parse_reference(ask.value)
    if reference.version is None:
        raise InputError("Which version of which set?", hint="Click the button again.")
    await visible_line(ask, desk, reference.name)
    return await desk.services.flywheel.suggestions.get(reference.name, reference.version)
