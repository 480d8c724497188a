"""The OpenAPI document says what the server does, and the page that shows it needs no network."""

import asyncio
import re
import sys
from typing import Any, get_args

import pytest

from bot.domain.feedback import REASONS
from bot.intake import schemas
from tests.intake.conftest import Office
from tests.paths import REPO

ASKED = ("--phases", "examples,coverage,fuzzing", "--max-examples", "6", "--seed", "1")
CONFIG = REPO / "tests" / "intake" / "schemathesis.toml"
FREELY: dict[str, Any] = {"intake_rate": 1e6, "intake_bytes_rate": 1e9}


@pytest.mark.parametrize("options", [FREELY])
async def test_schemathesis_finds_the_document_true(office: Office) -> None:
    document = f"{office.client.base_url}/openapi.json"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run", document,
        "--header", f"Authorization: Bearer {office.secret}", *ASKED,
        cwd=office.settings.data_dir,
        env={"PYTHONPATH": str(REPO), "PATH": ""},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await asyncio.wait_for(process.communicate(), 180)
    assert process.returncode == 0, said.decode()
    assert "Operations:       5 selected" in said.decode()


async def test_the_document_names_every_answer(office: Office) -> None:
    document = (await office.client.get("/openapi.json")).json()
    assert set(document["paths"]) == {
        "/v1/interactions", "/v1/feedback", "/v1/metrics", "/v1/traces", "/v1/prompts/{name}",
    }  # fmt: skip
    for path, verbs in document["paths"].items():
        for told in verbs.values():
            assert told["security"], path
            expected = {"200", "400", "401", "500", "503"}
            sending = {"408", "413", "415", "422", "429"} if "requestBody" in told else set()
            assert expected | sending <= set(told["responses"])
            if "requestBody" in told:
                assert told["requestBody"]["content"]["application/json"]["example"]
    assert set(document["components"]["securitySchemes"]) == {"key", "token"}


async def test_the_page_loads_nothing_from_elsewhere(office: Office) -> None:
    answer = await office.client.get("/docs")
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    for sign in ("<script", "<link", "src=", "@import", "url("):
        assert sign not in answer.text
    assert re.findall(r'href="([^"]*)"', answer.text) == ["openapi.json"]
    for word in ("/v1/interactions", "/v1/traces", "input_tokens", "wrong_facts", "Retry-After"):
        assert word in answer.text


async def test_unknown_addresses_and_methods_are_answered_in_the_same_shape(office: Office) -> None:
    nowhere, wrong = await office.client.get("/v1/nothing"), await office.client.get("/v1/interactions")
    assert (nowhere.status_code, nowhere.json()["error"]["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["error"]["code"], wrong.headers["allow"]) == (
        405,
        "bad_method",
        "POST",
    )


def test_reasons_are_those_of_feedback() -> None:
    assert get_args(schemas.Reason) == tuple(REASONS)
