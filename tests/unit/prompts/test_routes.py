"""GET /v1/prompts: who may read, what they get, what costs nothing, and what fails in one sentence."""

from collections.abc import Mapping

import pytest
from httpx2 import ASGITransport, AsyncClient, Response
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.domain.people import Person, Role
from bot.errors import StoreError
from bot.intake import prompt_routes
from bot.services.people import PeopleService
from bot.services.prompts import PromptService
from bot.store import Store
from tests.conftest import FixedClock

TOKEN = "a-token-of-32-characters-or-so-x"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
ANA, BO = Person("ana"), Person("bo")
BODY = "# System\nNever promise a refund.\n# User\n{{ message }}"


@pytest.fixture
async def prompts(store: Store, clock: FixedClock) -> PromptService:
    service = PromptService(store, clock, PeopleService(store, clock, Role.REVIEWER))
    await service.save("reply", BODY, ANA, model="openai:gpt-5-mini")
    await service.save("reply", f"{BODY} in {{{{ language }}}}", ANA)
    await service.promote("reply@1", BO, override="the first")
    return service


async def get(
    prompts: PromptService,
    path: str,
    headers: Mapping[str, str] = BEARER,
    token: str | None = TOKEN,
    method: str = "GET",
) -> Response:
    app = Starlette(routes=prompt_routes(prompts, SecretStr(token) if token else None))
    sent = {name.encode(): value.encode() for name, value in headers.items()}
    async with AsyncClient(transport=ASGITransport(app), base_url="http://bot") as client:
        return await client.request(method, path, headers=sent)


def failure(response: Response) -> tuple[int, str]:
    error = response.json()["error"]
    assert set(error) == {"code", "message", "hint"}
    assert response.headers["cache-control"] == "no-store"
    return response.status_code, error["message"]


async def test_the_live_prompt(prompts: PromptService) -> None:
    found = await get(prompts, "/v1/prompts/reply?label=production")
    assert found.status_code == 200
    assert found.json() == {
        "name": "reply",
        "version": 1,
        "label": "production",
        "system": "Never promise a refund.",
        "user": "{{ message }}",
        "inputs": ["message"],
        "model": "openai:gpt-5-mini",
        "fingerprint": (await prompts.get("reply@1")).fingerprint,
    }
    assert found.headers["cache-control"] == "private, no-cache"
    assert (await get(prompts, "/v1/prompts/reply")).json() == found.json()


async def test_a_version_is_what_it_is_for_ever(prompts: PromptService) -> None:
    found = await get(prompts, "/v1/prompts/reply?version=2")
    assert (found.json()["version"], found.json()["label"]) == (2, None)
    assert found.json()["inputs"] == ["message", "language"]
    assert "immutable" in found.headers["cache-control"]


async def test_nothing_is_sent_again_until_the_label_moves(prompts: PromptService) -> None:
    etag = (await get(prompts, "/v1/prompts/reply")).headers["etag"]
    assert etag.startswith('"')
    for sent in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        again = await get(prompts, "/v1/prompts/reply", {**BEARER, "If-None-Match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    await prompts.promote("reply@2", BO, override="better")
    moved = await get(prompts, "/v1/prompts/reply", {**BEARER, "If-None-Match": etag})
    assert (moved.status_code, moved.json()["version"]) == (200, 2)
    await prompts.rollback("reply", BO, "tone")
    back = await get(prompts, "/v1/prompts/reply", {**BEARER, "If-None-Match": moved.headers["etag"]})
    assert (back.status_code, back.json()["version"], back.headers["etag"]) == (200, 1, etag)


async def test_the_label_is_part_of_the_etag(prompts: PromptService) -> None:
    await prompts.promote("reply@1", BO, label="canary")
    paths = ("/v1/prompts/reply", "/v1/prompts/reply?label=canary", "/v1/prompts/reply?version=1")
    assert len({(await get(prompts, path)).headers["etag"] for path in paths}) == 3


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": f"Bearer {TOKEN[:-1]}"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
        {"Authorization": "Bearer é"},
        {"X-Api-Key": TOKEN},
    ],
    ids=["nothing", "no token", "longer", "shorter", "basic", "bare", "not ASCII", "other header"],
)
async def test_without_the_token_nothing_is_said(prompts: PromptService, headers: dict[str, str]) -> None:
    for path in ("/v1/prompts/reply", "/v1/prompts/not_there"):
        refused = await get(prompts, path, headers)
        assert failure(refused) == (401, "The bearer token is missing or wrong.")
        assert refused.headers["www-authenticate"].startswith("Bearer")
        assert TOKEN not in refused.text


@pytest.mark.parametrize("headers", [{}, BEARER, {"Authorization": "Bearer "}], ids=["none", "one", "empty"])
async def test_a_bot_without_a_token_says_what_to_set(
    prompts: PromptService, headers: dict[str, str]
) -> None:
    refused = await get(prompts, "/v1/prompts/reply", headers, token=None)
    assert failure(refused)[0] == 403
    assert refused.json()["error"]["hint"] == "Set PLUMB_API_TOKEN."


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("nothing", 404, "There is no prompt nothing."),
        ("reply?label=canary", 404, "No version of reply is in canary."),
        ("reply?version=9", 404, "There is no reply@9."),
        ("reply?version=0", 400, "That is neither a label nor a version."),
        ("reply?version=2&label=production", 404, "reply@2 is not in production: reply@1 is."),
        ("reply?version=%D9%A3", 400, "That is neither a label nor a version."),
        ("reply?label=PRODUCTION", 400, "'PRODUCTION' cannot be a label."),
        ("Reply", 400, "'Reply' cannot name a prompt."),
        ("reply@2", 400, "'reply@2' cannot name a prompt."),
    ],
)
async def test_what_cannot_be_read_is_one_sentence(
    prompts: PromptService, path: str, status: int, message: str
) -> None:
    assert failure(await get(prompts, f"/v1/prompts/{path}")) == (status, message)


async def test_other_methods_and_heads(prompts: PromptService) -> None:
    assert (await get(prompts, "/v1/prompts/reply", method="POST")).status_code == 405
    head = await get(prompts, "/v1/prompts/reply", method="HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"]


@pytest.mark.parametrize(
    ("error", "status"),
    [(StoreError("The database cannot be reached.", hint="Start it."), 503), (ValueError(TOKEN), 500)],
)
async def test_a_failure_tells_no_secret(
    prompts: PromptService, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    async def broken(_reference: str) -> None:
        raise error

    monkeypatch.setattr(prompts, "get", broken)
    response = await get(prompts, "/v1/prompts/reply")
    assert failure(response)[0] == status
    assert TOKEN not in response.text
