"""The tour, done by people of the workspace through the page's own calls: no browser, the same bot."""

from bot.sandbox import Person
from handlers.demo.acting import (
    PATIENCE,
    Acting,
    Json,
    Told,
    direct_of,
    done,
    form_of,
    says,
    submit,
    value_of,
)
from handlers.demo.comparing import compare
from handlers.demo.people import ADA, BEN, CHLOE, MOSS, SUPPORT
from handlers.demo.transcript import Step
from handlers.demo.workplace import SAMPLE_FILE, Workplace


class Tour:
    """Stories first, then an experiment. Steps are told as soon as they are done."""

    def __init__(self, place: Workplace, tell: Told) -> None:
        self._place = place
        self._acting = Acting(place, tell)

    async def go(self) -> list[Step]:
        place = self._place
        async with place.person(ADA) as ada, place.person(BEN) as ben, place.person(CHLOE) as chloe:
            direct = await direct_of(ada)
            await self._look_around(ada, direct)
            card = await self._draft(ada, direct)
            await self._read_and_edit(ada, direct, card)
            await self._decide(ada, ben, direct, card)
            await self._take_it_elsewhere(ada, direct, card)
            await compare(self._acting, ada, ben, chloe)
        return self._acting.steps

    async def _look_around(self, ada: Person, direct: str) -> None:
        await self._acting.types("Ada", ada, direct, "/plumb help", "story draft")
        await self._acting.awaiting(
            "Ada",
            "/plumb stroy darft (a slip of the keys)",
            ada,
            says("story draft"),
            lambda: ada.command(direct, "/plumb stroy darft"),
        )
        async with self._acting.step("Ada", "opens App Home"):
            before = ada.mark
            await done(ada.open_home())
            await ada.wait_for_home(timeout=PATIENCE, after=before)

    async def _draft(self, ada: Person, direct: str) -> Json:
        typed = f"/plumb story draft from {SAMPLE_FILE} top 3"
        async with self._acting.step("Ada", f"in #support: {typed}"):
            before = ada.mark
            await done(ada.command(SUPPORT, typed))
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
            async with self._acting.step("Ada", did):
                before = ada.mark
                await done(ada.click(action, channel=direct, ts=ts))
                await ada.wait_for_message(
                    lambda message: message.get("thread_ts") == ts, PATIENCE, channel=direct, after=before
                )
        async with self._acting.step("Ada", "clicks Edit, changes the title, saves"):
            view = await form_of(ada, "story_edit", lambda: ada.click("story_edit", channel=direct, ts=ts))
            before = ada.mark
            title = "Let growers see the real lock date before they change a box"
            await submit(ada, view, title=title)
            await ada.wait_for_message(says(title), PATIENCE, channel=direct, after=before)

    async def _decide(self, ada: Person, ben: Person, direct: str, card: Json) -> None:
        ts, story = card["ts"], story_of(card)
        await self._acting.awaiting(
            "Ada",
            "clicks Approve",
            ada,
            says("pproved"),
            lambda: ada.click("story_approve", channel=direct, ts=ts),
        )
        await self._acting.types("Ben", ben, MOSS, f"/plumb story show {story}", story)
        await self._acting.awaiting(
            "Ada",
            "reacts with 👍",
            ada,
            lambda message: message.get("ts") == ts,
            lambda: ada.react(direct, ts, "+1"),
        )
        async with self._acting.step("Ada", "clicks 👎, says why and what it should have said"):
            view = await form_of(
                ada,
                "feedback_reason",
                lambda: ada.click("output_feedback", channel=direct, ts=ts, value=f"down:story:{story}"),
            )
            before = ada.mark
            said = "Name the day and the hour of the lock."
            await submit(ada, view, reasons=["missed_the_point"], correction=said)
            await ada.wait_for_message(says("hank"), PATIENCE, after=before)

    async def _take_it_elsewhere(self, ada: Person, direct: str, card: Json) -> None:
        story = story_of(card)
        async with self._acting.step("Ada", "shares the story in #product-moss"):
            before = ada.mark
            view = await form_of(
                ada,
                "story_share",
                lambda: ada.click("story_share", channel=direct, ts=card["ts"], value=story),
            )
            await submit(ada, view, to=MOSS)
            await ada.wait_for_message(says(story), PATIENCE, channel=MOSS, after=before)
        typed = f"/plumb story export {story} as jira-csv"
        await self._acting.awaiting(
            "Ada",
            typed,
            ada,
            lambda message: bool(message.get("files")),
            lambda: ada.command(direct, typed),
        )
        async with self._acting.step("Ada", "opens App Home again"):
            before = ada.mark
            await done(ada.open_home())
            await ada.wait_for_home(lambda view: "xported" in str(view), PATIENCE, after=before)


def story_of(card: Json) -> str:
    """The story id that a card's buttons carry."""
    return value_of(card, "story_approve")
