"""What goes wrong on demand, and what the log says of it."""

import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Person, Sandbox
from bot.sandbox.errors import BadRequest
from bot.sandbox.faults import KINDS, Faults
from bot.sandbox.limits import RateLimits
from bot.sandbox.seed import GENERAL
from tests.sandbox.conftest import Clock


def quiet(sandbox: Sandbox) -> AsyncWebClient:
    """A client that tries once."""
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


async def post(client: AsyncWebClient, text: str) -> None:
    await client.chat_postMessage(channel=GENERAL, text=text)


async def texts(ada: Person) -> list[str]:
    return [one["text"] for one in await ada.messages(GENERAL)]


async def test_dropped_before_and_after(sandbox: Sandbox, ada: Person) -> None:
    client = quiet(sandbox)
    for what, text in (("drop", "never there"), ("drop_after", "there all the same")):
        sandbox.hub.faults.add({"on": "api:chat.postMessage", "what": what})
        with pytest.raises((aiohttp.ClientError, ConnectionError)):
            await post(client, text)
    said = await texts(ada)
    assert "never there" not in said
    assert "there all the same" in said
    assert [one["what"] for one in sandbox.log.since(kind="fault")] == ["drop", "drop_after"]


async def test_the_usual_client_sends_twice_after_a_lost_answer(sandbox: Sandbox, ada: Person) -> None:
    """Why posts need to be read back: slack_sdk sends again by itself."""
    sandbox.hub.faults.add({"on": "api:chat.postMessage", "what": "drop_after"})
    await post(AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url), "once")
    assert (await texts(ada)).count("once") == 2


async def test_server_errors_and_rate_limits(sandbox: Sandbox, ada: Person) -> None:
    client = quiet(sandbox)
    sandbox.hub.faults.add({"on": "api:chat.*", "what": "status", "status": 503})
    with pytest.raises(SlackApiError) as refused:
        await post(client, "x")
    assert refused.value.response.status_code == 503
    sandbox.hub.faults.add({"on": "api:*", "what": "rate_limit", "seconds": 7})
    with pytest.raises(SlackApiError) as limited:
        await post(client, "x")
    answer = limited.value.response
    assert (answer.status_code, answer.headers["Retry-After"], answer["error"]) == (429, "7", "ratelimited")
    await post(client, "through")
    assert "x" not in await texts(ada)


async def test_a_client_waits_and_comes_back(sandbox: Sandbox, ada: Person) -> None:
    client = AsyncWebClient(
        token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[AsyncRateLimitErrorRetryHandler(2)]
    )
    sandbox.hub.faults.add({"on": "api:chat.postMessage", "what": "rate_limit", "seconds": 1})
    await post(client, "patient")
    assert (await texts(ada)).count("patient") == 1


async def test_delays(sandbox: Sandbox) -> None:
    sandbox.hub.faults.add({"on": "api:auth.test", "what": "delay", "seconds": 0.2})
    start = time.perf_counter()
    await quiet(sandbox).auth_test()
    assert time.perf_counter() - start >= 0.2


async def test_limits_by_tier(now: Clock) -> None:
    async with Sandbox(rate_limits=True, now=now) as sandbox:
        client = quiet(sandbox)
        await post(client, "one")
        with pytest.raises(SlackApiError) as limited:
            await post(client, "two at once")
        assert limited.value.response.headers["Retry-After"] == "2"
        now.time += 1
        await post(client, "three")


@pytest.mark.parametrize(
    ("tier", "most", "window"), [(0, 1, 1), (1, 1, 60), (2, 20, 60), (3, 50, 60), (4, 100, 60)]
)
def test_tiers(now: Clock, tier: int, most: int, window: int) -> None:
    limits = RateLimits(now, on=True)
    assert [limits.wait_for("T", "m", tier, "C") for _ in range(most)] == [0] * most
    assert limits.wait_for("T", "m", tier, "C") == window
    now.time += window
    assert limits.wait_for("T", "m", tier, "C") == 0


def test_faults_strike_as_often_as_asked() -> None:
    faults = Faults()
    faults.add({"on": "api:chat.*", "what": "delay", "times": 2})
    faults.add({"on": "api:*", "what": "drop", "times": -1})
    assert list(faults.take("api:chat.update")) == ["delay", "drop"]
    assert list(faults.take("api:views.open")) == ["drop"]
    assert list(faults.take("api:chat.update")) == ["delay", "drop"]
    assert list(faults.take("api:chat.update")) == ["drop"]
    faults.clear()
    assert faults.take("api:chat.update") == {}


MALFORMED = {
    "empty": {},
    "no_what": {"on": "api:*"},
    "unknown": {"on": "x", "what": "explode"},
    "times": {"on": "x", "what": "drop", "times": "often"},
    "status": {"on": "x", "what": "status", "status": 42},
}


@pytest.mark.parametrize("wish", MALFORMED.values(), ids=MALFORMED)
def test_malformed_faults_are_named(wish: dict[str, object]) -> None:
    with pytest.raises(BadRequest):
        Faults().add(wish)


def test_kinds_are_the_documented_ones() -> None:
    assert set(KINDS) == {
        "delay",
        "drop",
        "drop_after",
        "duplicate",
        "reorder",
        "status",
        "rate_limit",
        "disconnect",
    }
