"""The one place from which messages are posted: the outbox's way to Slack."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.posts import Post
from bot.errors import DeliveryLimited, DeliveryRejected, DeliveryUnclear

Blocks = Sequence[Mapping[str, Any]]
EVENT_TYPE = "plumbline_post"
SLACK_TIMEOUT = (TimeoutError, asyncio.TimeoutError, aiohttp.ClientError, ConnectionError, OSError)
BLOCKS_REFUSED = frozenset({"invalid_blocks", "msg_too_long", "msg_blocks_too_long", "invalid_blocks_format"})


class SlackPublisher:
    """ports.Publisher over chat.postMessage. Its client must not retry by itself: a second try is the
    outbox's to decide."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def post(self, post: Post) -> str:
        """Sends once; where Slack refuses the blocks, simpler ones, so that nobody is left waiting."""
        *richer, plainest = simpler(post.blocks)
        for blocks in richer:
            try:
                return await self._send(post, blocks)
            except DeliveryRejected as refused:
                if refused.reason not in BLOCKS_REFUSED:
                    raise
        return await self._send(post, plainest)

    async def _send(self, post: Post, blocks: Blocks) -> str:
        with translated(f"posting in {post.channel}"):
            answer = await self._client.chat_postMessage(
                channel=post.channel,
                text=post.text,
                blocks=[dict(block) for block in blocks] or None,
                thread_ts=post.thread_ts or None,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": post.key}},
                unfurl_links=False,
                unfurl_media=False,
            )
            return str(answer["ts"])

    async def find(self, post: Post, since: datetime) -> str | None:
        """Reads the channel, or the thread, back from a little before ``since``."""
        oldest = f"{since.timestamp() - 60:.6f}"
        cursor = ""
        while True:
            with translated(f"reading {post.channel} back"):
                if post.thread_ts:
                    answer = await self._client.conversations_replies(
                        channel=post.channel, ts=post.thread_ts, oldest=oldest,
                        include_all_metadata=True, limit=200, cursor=cursor or None,
                    )  # fmt: skip
                else:
                    answer = await self._client.conversations_history(
                        channel=post.channel, oldest=oldest,
                        include_all_metadata=True, limit=200, cursor=cursor or None,
                    )  # fmt: skip
            for message in answer.get("messages") or []:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("key") == post.key:
                    return str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None


def simpler(blocks: Blocks) -> list[Blocks]:
    """The blocks as they are, without charts (which not every workspace has yet), and none: the plain text
    stands in. Each only once."""
    without_charts = tuple(block for block in blocks if block.get("type") != "data_visualization")
    tries: list[Blocks] = [tuple(blocks), without_charts, ()]
    return [each for number, each in enumerate(tries) if each not in tries[:number]]


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Slack's and the network's failures as ours."""
    try:
        yield
    except SlackApiError as error:
        raise _refused(error, doing) from error
    except (SlackClientError, *SLACK_TIMEOUT) as error:
        raise DeliveryUnclear(
            f"Slack did not answer while {doing}.", hint="Try again in a minute."
        ) from error


def _refused(error: SlackApiError, doing: str) -> Exception:
    response = error.response
    status = getattr(response, "status_code", 200)
    if status == 429:
        headers = getattr(response, "headers", {}) or {}
        retry_after = headers.get("Retry-After") or headers.get("retry-after") or 1
        return DeliveryLimited(
            f"Slack is being asked too often while {doing}.", retry_after=float(retry_after)
        )
    if status >= 500:
        return DeliveryUnclear(f"Slack failed ({status}) while {doing}.", hint="Try again in a minute.")
    reason = str(response.get("error", "unknown_error")) if hasattr(response, "get") else "unknown_error"
    if reason in {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}:
        return DeliveryUnclear(f"Slack failed ({reason}) while {doing}.", hint="Try again in a minute.")
    if reason in {"ratelimited", "rate_limited"}:
        return DeliveryLimited(f"Slack is being asked too often while {doing}.", retry_after=1.0)
    return DeliveryRejected(
        f"Slack said no ({reason}) while {doing}.", reason=reason, hint=HINTS.get(reason, "")
    )


HINTS = {
    "not_in_channel": "Invite me there: /invite @Plumbline",
    "channel_not_found": "I cannot see that channel. Invite me there: /invite @Plumbline",
    "is_archived": "That channel is archived; choose another.",
    "missing_scope": "The app lacks a scope: `plumb doctor` says which.",
    "expired_trigger_id": "That took longer than Slack allows. Please click once more.",
    "restricted_action": "This workspace does not let apps post there.",
    "token_revoked": "The app was removed from this workspace; install it again.",
    "invalid_auth": "The bot token is not valid: `plumb doctor` says what to do.",
}
