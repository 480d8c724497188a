"""A product instrumented with packages as they are published sends its calls of models as they come."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.bootstrap import Services, build_services
from bot.domain.features import Record, Watched
from bot.domain.interactions import Interaction
from bot.intake.server import HttpServer, api_routes
from bot.settings import Settings
from tests.contracts.llm.servers import INPUT_TOKENS as IN
from tests.contracts.llm.servers import OUTPUT_TOKENS as OUT
from tests.contracts.llm.servers import AnthropicServer, Fail, OpenAIServer, Say, WireServer, serving
from tests.contracts.otel_product import QUESTION

ANSWER = "It left yesterday."
BEHAVIOURS = (Say(ANSWER), Say(ANSWER), Fail(429))


class OpenAI(OpenAIServer):
    def fault(self, request: web.Request, body: dict[str, object]) -> str:
        return ""  # plain answers, without a schema


class Anthropic(AnthropicServer):
    def fault(self, request: web.Request, body: dict[str, object]) -> str:
        return ""


SERVERS: dict[str, type[WireServer]] = {"openai": OpenAI, "anthropic": Anthropic}


async def run_product(vendor: str, traces: str, key: str = "") -> None:
    """The product asks its model three times and ends."""
    async with serving(SERVERS[vendor](BEHAVIOURS)) as models:
        product = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.contracts.otel_product", vendor, models, traces, key,
            env=os.environ | {"OTEL_SDK_DISABLED": "false"}, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, said = await asyncio.wait_for(product.communicate(), 120)
    assert product.returncode == 0, said.decode()[-2_000:]


def check(found: list[Interaction], provider: str) -> None:
    """Three calls arrived with all that makes them of use."""
    by_model = {interaction.model: interaction for interaction in found}
    assert set(by_model) == {"whole", "streamed", "broken"}
    assert len({interaction.id for interaction in found}) == 3
    for name, interaction in by_model.items():
        assert interaction.input == QUESTION
        assert interaction.prompt == "reply@3"
        assert interaction.segment["plan"] == "pro"
        assert interaction.segment["provider"] == provider
        assert (interaction.segment["service.name"], interaction.segment["service.version"]) == (
            "shop",
            "1.2",
        )
        assert interaction.latency_ms is not None
        assert 0 < interaction.latency_ms < 60_000
        assert len(interaction.trace) == 32
        assert interaction.user
        assert ("429" in interaction.error) == (name == "broken")
    for name in ("whole", "streamed"):
        assert by_model[name].output == ANSWER
        assert by_model[name].output_tokens == OUT
        assert by_model[name].input_tokens == IN
    assert by_model["broken"].output == ""


@asynccontextmanager
async def intake(services: Services, settings: Settings) -> AsyncIterator[str]:
    """Plumbline's own address for products."""
    server = HttpServer(api_routes(services, settings), host="127.0.0.1", port=0)
    await server.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        await server.stop()


@pytest.mark.parametrize("vendor", SERVERS)
async def test_an_instrumented_product_needs_an_endpoint_and_a_key(vendor: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, workers=0)
    services = build_services(settings)
    now = datetime.now(UTC)
    try:
        async with services.store.write() as unit:
            await unit.features.save(Record(Watched("reply"), "U1", now, now))
        _, secret = await services.keys.create("reply", "shop", "ada")
        async with intake(services, settings) as address:
            await run_product(vendor, address, secret)
        async with services.store.read() as unit:
            stored = await unit.interactions.between(
                "reply", now - timedelta(days=1), now + timedelta(days=1)
            )
    finally:
        await services.close()
    check(stored, vendor)
    assert {interaction.user.split(":")[0] for interaction in stored} == {"product"}
