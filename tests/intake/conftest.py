"""A real server on a loopback port, a feature under watch, and a key to it."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from httpx2 import AsyncClient, Response

from bot.bootstrap import Services, build_services
from bot.domain.features import Watched
from bot.domain.people import Person
from bot.intake import HttpServer, Metrics, api_routes, health_routes
from bot.settings import Settings
from bot.store.database import upgrade
from tests.conftest import FixedClock

ADA = Person("U1", is_admin=True)


@dataclass
class Office:
    """The bot's side and a client's, over one server."""

    services: Services
    settings: Settings
    client: AsyncClient
    secret: str = ""

    async def post(
        self, path: str, body: Any = None, *, secret: str | None = None, headers: dict[str, str] | None = None
    ) -> Response:
        """``body``: bytes as they are, else as JSON."""
        sent = {"Authorization": f"Bearer {self.secret if secret is None else secret}", **(headers or {})}
        if isinstance(body, bytes):
            sent.setdefault("Content-Type", "application/json")
            return await self.client.post(path, content=body, headers=sent)
        return await self.client.post(path, json=body, headers=sent)

    async def send(self, *records: dict[str, Any]) -> Response:
        return await self.post("/v1/interactions", list(records))

    async def count(self, feature: str = "reply") -> int:
        async with self.services.store.read() as unit:
            return await unit.interactions.count(feature)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("intake") / "plumbline.db"
    upgrade(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture
def options() -> dict[str, Any]:
    """Settings of a test's own."""
    return {}


@pytest.fixture
async def office(
    tmp_path: Path, migrated: Path, clock: FixedClock, options: dict[str, Any]
) -> AsyncIterator[Office]:
    shutil.copy(migrated, tmp_path / "plumbline.db")
    settings = Settings(data_dir=tmp_path, workers=0, team="team-a", **options)
    services = build_services(settings, clock=clock)
    metrics = Metrics()
    server = HttpServer(
        [*health_routes([], metrics), *api_routes(services, settings, metrics)], host="127.0.0.1", port=0
    )
    await server.start()
    try:
        await services.features.add(Watched("reply"), ADA)
        _, secret = await services.keys.create("reply", "shop", ADA)
        async with AsyncClient(base_url=f"http://127.0.0.1:{server.port}") as client:
            yield Office(services, settings, client, secret)
    finally:
        await server.stop()
        metrics.close()
        await services.close()
