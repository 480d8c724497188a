"""/healthz, /readyz and /metrics."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterator

import pytest
from httpx2 import ASGITransport, AsyncClient
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from bot.errors import StoreError
from bot.intake import Metrics, Probe, health_routes
from bot.intake import health as module
from bot.intake.metrics import BOUNDS, Histogram
from bot.logs import log_failure
from bot.store import Store


@pytest.fixture
def metrics() -> Iterator[Metrics]:
    metrics = Metrics()
    yield metrics
    metrics.close()


async def get(path: str, probes: list[Probe], metrics: Metrics) -> tuple[int, str]:
    app = Starlette(routes=health_routes(probes, metrics))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://bot") as client:
        answer = await client.get(path)
    return answer.status_code, answer.text


async def fine() -> str | None:
    return None


async def late() -> str | None:
    return "not connected"


async def broken() -> str | None:
    raise StoreError("The database cannot be reached.", hint="Start it.")


async def unexpected() -> str | None:
    raise ValueError("xoxb-canary")


async def hanging() -> str | None:
    await asyncio.Event().wait()
    return None


async def test_a_process_that_answers_lives_whatever_it_can_do(metrics: Metrics) -> None:
    assert await get("/healthz", [("database", broken)], metrics) == (200, "ok\n")


async def test_it_is_ready_when_all_parts_are(metrics: Metrics) -> None:
    assert await get("/readyz", [("database", fine), ("Slack", fine)], metrics) == (200, "ready\n")


async def test_every_part_that_is_not_ready_says_why_on_a_line(
    metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    probes: list[Probe] = [
        ("database", broken),
        ("work", fine),
        ("Slack", late),
        ("disk", hanging),
        ("more", unexpected),
    ]
    status, text = await get("/readyz", probes, metrics)
    assert status == 503
    lines = text.splitlines()
    assert lines[:3] == [
        "database: The database cannot be reached. Start it.",
        "Slack: not connected",
        "disk: no answer within 0.05 s",
    ]
    assert re.fullmatch(r"more: it failed, see the log under [0-9a-f]{8}", lines[3])
    assert "xoxb" not in text


async def test_metrics_are_what_prometheus_reads(metrics: Metrics) -> None:
    metrics.acked("command", 0.02)
    metrics.acked("command", 0.3)
    metrics.acked("event", 9.0)
    log_failure(ValueError("one"))

    async def pending() -> dict[str, float]:
        return {"": 7.0}

    async def posts() -> dict[str, float]:
        return {"sent": 2.0, 'a"b\\c\n': 1.0}

    async def failing() -> dict[str, float]:
        raise StoreError("gone")

    metrics.look("jobs_pending", "Jobs.", pending)
    metrics.look("gone", "Cannot be read.", failing)
    metrics.look("posts", "Posts.", posts, label="state")
    status, text = await get("/metrics", [], metrics)
    lines = text.splitlines()
    assert status == 200
    assert 'plumbline_ack_seconds_bucket{kind="command",le="0.01"} 0' in lines
    assert 'plumbline_ack_seconds_bucket{kind="command",le="0.025"} 1' in lines
    assert 'plumbline_ack_seconds_bucket{kind="command",le="+Inf"} 2' in lines
    assert 'plumbline_ack_seconds_sum{kind="command"} 0.320000' in lines
    assert 'plumbline_ack_seconds_bucket{kind="event",le="3"} 0' in lines
    assert 'plumbline_ack_seconds_count{kind="event"} 1' in lines
    assert "plumbline_jobs_pending 7" in lines
    assert 'plumbline_posts{state="a\\"b\\\\c\\n"} 1' in lines
    assert "plumbline_failures_total 1" in lines
    assert "plumbline_gone" not in text
    for line in lines:
        assert re.fullmatch(r"# (HELP|TYPE) plumbline_\w+ .+|plumbline_\w+(\{.*\})? [-+.e\dInf]+", line), line


@given(st.lists(st.floats(0, 10)))
def test_a_histogram_adds_up(durations: list[float]) -> None:
    histogram = Histogram()
    for seconds in durations:
        histogram.observe("x", seconds)
    shown = dict(line.rsplit(" ", 1) for line in histogram.lines("h"))
    for bound in BOUNDS:
        expected = sum(seconds <= bound for seconds in durations)
        assert not durations or int(shown[f'h_bucket{{kind="x",le="{bound:g}"}}']) == expected
    assert int(shown.get('h_count{kind="x"}', 0)) == len(durations)


@pytest.fixture
async def totals_text(store: Store) -> AsyncIterator[str]:
    metrics = Metrics()

    async def posts() -> dict[str, float]:
        return {state: float(count) for state, count in (await store.totals()).posts.items()}

    metrics.look("posts", "Posts.", posts, label="state")
    yield await metrics.text()
    metrics.close()


async def test_states_that_no_post_is_in_are_shown_as_none(totals_text: str) -> None:
    for state in ("queued", "sending", "sent", "failed"):
        assert f'plumbline_posts{{state="{state}"}} 0' in totals_text


def test_closed_metrics_leave_the_log_alone() -> None:
    before = list(logging.getLogger("plumbline").handlers)
    Metrics().close()
    assert logging.getLogger("plumbline").handlers == before
