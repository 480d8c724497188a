"""The desk a listener works at: everything it may call, for one team and one ask."""

import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from bot.bootstrap import Services
from bot.domain.people import Person, Role
from bot.domain.posts import Post
from bot.errors import DeliveryError, DeliveryRejected
from bot.logs import LOGGER
from bot.ports import Clock, Job, Jobs
from bot.services.outbox import Outbox
from handlers.ask import Ask
from handlers.views.kit import Message, View, judged


class Slack(Protocol):
    """What the bot does in Slack besides posting, for one team. Raises errors.DeliveryError and its kinds."""

    async def person(self, user: str) -> Person:
        """Who somebody is; remembered for a few minutes."""
        ...

    async def direct_channel(self, user: str) -> str:
        """The id of the direct conversation with somebody."""
        ...

    async def is_private(self, channel: str) -> bool: ...
    async def is_here(self, channel: str) -> bool: ...
    async def channel_name(self, channel: str) -> str: ...
    async def is_member(self, channel: str, user: str) -> bool: ...
    async def update(self, channel: str, ts: str, message: Message) -> None: ...
    async def whisper(self, channel: str, user: str, message: Message, thread_ts: str = "") -> None:
        """A message only this person sees (chat.postEphemeral): at most once."""
        ...

    async def respond(self, response_url: str, message: Message, *, replace: bool = False) -> None:
        """An answer by response_url: five times within 30 minutes, at most once each. ``replace``: in the
        place of the message that was clicked."""
        ...

    async def open_view(self, trigger_id: str, view: View) -> str:
        """Opens a modal; returns its view id."""
        ...

    async def update_view(self, view_id: str, view: View) -> None: ...
    async def publish_home(self, user: str, view: View) -> None: ...
    async def file_name(self, file_id: str) -> str: ...
    async def download(self, file_id: str, to: Path, *, limit: int) -> Mapping[str, Any]:
        """Streams a file into ``to`` (a path); returns name, size, filetype. Raises InputError past the
        limit in bytes, or where the file is gone or is not Slack's."""
        ...

    async def upload(
        self,
        channel: str,
        filename: str,
        content: bytes,
        *,
        title: str,
        comment: str,
        thread_ts: str = "",
        alt: str = "",
    ) -> str:
        """At most once; returns the file's id. ``alt``: what a picture shows, in words."""
        ...

    async def find_file(self, channel: str, name: str, *, since: float = 0.0) -> str | None:
        """The id of the newest file of that name shared in a channel, since 1970 or a later second."""
        ...

    async def history(self, channel: str, *, since: float, limit: int) -> list[Mapping[str, Any]]:
        """Messages of people, oldest first."""
        ...

    async def thread(self, channel: str, ts: str) -> list[Mapping[str, Any]]: ...


class Workshop(Protocol):
    """Heavy work in a process of its own, so that the event loop stays free."""

    async def run(
        self,
        team: str,
        task: str,
        payload: Mapping[str, Any],
        progress: Callable[[str, int, int | None], Awaitable[None]] | None = None,
    ) -> dict[str, Any]:
        """Runs ``bot.tasks.TASKS[task]`` there; raises the PlumblineError it raised."""
        ...


RUN = secrets.token_hex(8)
"""Names this start of the process: a claim made by another one may or may not have been carried out."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Made anew for every ask. ``job`` is None in openings, which store nothing."""

    services: Services
    slack: Slack
    workshop: Workshop
    outbox: Outbox
    command: str
    clock: Clock
    jobs: Jobs
    model: str = "offline"
    transport: str = "socket"
    history_allowed: bool = False
    intake: str = ""  # the address products send to, "" where nothing listens
    job: Job | None = None

    async def placed(self, ask: Ask) -> Ask:
        """The ask without its channel where that is a conversation among people: I am not in it, so nothing
        can be said there, and it is not the place that this person shares with me."""
        if not ask.in_direct_messages or ask.kind == "event":
            return ask
        mine = await self.slack.direct_channel(ask.user)
        return ask if ask.channel == mine else replace(ask, channel="", channel_name="")

    async def enqueue(self, job: str, ask: Ask) -> None:
        """Another durable job, with an ask of its own key."""
        await self.jobs.enqueue(job, ask.key, ask.as_json())

    async def step(
        self, label: str, work: Callable[..., Awaitable[Any]], *arguments: Any, retries: int = 0
    ) -> Any:
        """A step of the durable job: its result is kept, so that a second run does not do it again."""
        if self.job is None:
            return await work(*arguments)
        return await self.job.step(label, work, *arguments, retries=retries)

    async def role(self, user: str) -> Role:
        return await self.services.people.role(await self.slack.person(user))

    async def require(self, user: str, wanted: Role, what: str) -> Person:
        """Who this is, once their role carries as far as ``what``. Raises errors.NotAllowed."""
        person = await self.slack.person(user)
        self.services.people.require(await self.services.people.role(person), wanted, what)
        return person

    async def may_see(self, origin: str, user: str, place: str) -> bool:
        """Whether what came from a private channel (``origin``, "" where it did not) may be shown to this
        person at this place: there, or to its members in their direct messages. What came from direct
        messages is shown there only."""
        if not origin or place == origin:
            return True
        if not place.startswith("D"):
            return False
        if origin.startswith("D"):
            return origin == await self.slack.direct_channel(user)
        try:
            return await self.slack.is_member(origin, user)
        except DeliveryRejected:  # the channel is gone, or I am no longer in it: nobody can be let in
            return False

    async def visible(self, origins: Iterable[str], user: str, place: str) -> set[str]:
        """Those of the origins that ``may_see`` lets through, each looked up once."""
        return {origin for origin in set(origins) if await self.may_see(origin, user, place)}

    async def post(
        self, ask: Ask, label: str, channel: str, message: Message, *, thread_ts: str = "", about: str = ""
    ) -> str:
        """Say it exactly once; returns its ts. Whatever goes out with thumbs is kept, so that a vote on it,
        by button or emoji, knows what it is about."""
        output = await self._kept(ask, message)
        post = Post(
            key=f"{ask.key}:{label}",
            channel=channel,
            text=message.text,
            blocks=message.blocks,
            thread_ts=thread_ts,
            about=about or output,
        )
        return str(await self.step(f"post {label}", self.outbox.publish, post))

    async def _kept(self, ask: Ask, message: Message) -> str:
        """The output that the message's thumbs are for, "" where it has none."""
        if output := judged(message):
            await self.services.outputs.made(output, ask.user)
        return output

    async def answer(self, ask: Ask, message: Message, label: str = "answer") -> None:
        """Answer the person who asked, privately, where they asked.

        In direct messages that is a message like any other. Elsewhere it is one that only they see, which
        cannot be read back: it goes out at most once, and when a crash leaves it unclear whether it did, the
        answer comes by direct message, exactly once.
        """
        if ask.in_direct_messages and not ask.message.get("ephemeral"):
            await self.post(
                ask, label, ask.channel, message, thread_ts=str(ask.message.get("thread_ts") or "")
            )
            return
        await self._kept(ask, message)
        claimed = await self.step(f"claim {label}", _this_run)
        reached = await self.step(f"whisper {label}", self._whisper, ask, message, claimed)
        if not reached:
            direct = await self.step(f"where {label}", self.slack.direct_channel, ask.user)
            await self.post(ask, label, str(direct), message)

    async def replace(self, ask: Ask, message: Message) -> None:
        """Answer in the place of the message that was clicked, so that its buttons are gone. Drawing it twice
        does no harm. What cannot be edited (any more), or is not only theirs, is answered instead."""
        ts, ephemeral = str(ask.message.get("ts") or ""), bool(ask.message.get("ephemeral"))
        try:
            if ephemeral and ask.response_url:
                await self.slack.respond(ask.response_url, message, replace=True)
                return
            if ts and ask.in_direct_messages and not ephemeral:
                await self.slack.update(ask.channel, ts, message)
                return
        except DeliveryError as error:
            LOGGER.info("a message was not edited: %s", error.message)
        await self.answer(ask, message)

    async def _whisper(self, ask: Ask, message: Message, claimed: str) -> bool:
        if claimed != RUN:
            return False
        try:
            if ask.response_url:
                await self.slack.respond(ask.response_url, message)
            elif ask.channel:
                await self.slack.whisper(
                    ask.channel, ask.user, message, str(ask.message.get("thread_ts") or "")
                )
            else:
                return False
        except DeliveryRejected:
            return False
        return True


async def _this_run() -> str:
    return RUN
