"""What the HTTP providers share: where they may call, calling, and failures as our own kinds."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from bot.errors import ModelError, SettingsError
from bot.llm.failures import from_status, no_answer, not_the_api, out_of_credit, unreachable
from bot.llm.text.http1 import Dropped, HttpClient, HttpReply, OnBytes, Unreachable
from bot.llm.text.wire import JsonObject, TextAccess
from bot.llm.urls import check_base_url

_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1", re.IGNORECASE)
_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)s)?(?:([\d.]+)ms)?")
_SPENT = ("insufficient_quota", "contract_spend_limit_reached", "enforced_spend_limit_reached")


def is_loopback(url: str) -> bool:
    return bool(_LOOPBACK.fullmatch(urlsplit(url).hostname or ""))


def base_url(vendor: str, default: str, config: JsonObject, access: TextAccess) -> str:
    """Where a vendor's API is called, without a slash at the end; the config's address before the settings'.

    Raises:
        SettingsError: the address is named by nobody who may.
    """
    host = config.get("apiHost")
    named = config.get("apiBaseUrl") or (f"https://{host}/v1" if host else access.base_urls.get(vendor, ""))
    return allowed_url(str(named), access) if named and str(named).rstrip("/") != default else default


def allowed_url(url: str, access: TextAccess) -> str:
    """The address, if this machine's own (where that is allowed) or named by the settings."""
    own = access.loopback and is_loopback(url)
    return check_base_url(url, (url,) if own else access.allowed_base_urls)


def key_for(vendor: str, config: JsonObject, access: TextAccess, *, at_vendor: bool) -> str:
    """The config's key, or the settings'; servers of one's own may need none. Raises SettingsError."""
    key = str(config.get("apiKey") or access.api_keys.get(vendor, ""))
    if not key and at_vendor:
        raise SettingsError(f"There is no key for {vendor}.", hint=f"Set {vendor.upper()}_API_KEY.")
    return key


async def call(
    client: HttpClient,
    vendor: str,
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    seconds: float,
    on_bytes: OnBytes | None = None,
) -> HttpReply:
    """One call; an answer of any status. Raises ModelUnavailable where none came."""
    try:
        return await client.send(method, url, headers, body, timeout=seconds, on_bytes=on_bytes)
    except Unreachable:
        raise unreachable(vendor) from None
    except Dropped:
        raise no_answer(vendor, "the connection dropped") from None
    except TimeoutError:
        raise no_answer(vendor, "no answer in time") from None


def check_status(vendor: str, reply: HttpReply) -> None:
    """Raises the ModelError that a status outside 2xx means."""
    if not 200 <= reply.status < 300:
        raise failure(vendor, reply)


def failure(vendor: str, reply: HttpReply) -> ModelError:
    """What a failed answer means; a 429 for lack of money passes with no waiting."""
    if reply.status == 429 and _code(reply.body) in _SPENT:
        return out_of_credit(vendor)
    return from_status(vendor, reply.status, reply.headers)


def json_body(vendor: str, reply: HttpReply) -> dict[str, Any]:
    """The answer's JSON object. Raises ModelRejected: it is none."""
    try:
        found = json.loads(reply.body)
    except (ValueError, RecursionError):
        raise not_the_api(vendor) from None
    if not isinstance(found, dict):
        raise not_the_api(vendor)
    return found


def encoded(payload: JsonObject) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def hold_s(headers: Mapping[str, str]) -> float:
    """Seconds until the next call is taken, where the headers say that none is left; else 0."""
    for left, reset in (
        ("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
        ("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"),
    ):
        if headers.get(left, "").strip() == "0" and reset in headers:
            return _seconds(headers[reset].strip(), headers.get("date", ""))
    return 0.0


def _seconds(reset: str, date: str) -> float:
    """ "6m0s", "20ms", "1.5", or a moment (counted from the answer's own date)."""
    if found := _DURATION.fullmatch(reset):
        hours, minutes, seconds, thousandths = (float(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
    try:
        return float(reset)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(reset)
        now = parsedate_to_datetime(date) if date else datetime.now(UTC)
        return max(0.0, (moment - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _code(body: bytes) -> str:
    try:
        error = json.loads(body)["error"]
        return str(error.get("code") or (error.get("details") or {}).get("error_code") or "")
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


class Connection:
    """What models of both vendors are opened with: an address, a key, a client of their own."""

    def __init__(
        self, vendor: str, default_url: str, model: str, config: JsonObject, access: TextAccess
    ) -> None:
        self._url = base_url(vendor, default_url, config, access)
        self._key = key_for(vendor, config, access, at_vendor=self._url == default_url)
        self._model, self._config, self._timeout = model, config, access.timeout
        self._client = HttpClient()
        self.lane = self._url
        self.leaves = not is_loopback(self._url)
        self.price_at = (vendor, model) if self.leaves else None

    async def close(self) -> None:
        await self._client.close()
