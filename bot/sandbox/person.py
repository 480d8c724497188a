"""``Person``: does over HTTP what somebody does in the page, and waits for what they would see."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any

from aiohttp import ClientSession, ClientTimeout, FormData, WSMsgType

JSON = dict[str, Any]
Predicate = Callable[[JSON], bool]


class Person:
    """One person of the workspace.

    ``async with Person(url, "U0ADA") as ada`` connects the live socket. Every act answers what the sandbox
    says: ``{"ok": True, …}`` or ``{"ok": False, "error": …}``. ``frames`` are the live frames so far.
    """

    def __init__(self, url: str, user: str) -> None:
        self.user = user
        self.frames: list[JSON] = []
        self._url = url.rstrip("/")
        self._session: ClientSession | None = None
        self._listening: asyncio.Task[None] | None = None
        self._news = asyncio.Condition()
        self._connected = asyncio.Event()

    async def __aenter__(self) -> "Person":
        self._session = ClientSession(timeout=ClientTimeout(total=60))
        self._listening = asyncio.create_task(self._listen())
        connected = asyncio.create_task(self._connected.wait())
        await asyncio.wait({connected, self._listening}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        connected.cancel()
        if not self._connected.is_set():
            await self.close()
            raise ConnectionError(f"no live connection for {self.user} at {self._url}")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError, OSError):
                await self._listening
        if self._session is not None:
            await self._session.close()

    async def _listen(self) -> None:
        async with self._open().ws_connect(f"{self._url}/page/live", params={"user": self.user}) as socket:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    await self._heard(message.json())

    async def _heard(self, frame: JSON) -> None:
        async with self._news:
            self.frames.append(frame)
            self._connected.set()
            self._news.notify_all()

    def _open(self) -> ClientSession:
        if self._session is None:
            raise RuntimeError("use a Person as `async with Person(…) as somebody`")
        return self._session

    # --- doing ---------------------------------------------------------------------------------------------
    async def act(self, do: str, **body: Any) -> JSON:
        given = {key: value for key, value in body.items() if value is not None}
        async with self._open().post(
            f"{self._url}/page/act", params={"user": self.user}, json={"do": do, **given}
        ) as response:
            answer: JSON = await response.json()
            return answer

    async def post(
        self, channel: str, text: str, thread_ts: str | None = None, files: Sequence[str] | None = None
    ) -> JSON:
        return await self.act("post", channel=channel, text=text, thread_ts=thread_ts, files=files)

    async def edit(self, channel: str, ts: str, text: str) -> JSON:
        return await self.act("edit", channel=channel, ts=ts, text=text)

    async def delete(self, channel: str, ts: str) -> JSON:
        return await self.act("delete", channel=channel, ts=ts)

    async def command(self, channel: str, text: str) -> JSON:
        """``text`` with the command: ``/plumb help``. Answers once the app has acked."""
        return await self.act("command", channel=channel, text=text)

    async def click(
        self,
        action_id: str,
        *,
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        block_id: str | None = None,
        value: Any = None,
        state: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> JSON:
        """Without ``block_id``, the first element of that ``action_id``; ``state``: what the other inputs of
        the message or modal hold."""
        return await self.act(
            "click",
            action_id=action_id,
            channel=channel,
            ts=ts,
            view_id=view_id,
            block_id=block_id,
            value=value,
            state=state,
        )

    async def submit(self, view_id: str, state: Mapping[str, Mapping[str, Any]] | None = None) -> JSON:
        return await self.act("submit", view_id=view_id, state=dict(state or {}))

    async def close_view(self, view_id: str, *, everything: bool = False) -> JSON:
        return await self.act("close", view_id=view_id, all=everything)

    async def react(self, channel: str, ts: str, name: str, *, on: bool = True) -> JSON:
        return await self.act("react", channel=channel, ts=ts, name=name, on=on)

    async def shortcut(self, callback_id: str) -> JSON:
        return await self.act("shortcut", callback_id=callback_id)

    async def message_shortcut(self, callback_id: str, channel: str, ts: str) -> JSON:
        return await self.act("message_shortcut", callback_id=callback_id, channel=channel, ts=ts)

    async def open_home(self, tab: str = "home") -> JSON:
        return await self.act("home", tab=tab)

    async def options(
        self,
        action_id: str,
        query: str,
        *,
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        block_id: str | None = None,
    ) -> JSON:
        return await self.act(
            "options",
            action_id=action_id,
            query=query,
            channel=channel,
            ts=ts,
            view_id=view_id,
            block_id=block_id,
        )

    async def join(self, channel: str) -> JSON:
        return await self.act("join", channel=channel)

    async def leave(self, channel: str) -> JSON:
        return await self.act("leave", channel=channel)

    async def invite(self, channel: str, user: str) -> JSON:
        return await self.act("invite", channel=channel, user=user)

    async def open_im(self, user: str) -> JSON:
        return await self.act("open_im", user=user)

    async def upload(
        self,
        name: str,
        data: bytes,
        *,
        channel: str | None = None,
        thread_ts: str | None = None,
        text: str | None = None,
        content_type: str | None = None,
    ) -> JSON:
        """``{ok, files: [file]}``; without a channel the file is only held, for a modal's file input."""
        form = FormData()
        form.add_field("file", data, filename=name, content_type=content_type or "application/octet-stream")
        for key, value in (("channel", channel), ("thread_ts", thread_ts), ("text", text)):
            if value is not None:
                form.add_field(key, value)
        async with self._open().post(
            f"{self._url}/page/upload", params={"user": self.user}, data=form
        ) as response:
            answer: JSON = await response.json()
            return answer

    # --- looking -------------------------------------------------------------------------------------------
    async def _get(self, path: str, **query: str) -> JSON:
        async with self._open().get(f"{self._url}{path}", params={"user": self.user, **query}) as response:
            answer: JSON = await response.json()
            return answer

    async def snapshot(self) -> JSON:
        return await self._get("/page/snapshot")

    async def messages(self, channel: str, thread_ts: str = "") -> list[JSON]:
        """Oldest first, with the person's ephemeral ones."""
        found = await self._get(
            "/page/messages", channel=channel, **({"thread_ts": thread_ts} if thread_ts else {})
        )
        return list(found["messages"])

    async def home(self) -> JSON | None:
        view: JSON | None = (await self._get("/page/home"))["view"]
        return view

    async def file(self, file_id: str) -> bytes:
        async with self._open().get(
            f"{self._url}/page/file/{file_id}", params={"user": self.user}
        ) as response:
            return await response.read()

    # --- waiting -------------------------------------------------------------------------------------------
    @property
    def mark(self) -> int:
        """How many frames came so far: pass it as ``after`` to wait for what comes later."""
        return len(self.frames)

    async def wait_for(self, predicate: Predicate, timeout: float = 10.0, *, after: int = 0) -> JSON:  # noqa: ASYNC109  as asyncio.wait_for
        """The first live frame, of those after the ``after``-th, for which ``predicate`` holds.

        TimeoutError, naming the last frames, where none came in ``timeout`` seconds."""
        seen = after
        try:
            async with asyncio.timeout(timeout), self._news:
                while True:
                    for seen in range(seen, len(self.frames)):  # noqa: B020  goes on where it stopped
                        if predicate(self.frames[seen]):
                            return self.frames[seen]
                    seen = len(self.frames)
                    await self._news.wait()
        except TimeoutError:
            last = [str(frame)[:300] for frame in self.frames[-5:]]
            raise TimeoutError(f"{self.user} waited {timeout} s; the last frames: {last}") from None

    async def wait_for_message(
        self,
        predicate: Predicate,
        timeout: float = 10.0,  # noqa: ASYNC109  as asyncio.wait_for
        *,
        channel: str = "",
        after: int = 0,
    ) -> JSON:
        """The first message, new or changed, for which ``predicate`` holds."""
        frame = await self.wait_for(
            lambda frame: (
                frame["type"] in ("message", "message_changed")
                and channel in ("", frame["channel"])
                and predicate(frame["message"])
            ),
            timeout,
            after=after,
        )
        message: JSON = frame["message"]
        return message

    async def wait_for_modal(
        self,
        predicate: Predicate = lambda view: True,
        timeout: float = 10.0,  # noqa: ASYNC109  as asyncio.wait_for
        *,
        after: int = 0,
    ) -> JSON:
        """The first view of a modal, opened or changed, for which ``predicate`` holds."""
        frame = await self.wait_for(
            lambda frame: frame["type"] in ("modal", "modal_changed") and predicate(frame["view"]),
            timeout,
            after=after,
        )
        view: JSON = frame["view"]
        return view

    async def wait_for_home(
        self,
        predicate: Predicate = lambda view: True,
        timeout: float = 10.0,  # noqa: ASYNC109  as asyncio.wait_for
        *,
        after: int = 0,
    ) -> JSON:
        """The first App Home for which ``predicate`` holds."""
        frame = await self.wait_for(
            lambda frame: frame["type"] == "home" and predicate(frame["view"]), timeout, after=after
        )
        view: JSON = frame["view"]
        return view
