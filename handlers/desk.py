"""The desk a listener works at: everything it may call, for one team and one ask."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.bootstrap import Services
from bot.domain.people import Person, Role
from bot.domain.posts import Post
from bot.ports import Job, Jobs
from handlers.ask import Ask
from handlers.views.kit import Message, View


class Slack(Protocol):
    """What the bot does in Slack besides posting, for one team. Raises errors.DeliveryError and its kinds."""

    async def person(self, user: str) -> Person:
        """Who somebody is; remembered for a few minutes."""
        ...

    async def direct_channel(self, user: str) -> str:
        """The id of the direct conversation with somebody."""
        ...

    async def is_private(self, channel: str) -> bool: ...
    async def is_member(self, channel: str, user: str) -> bool: ...
    async def update(self, channel: str, ts: str, message: Message) -> None: ...
    async def whisper(self, channel: str, user: str, message: Message, thread_ts: str = "") -> None:
        """A message only this person sees (chat.postEphemeral): at most once."""
        ...

    async def respond(self, response_url: str, message: Message, *, replace: bool = False) -> None:
        """An answer by response_url: five times within 30 minutes, at most once each."""
        ...

    async def open_view(self, trigger_id: str, view: View) -> str:
        """Opens a modal; returns its view id."""
        ...

    async def push_view(self, trigger_id: str, view: View) -> str: ...
    async def update_view(self, view_id: str, view: View) -> None: ...
    async def publish_home(self, user: str, view: View) -> None: ...
    async def react(self, channel: str, ts: str, name: str, *, on: bool = True) -> None: ...
    async def download(self, file_id: str, to: Any, *, limit: int) -> Mapping[str, Any]:
        """Streams a file into ``to`` (a path); returns name, size, filetype. Raises InputError past the
        limit in bytes, or where the file is gone or is not Slack's."""
        ...

    async def upload(
        self, channel: str, filename: str, content: bytes, *, title: str, comment: str, thread_ts: str = ""
    ) -> str:
        """At most once; returns the file's id."""
        ...

    async def find_file(self, channel: str, name: str) -> str | None:
        """The id of the newest file of that name shared in a channel."""
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


@dataclass(frozen=True)
class Desk:
    """Made anew for every ask. ``job`` is None in openings, which store nothing."""

    services: Services
    slack: Slack
    workshop: Workshop
    jobs: Jobs
    command: str
    job: Job | None = None
    publish: Callable[[Post], Awaitable[str]] = field(default=None, kw_only=True)  # type: ignore[assignment]

    async def step(self, label: str, work: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
        """A step of the durable job: its result is kept, so that a second run does not do it again."""
        if self.job is None:
            return await work(*arguments)
        return await self.job.step(label, work, *arguments)

    async def role(self, user: str) -> Role:
        return await self.services.people.role(await self.slack.person(user))

    async def answer(self, ask: Ask, message: Message) -> None: ...
