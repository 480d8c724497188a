"""The snippet of the README, as it stands there, against the real server."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.domain.people import Person, Role
from bot.intake import HttpServer, prompt_routes
from bot.services.people import PeopleService
from bot.services.prompts import PromptService
from bot.store import Store
from tests.conftest import FixedClock
from tests.paths import REPO

TOKEN = "a-token-of-32-characters-or-so-x"
ANA, BO = Person("ana"), Person("bo")


class Counting(PromptService):
    """Counts what it is asked, to tell a question from an answer kept."""

    asked = 0

    async def get(self, reference: str) -> Any:
        self.asked += 1
        return await super().get(reference)


@pytest.fixture
async def prompts(store: Store, clock: FixedClock) -> Counting:
    service = Counting(store, clock, PeopleService(store, clock, Role.REVIEWER))
    await service.save("reply", "# System\nNever lie.\n# User\nHello {{ name }}, {{name}}", ANA)
    await service.promote("reply@1", BO, override="first")
    return service


@pytest.fixture
async def server(prompts: Counting) -> AsyncIterator[HttpServer]:
    server = HttpServer(prompt_routes(prompts, SecretStr(TOKEN)), host="127.0.0.1", port=0)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def snippet(server: HttpServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """What the code in the README defines."""
    monkeypatch.setenv("PLUMB_URL", f"http://127.0.0.1:{server.port}")
    monkeypatch.setenv("PLUMB_API_TOKEN", TOKEN)
    monkeypatch.chdir(tmp_path)
    readme = (REPO / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    code = [block for block in blocks if "def live_prompt" in block]
    assert len(code) == 1
    names: dict[str, Any] = {}
    exec(compile(code[0], "README.md", "exec"), names)  # noqa: S102  our own README is what is under test
    return names


async def test_it_reads_the_live_prompt_and_fills_it_in(snippet: dict[str, Any]) -> None:
    prompt = await asyncio.to_thread(snippet["live_prompt"], "reply")
    assert (prompt["version"], prompt["system"]) == (1, "Never lie.")
    assert snippet["fill"](prompt["user"], {"name": r"Ana \1 {{ name }}"}) == (
        r"Hello Ana \1 {{ name }}, Ana \1 {{ name }}"
    )


async def test_it_asks_cheaply_and_follows_the_label(
    snippet: dict[str, Any], prompts: Counting, tmp_path: Path
) -> None:
    read = snippet["live_prompt"]
    first = await asyncio.to_thread(read, "reply")
    kept = tmp_path / "prompts-kept" / "reply.production.json"
    written = kept.stat().st_mtime_ns
    assert await asyncio.to_thread(read, "reply") == first
    assert (prompts.asked, kept.stat().st_mtime_ns) == (2, written)
    await prompts.save("reply", "Hi {{ name }}, never lie.", ANA)
    await prompts.promote("reply@2", BO, override="shorter")
    assert (await asyncio.to_thread(read, "reply"))["version"] == 2
    await prompts.rollback("reply", BO, "tone")
    assert (await asyncio.to_thread(read, "reply")) == first
    assert json.loads(kept.read_text("utf-8"))["prompt"] == first
    assert [path.name for path in kept.parent.iterdir()] == ["reply.production.json"]


async def test_the_last_good_copy_serves_while_the_bot_is_away(
    snippet: dict[str, Any], server: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = snippet["live_prompt"]
    good = await asyncio.to_thread(read, "reply")
    monkeypatch.setenv("PLUMB_API_TOKEN", "another-token-that-is-wrong")
    assert await asyncio.to_thread(read, "reply") == good
    await server.stop()
    assert await asyncio.to_thread(read, "reply") == good
    with pytest.raises(RuntimeError, match="no prompt reply yet"):
        await asyncio.to_thread(read, "reply", "canary")


async def test_without_a_copy_it_says_what_is_wrong(snippet: dict[str, Any]) -> None:
    with pytest.raises(RuntimeError, match="no prompt nothing yet: HTTP Error 404"):
        await asyncio.to_thread(snippet["live_prompt"], "nothing")
