"""People of the workspace at work: what each does is a step, done when its answer has arrived."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from bot.sandbox import Person
from handlers.demo.transcript import Step, read
from handlers.demo.workplace import Workplace

PATIENCE = 180.0  # seconds for the longest thing, drafting on a machine that is slow or busy
Json = Mapping[str, Any]
Told = Callable[[Step], None]
Arrived = Callable[[Json], bool]


def says(*texts: str) -> Arrived:
    """A message whose text or blocks hold all of these."""
    return lambda message: all(text in f"{message.get('text')} {message.get('blocks')}" for text in texts)


class Acting:
    """Steps are told as soon as they are done."""

    def __init__(self, place: Workplace, tell: Told) -> None:
        self.place = place
        self._tell = tell
        self.steps: list[Step] = []

    @asynccontextmanager
    async def step(self, person: str, did: str) -> AsyncIterator[None]:
        step = Step(len(self.steps) + 1, person, did)
        after = self.place.sandbox.log.last
        yield
        read(self.place.sandbox, step, after)
        self.steps.append(step)
        self._tell(step)

    async def awaiting(
        self, name: str, did: str, person: Person, arrived: Arrived, act: Callable[[], Awaitable[Json]]
    ) -> Json:
        """A step that ends with a message; returns that."""
        async with self.step(name, did):
            before = person.mark
            await done(act())
            return await person.wait_for_message(arrived, PATIENCE, after=before)

    async def types(self, name: str, person: Person, channel: str, typed: str, *texts: str) -> Json:
        """Somebody types a command; the answer holds ``texts``."""
        return await self.awaiting(name, typed, person, says(*texts), lambda: person.command(channel, typed))


async def form_of(person: Person, callback_id: str, act: Callable[[], Awaitable[Json]]) -> Json:
    """The filled form that opens after ``act``."""
    before = person.mark
    await done(act())
    return await person.wait_for_modal(
        lambda view: view.get("callback_id") == callback_id, PATIENCE, after=before
    )


async def submit(person: Person, view: Json, **entries: Any) -> None:
    """Sends a form with these entries by block id; the others stay as they stand in it."""
    filled = {name: {_input_of(view, name): entry} for name, entry in entries.items()}
    await done(person.submit(view["id"], filled))


async def done(acting: Awaitable[Json]) -> Json:
    """What the sandbox answered; a click or command that it refuses ends the tour."""
    answer = await acting
    if not answer["ok"]:
        raise RuntimeError(f"the sandbox refused: {answer}")
    return answer


async def direct_of(person: Person) -> str:
    """The direct conversation of somebody with the bot."""
    snapshot = await person.snapshot()
    bot = snapshot["app"]["bot_user"]
    return next(
        str(each["id"]) for each in snapshot["channels"] if each["kind"] == "im" and each.get("user") == bot
    )


def value_of(message: Json, action_id: str) -> str:
    """The value that a button of this message carries. Raises LookupError where it has no such button."""
    for block in message["blocks"]:
        for element in block.get("elements", []):
            if element.get("action_id") == action_id:
                return str(element["value"])
    raise LookupError(f"this message has no {action_id}")


def _input_of(view: Json, block_id: str) -> str:
    """The action id of a form's input."""
    block = next(block for block in view["blocks"] if block.get("block_id") == block_id)
    return str(block["element"]["action_id"])
