"""The invented company's assistant: two versions of its prompt, and a set of questions to try them on."""

from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO

from bot.domain.prompts import PRODUCTION
from bot.errors import NotFound
from handlers.demo.people import BEN, CHLOE
from handlers.demo.watching import watch
from handlers.desk import Desk

PROMPT, SET = "reply", "questions"
TRY = f"exp quick {PROMPT}@1 {PROMPT}@2 set {SET}"
LIVE_SINCE = "It was live before there were experiments here."
NOTES = {
    1: "as it is in the app",
    2: "the real lock date; damage, cancelling, safety. The lines on care are shorter, to make room",
}
AUTHORS = {1: CHLOE, 2: BEN}


async def furnish(desk: Desk) -> None:
    """Adds what is not there yet: a folder that was furnished before stays as it is."""
    await _prompts(desk)
    await _questions(desk)
    await watch(desk)


async def _prompts(desk: Desk) -> None:
    prompts = desk.services.prompts
    for number, author in AUTHORS.items():
        text = (_files() / f"{PROMPT}-{number}.txt").read_text("utf-8")
        person = await desk.slack.person(author)
        await prompts.save(PROMPT, text, person, note=NOTES[number], names_ok=True)
    if not await prompts.log(PROMPT, PRODUCTION):
        ben = await desk.slack.person(BEN)
        await prompts.promote(f"{PROMPT}@1", ben, override=LIVE_SINCE)


async def _questions(desk: Desk) -> None:
    sets = desk.services.datasets
    try:
        await sets.get(SET)
    except NotFound:
        name = f"{SET}.csv"
        found = await sets.read(BytesIO((_files() / name).read_bytes()), filename=name)
        await sets.commit(await sets.propose(SET, found), CHLOE)


def _files() -> Traversable:
    return resources.files("bot.sample") / "assistant"
