"""Deliveries over HTTP, signed as Slack signs them."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.sandbox.delivery.parcel import NOT_CONNECTED, REFUSED, TIMED_OUT, Outcome, Parcel

JSON = dict[str, Any]


def sign(secret: str, timestamp: str, body: str) -> str:
    """Slack's v0 signature."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    return f"v0={digest.hexdigest()}"


class SignedHttp:
    """POSTs parcels to the URL they carry."""

    def __init__(self, signing_secret: str) -> None:
        self._secret = signing_secret
        self._session: ClientSession | None = None

    async def send(self, parcel: Parcel, seconds: float, copies: int = 1) -> Outcome:
        content_type, body = _body(parcel)
        outcomes = await asyncio.gather(
            *(self._post(parcel, content_type, body, seconds) for _ in range(copies))
        )
        return outcomes[0]

    async def _post(self, parcel: Parcel, content_type: str, body: str, seconds: float) -> Outcome:
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(self._secret, timestamp, body),
            "User-Agent": "Slackbot 1.0 (sandbox)",
        }
        if parcel.attempt:
            headers |= {
                "X-Slack-Retry-Num": str(parcel.attempt),
                "X-Slack-Retry-Reason": _reason(parcel.reason),
            }
        try:
            async with self._open().post(
                parcel.url, data=body.encode(), headers=headers, timeout=ClientTimeout(total=seconds)
            ) as response:
                retry = response.headers.get("X-Slack-No-Retry") != "1"
                if not 200 <= response.status < 300:
                    return Outcome(error=REFUSED, retry=retry)
                return Outcome(_answer(response.content_type, await response.text()))
        except TimeoutError:
            return Outcome(error=TIMED_OUT)
        except (ClientError, OSError):
            return Outcome(error=NOT_CONNECTED)

    async def verify(self, url: str, seconds: float) -> bool:
        """Does the URL answer Slack's challenge?"""
        challenge = secrets.token_urlsafe(24)
        payload = {"type": "url_verification", "token": "sandbox-verification", "challenge": challenge}
        outcome = await self.send(Parcel("events_api", "url_verification", payload, url), seconds)
        answer = outcome.payload
        return (
            outcome.acked and (answer.get("challenge") if isinstance(answer, dict) else answer) == challenge
        )

    def _open(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession()
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def _body(parcel: Parcel) -> tuple[str, str]:
    form = "application/x-www-form-urlencoded"
    if parcel.type == "events_api":
        return "application/json", json.dumps(parcel.payload)
    if parcel.type == "slash_commands":
        return form, urlencode(parcel.payload)
    return form, urlencode({"payload": json.dumps(parcel.payload)})


def _reason(reason: str) -> str:
    return "http_timeout" if reason == TIMED_OUT else reason


def _answer(content_type: str, text: str) -> Any:
    if not text:
        return None
    if content_type == "application/json" or text.startswith("{"):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
