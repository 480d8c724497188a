"""A product instrumented with packages as they are published sends its calls of models as they come."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.domain.interactions import Interaction
from bot.importers.interactions import read
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


@asynccontextmanager
async def receiver(bodies: list[bytes]) -> AsyncIterator[str]:
    """What a collector is to the SDK: takes traces and keeps their bodies."""

    async def take(request: web.Request) -> web.Response:
        assert request.content_type == "application/x-protobuf"
        bodies.append(await request.read())
        return web.Response()

    app = web.Application()
    app.router.add_post("/v1/traces", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def run_product(vendor: str, traces: str, key: str = "") -> None:
    """The product asks its model three times and ends."""
    async with serving(SERVERS[vendor](BEHAVIOURS)) as models:
        product = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.contracts.otel_product", vendor, models, traces, key,
            env=os.environ | {"OTEL_SDK_DISABLED": "false"}, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, said = await asyncio.wait_for(product.communicate(), 60)
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


@pytest.mark.parametrize("vendor", SERVERS)
async def test_what_instrumented_products_send_is_read(vendor: str) -> None:
    bodies: list[bytes] = []
    async with receiver(bodies) as traces:
        await run_product(vendor, traces)
    found = [read(body, "otlp", "reply", limit=100) for body in bodies]
    assert not [problem for each in found for problem in each.problems]
    assert sum(each.apart for each in found) == 3, "the product's own spans are no calls of a model"
    check([interaction for each in found for interaction in each.interactions], vendor)
