"""What the bot does in Slack besides posting, over the Web API."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.domain.people import Person
from bot.errors import DeliveryRejected, InputError
from handlers.publisher import BLOCKS_REFUSED, Blocks, simpler, translated
from handlers.views.kit import Message, View

REMEMBERED = 300.0  # seconds that what Slack says about people and channels is believed
FILE_HOSTS = frozenset({"files.slack.com"})
ALT_CHARACTERS = 1_000
CHUNK = 65_536
PAGE = 200


class WebSlack:
    """desk.Slack for one team. ``client`` may retry by itself: nothing here does harm twice."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._seen: dict[tuple[str, str], tuple[float, Any]] = {}

    async def person(self, user: str) -> Person:
        info = (await self._remembered("users_info", user=user))["user"]
        profile = info.get("profile", {})
        return Person(
            id=user,
            name=str(info.get("real_name") or profile.get("display_name") or info.get("name") or user),
            is_owner=bool(info.get("is_owner") or info.get("is_primary_owner")),
            is_admin=bool(info.get("is_admin")),
            outside=bool(
                info.get("is_restricted") or info.get("is_ultra_restricted") or info.get("is_stranger")
            ),
            is_bot=bool(info.get("is_bot")),
        )

    async def direct_channel(self, user: str) -> str:
        answer = await self._remembered("conversations_open", users=user)
        return str(answer["channel"]["id"])

    async def is_private(self, channel: str) -> bool:
        """Whether a channel is closed; one that the bot cannot see counts as closed."""
        if channel.startswith("D"):
            return False
        try:
            info = (await self._remembered("conversations_info", channel=channel))["channel"]
        except DeliveryRejected:
            return True
        return bool(info.get("is_private"))

    async def is_here(self, channel: str) -> bool:
        """Whether the bot is in a channel, so that it hears of emoji there; in direct messages it is."""
        if channel.startswith("D"):
            return True
        try:
            with translated("looking at a channel"):
                info = (await self._client.conversations_info(channel=channel))["channel"]
        except DeliveryRejected:
            return False
        return bool(info.get("is_member"))

    async def channel_name(self, channel: str) -> str:
        info = (await self._remembered("conversations_info", channel=channel))["channel"]
        return str(info.get("name") or channel)

    async def is_member(self, channel: str, user: str) -> bool:
        cursor = ""
        while True:
            with translated("looking at a channel's members"):
                answer = await self._client.conversations_members(
                    channel=channel, limit=PAGE, cursor=cursor or None
                )
            if user in answer["members"]:
                return True
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return False

    async def update(self, channel: str, ts: str, message: Message) -> None:
        *richer, plainest = simpler(message.blocks)
        for blocks in richer:
            try:
                return await self._update(channel, ts, message.text, blocks)
            except DeliveryRejected as refused:
                if refused.reason not in BLOCKS_REFUSED:
                    raise
        return await self._update(channel, ts, message.text, plainest)

    async def _update(self, channel: str, ts: str, text: str, blocks: Blocks) -> None:
        with translated("updating a message"):
            await self._client.chat_update(
                channel=channel, ts=ts, text=text, blocks=[dict(block) for block in blocks]
            )

    async def whisper(self, channel: str, user: str, message: Message, thread_ts: str = "") -> None:
        with translated("answering privately"):
            await self._client.chat_postEphemeral(
                channel=channel,
                user=user,
                text=message.text,
                blocks=list(message.blocks) or None,
                thread_ts=thread_ts or None,
            )

    async def respond(self, response_url: str, message: Message, *, replace: bool = False) -> None:
        with translated("answering privately"):
            answer = await AsyncWebhookClient(response_url).send(
                text=message.text,
                blocks=list(message.blocks) or None,
                response_type="ephemeral",
                replace_original=replace,
                unfurl_links=False,
                unfurl_media=False,
            )
        if answer.status_code != 200:
            raise DeliveryRejected(
                f"Slack took no answer there ({answer.status_code}).", reason=answer.body[:100]
            )

    async def open_view(self, trigger_id: str, view: View) -> str:
        with translated("opening a window"):
            answer = await self._client.views_open(trigger_id=trigger_id, view=dict(view))
        return str(answer["view"]["id"])

    async def update_view(self, view_id: str, view: View) -> None:
        with translated("filling a window"):
            await self._client.views_update(view_id=view_id, view=dict(view))

    async def publish_home(self, user: str, view: View) -> None:
        with translated("drawing App Home"):
            await self._client.views_publish(user_id=user, view=dict(view))

    async def file_name(self, file_id: str) -> str:
        with translated("looking a file up"):
            file = (await self._client.files_info(file=file_id))["file"]
        return str(file.get("name") or "file")

    async def download(self, file_id: str, to: Path, *, limit: int) -> Mapping[str, Any]:
        with translated("looking a file up"):
            file = (await self._client.files_info(file=file_id))["file"]
        name, size = str(file.get("name") or "file"), int(file.get("size") or 0)
        if size > limit:
            raise _too_large(name, limit)
        url = str(file.get("url_private_download") or file.get("url_private") or "")
        if not self._is_ours_to_read(url):
            raise InputError(
                f"{name} is kept outside Slack, so I cannot read it.", hint="Upload the file itself."
            )
        with translated(f"downloading {name}"):
            taken = await self._stream(url, to, name, limit)
        return {"name": name, "size": taken, "filetype": str(file.get("filetype") or "")}

    def _is_ours_to_read(self, url: str) -> bool:
        """The bot's token goes to Slack's file host only, or to where the API itself is."""
        parts, api = urlsplit(url), urlsplit(self._client.base_url)
        if (parts.scheme, parts.netloc) == (api.scheme, api.netloc):
            return True
        return parts.scheme == "https" and parts.hostname in FILE_HOSTS

    async def _stream(self, url: str, to: Path, name: str, limit: int) -> int:
        headers = {"Authorization": f"Bearer {self._client.token}"}
        timeout = aiohttp.ClientTimeout(total=300, sock_read=30)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(url, headers=headers, allow_redirects=False) as answer,
        ):
            if answer.status != 200:
                raise InputError(
                    f"Slack would not hand {name} over ({answer.status}).", hint="Upload it again."
                )
            taken = 0
            with to.open("wb") as file:
                async for chunk in answer.content.iter_chunked(CHUNK):
                    taken += len(chunk)
                    if taken > limit:
                        raise _too_large(name, limit)
                    file.write(chunk)
        return taken

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
        with translated(f"uploading {filename}"):
            answer = await self._client.files_upload_v2(
                channel=channel,
                filename=filename,
                content=content,
                title=title,
                alt_txt=alt[:ALT_CHARACTERS] or None,
                initial_comment=comment or None,
                thread_ts=thread_ts or None,
            )
        return str(answer["file"]["id"])

    async def find_file(self, channel: str, name: str, *, since: float = 0.0) -> str | None:
        with translated("looking for a file"):
            answer = await self._client.files_list(channel=channel, count=100)
        found = [
            (int(file.get("created") or 0), str(file["id"]))
            for file in answer.get("files") or []
            if file.get("name") == name
        ]
        return next((file_id for made, file_id in sorted(found, reverse=True) if made >= since), None)

    async def history(self, channel: str, *, since: float, limit: int) -> list[Mapping[str, Any]]:
        return await self._pages(
            self._client.conversations_history, limit, channel=channel, oldest=f"{since:.6f}"
        )

    async def thread(self, channel: str, ts: str) -> list[Mapping[str, Any]]:
        return await self._pages(self._client.conversations_replies, 1_000, channel=channel, ts=ts)

    async def _pages(self, call: Any, limit: int, **arguments: Any) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        cursor = ""
        while len(found) < limit:
            with translated("reading a channel"):
                answer = await call(limit=PAGE, cursor=cursor or None, **arguments)
            found.extend(answer.get("messages") or [])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return sorted(found[:limit], key=lambda message: float(message["ts"]))

    async def _remembered(self, call: str, **arguments: Any) -> Any:
        key = (call, repr(sorted(arguments.items())))
        at, answer = self._seen.get(key, (0.0, None))
        if answer is None or time.monotonic() - at > REMEMBERED:
            with translated("asking Slack who and where"):
                answer = await getattr(self._client, call)(**arguments)
            if len(self._seen) > 5_000:
                self._seen.clear()
            self._seen[key] = (time.monotonic(), answer)
        return answer


def _too_large(name: str, limit: int) -> InputError:
    return InputError(
        f"{name} is larger than {limit // 1_000_000} MB, more than I take from Slack.",
        hint="Split it, or import it on the server: plumb data import FILE",
    )
