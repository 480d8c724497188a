"""`/plumb fb flywheel`: how far feedback came in a span of time."""

from bot.domain.people import Role
from bot.errors import InputError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.views import flywheel as views
from handlers.words import days_of

DAYS = 30.0


async def flywheel(ask: Ask, desk: Desk) -> None:
    """/plumb fb flywheel [FEATURE] [last 30d]"""
    await desk.require(ask.user, Role.VIEWER, "Reading feedback")
    feature, days = _words(ask, desk)
    await desk.answer(ask, views.counts(await desk.services.flywheel.counted.counts(feature, days)))


def _words(ask: Ask, desk: Desk) -> tuple[str, float]:
    words = ask.text.lower().split()
    days = DAYS
    if "last" in words:
        at = words.index("last")
        days = days_of("".join(words[at + 1 : at + 3]))
        del words[at : at + 3]
    if len(words) > 1:
        raise InputError(
            f"“{words[1]}” is not understood here.", hint=f"/{desk.command} fb flywheel reply last 30d"
        )
    return (words[0] if words else ""), days
