"""Whether the process lives and can work, for whatever looks after it: /healthz, /readyz, /metrics."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.durable import Durable
from bot.errors import PlumblineError
from bot.intake.metrics import Metrics
from bot.logs import log_failure
from bot.store import Store

Probe = tuple[str, Callable[[], Awaitable[str | None]]]
"""A part of the bot, and a look at it: None when it is ready, else why it is not."""

PATIENCE = 3.0  # seconds that one look may take
PROMETHEUS = "text/plain; version=0.0.4"


def health_routes(probes: Sequence[Probe], metrics: Metrics) -> list[BaseRoute]:
    """The three addresses. What they say holds no text of any customer and no secret."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_request: Request) -> Response:
        reasons = await unready(probes)
        if reasons:
            return PlainTextResponse("\n".join(reasons) + "\n", status_code=503)
        return PlainTextResponse("ready\n")

    async def shown(_request: Request) -> Response:
        return PlainTextResponse(await metrics.text(), media_type=PROMETHEUS)

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", shown)]


async def unready(probes: Sequence[Probe]) -> list[str]:
    """One line for every part that is not ready."""
    found = await asyncio.gather(*(_look(probe) for probe in probes))
    return [reason for reason in found if reason is not None]


async def _look(probe: Probe) -> str | None:
    name, look = probe
    try:
        async with asyncio.timeout(PATIENCE):
            reason = await look()
    except TimeoutError:
        reason = f"no answer within {PATIENCE:g} s"
    except PlumblineError as error:
        reason = f"{error.message} {error.hint}".strip()
    except Exception as error:  # noqa: BLE001  what cannot be looked at is not ready
        reason = f"it failed, see the log under {log_failure(error)}"
    return None if reason is None else f"{name}: {reason}"


def probes(store: Store, durable: Durable, connected: Callable[[], bool]) -> list[Probe]:
    """The database at its schema, durable work, the connection to Slack."""

    async def work() -> str | None:
        await durable.pending()
        return None

    async def slack() -> str | None:
        return None if connected() else "not connected"

    return [database_probe(store), ("durable work", work), ("Slack", slack)]


def database_probe(store: Store) -> Probe:
    async def database() -> str | None:
        return None if await store.ready() else "it is at another schema"

    return "database", database


def watch(metrics: Metrics, store: Store, durable: Durable, connected: Callable[[], bool]) -> None:
    """Adds the figures of the database, of durable work and of the connection."""

    async def pending() -> dict[str, float]:
        return {"": float(await durable.pending())}

    async def oldest() -> dict[str, float]:
        return {"": await durable.oldest_pending_seconds()}

    async def posts() -> dict[str, float]:
        return {state: float(count) for state, count in (await store.totals()).posts.items()}

    async def spent() -> dict[str, float]:
        return {"": (await store.totals()).spent_usd}

    async def slack() -> dict[str, float]:
        return {"": float(connected())}

    metrics.look("jobs_pending", "Jobs that are not done, of all processes.", pending)
    metrics.look("jobs_oldest_seconds", "Age of the oldest job that is not done.", oldest)
    metrics.look("posts", "Messages to Slack by state, of all processes.", posts, label="state")
    metrics.look("slack_connected", "Whether this process is connected to Slack.", slack)
    metrics.look("model_spend_usd_total", "Spent on models, of all processes.", spent, kind="counter")
