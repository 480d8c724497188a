"""The tour, done by people of the workspace through the page's own calls: no browser, the same bot."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from bot.sandbox import Person
from handlers.demo.transcript import Step, read
from handlers.demo.workplace import ADA, BEN, MOSS, SAMPLE_FILE, SUPPORT, Workplace

PATIENCE = 60.0  # seconds for the longest thing, drafting on a slow machine
Json = Mapping[str, Any]
Told = Callable[[Step], None]


def says(text: str) -> Callable[[Json], bool]:
    """A message whose text or blocks hold this."""
    return lambda message: text in str(message.get("text")) or text in str(message.get("blocks"))


class Tour:
    """Steps are told as soon as they are done."""

    def __init__(self, place: Workplace, tell: Told) -> None:
        self._place = place
        self._tell = tell
        self.steps: list[Step] = []

    async def go(self) -> list[Step]:
        async with self._place.person(ADA) as ada, self._place.person(BEN) as ben:
            direct = await _direct(ada)
            await self._look_around(ada, direct)
            card = await self._draft(ada, direct)
            await self._read_and_edit(ada, direct, card)
            await self._decide(ada, ben, direct, card)
            await self._take_it_elsewhere(ada, direct, card)
        return self.steps

    @asynccontextmanager
    async def _step(self, person: str, did: str) -> AsyncIterator[None]:
        step = Step(len(self.steps) + 1, person, did)
        after = self._place.sandbox.log.last
        yield
        read(self._place.sandbox, step, after)
        self.steps.append(step)
        self._tell(step)

    async def _look_around(self, ada: Person, direct: str) -> None:
        await self._awaiting(
            "Ada", "/plumb help", ada, says("story draft"), lambda: ada.command(direct, "/plumb help")
        )
        await self._awaiting(
            "Ada",
            "/plumb stroy darft (a slip of the keys)",
            ada,
            says("story draft"),
            lambda: ada.command(direct, "/plumb stroy darft"),
        )
        async with self._step("Ada", "opens App Home"):
            before = ada.mark
            await _done(ada.open_home())
            await ada.wait_for_home(timeout=PATIENCE, after=before)

    async def _draft(self, ada: Person, direct: str) -> Json:
        typed = f"/plumb story draft from {SAMPLE_FILE} top 3"
        async with self._step("Ada", f"in #support: {typed}"):
            before = ada.mark
            await _done(ada.command(SUPPORT, typed))
            card = await ada.wait_for_message(
                lambda message: "story_approve" in str(message.get("blocks")),
                PATIENCE,
                channel=direct,
                after=before,
            )
            await ada.wait_for_message(says("3 stories"), PATIENCE, channel=direct, after=before)
        return card

    async def _read_and_edit(self, ada: Person, direct: str, card: Json) -> None:
        ts = card["ts"]
        for action, did in (("story_edges", "clicks Edge cases"), ("story_trace", "clicks Trace")):
            async with self._step("Ada", did):
                before = ada.mark
                await _done(ada.click(action, channel=direct, ts=ts))
                await ada.wait_for_message(
                    lambda message: message.get("thread_ts") == ts, PATIENCE, channel=direct, after=before
                )
        async with self._step("Ada", "clicks Edit, changes the title, saves"):
            before = ada.mark
            await _done(ada.click("story_edit", channel=direct, ts=ts))
            view = await ada.wait_for_modal(
                lambda view: view.get("callback_id") == "story_edit", PATIENCE, after=before
            )
            before = ada.mark
            title = "Let growers see the real lock date before they change a box"
            await _done(ada.submit(view["id"], {"title": {_input_of(view, "title"): title}}))
            await ada.wait_for_message(says(title), PATIENCE, channel=direct, after=before)

    async def _decide(self, ada: Person, ben: Person, direct: str, card: Json) -> None:
        ts, story = card["ts"], story_of(card)
        await self._awaiting(
            "Ada",
            "clicks Approve",
            ada,
            says("pproved"),
            lambda: ada.click("story_approve", channel=direct, ts=ts),
        )
        await self._awaiting(
            "Ben",
            f"/plumb story show {story}",
            ben,
            says(story),
            lambda: ben.command(MOSS, f"/plumb story show {story}"),
        )
        await self._awaiting(
            "Ada",
            "reacts with 👍",
            ada,
            lambda message: message.get("ts") == ts,
            lambda: ada.react(direct, ts, "+1"),
        )
        async with self._step("Ada", "clicks 👎, says why and what it should have said"):
            before = ada.mark
            await _done(ada.click("story_feedback", channel=direct, ts=ts, value=f"down:{story}"))
            view = await ada.wait_for_modal(
                lambda view: view.get("callback_id") == "feedback_reason", PATIENCE, after=before
            )
            before = ada.mark
            said: dict[str, dict[str, Any]] = {
                "reasons": {_input_of(view, "reasons"): ["missed_the_point"]},
                "correction": {_input_of(view, "correction"): "Name the day and the hour of the lock."},
            }
            await _done(ada.submit(view["id"], said))
            await ada.wait_for_message(says("hank"), PATIENCE, after=before)

    async def _take_it_elsewhere(self, ada: Person, direct: str, card: Json) -> None:
        story = story_of(card)
        async with self._step("Ada", "shares the story in #product-moss"):
            before = ada.mark
            await _done(ada.click("story_share", channel=direct, ts=card["ts"], value=story))
            view = await ada.wait_for_modal(
                lambda view: view.get("callback_id") == "story_share", PATIENCE, after=before
            )
            await _done(ada.submit(view["id"], {"to": {_input_of(view, "to"): MOSS}}))
            await ada.wait_for_message(says(story), PATIENCE, channel=MOSS, after=before)
        await self._awaiting(
            "Ada",
            f"/plumb story export {story} as jira-csv",
            ada,
            lambda message: bool(message.get("files")),
            lambda: ada.command(direct, f"/plumb story export {story} as jira-csv"),
        )
        async with self._step("Ada", "opens App Home again"):
            before = ada.mark
            await _done(ada.open_home())
            await ada.wait_for_home(lambda view: "xported" in str(view), PATIENCE, after=before)

    async def _awaiting(
        self,
        name: str,
        did: str,
        person: Person,
        arrived: Callable[[Json], bool],
        act: Callable[[], Awaitable[Json]],
    ) -> None:
        async with self._step(name, did):
            before = person.mark
            await _done(act())
            await person.wait_for_message(arrived, PATIENCE, after=before)


async def _done(acting: Awaitable[Json]) -> Json:
    """What the sandbox answered; a click or command that it refuses ends the tour."""
    answer = await acting
    if not answer["ok"]:
        raise RuntimeError(f"the sandbox refused: {answer}")
    return answer


async def _direct(person: Person) -> str:
    snapshot = await person.snapshot()
    bot = snapshot["app"]["bot_user"]
    return next(
        str(each["id"]) for each in snapshot["channels"] if each["kind"] == "im" and each.get("user") == bot
    )


def _input_of(view: Json, block_id: str) -> str:
    """The action id of a form's input."""
    block = next(block for block in view["blocks"] if block.get("block_id") == block_id)
    return str(block["element"]["action_id"])


def story_of(card: Json) -> str:
    """The story id that a card's buttons carry."""
    for block in card["blocks"]:
        for element in block.get("elements", []):
            if element.get("action_id") == "story_approve":
                return str(element["value"])
    raise LookupError("this message is no story card")
