"""A vote by button, and what changes on screen by it."""

from bot.domain.feedback import Given, Mark, Thumb
from bot.domain.people import Role
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.stories.cards import STORY, redraw
from handlers.views import feedback as views

VOTING = "Voting"


async def vote(ask: Ask, desk: Desk) -> None:
    """A thumb button: value "up:story:ST-14". The last click is the vote."""
    thumb, output = clicked(ask)
    await desk.require(ask.user, Role.VIEWER, VOTING)
    await desk.step("vote", _vote, ask, desk, output, thumb)
    if thumb == "up":
        await desk.answer(ask, views.thanks(thumb, output))


def clicked(ask: Ask) -> tuple[Thumb, str]:
    """The thumb and the output; cards of stories that were posted long ago name only the story."""
    word, _, rest = ask.value.partition(":")
    return ("up" if word == "up" else "down"), rest if ":" in rest else f"{STORY}{rest}"


async def _vote(ask: Ask, desk: Desk, output: str, thumb: Thumb) -> None:
    await desk.services.feedback.vote(output, ask.user, thumb, ask.moment)
    await _shown_again(desk, output)


async def give(desk: Desk, output: str, user: str, mark: Mark) -> None:
    """Any other mark, such as an emoji's."""
    await desk.services.feedback.give([Given(output, user, mark)])
    await _shown_again(desk, output)


async def _shown_again(desk: Desk, output: str) -> None:
    if output.startswith(STORY):
        await redraw(desk, output.removeprefix(STORY))
