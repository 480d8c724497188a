"""`plumb exp run` with a judge: a server on loopback that speaks chat completions is asked for verdicts."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.llm.servers import OpenAIServer, Say, serving
from tests.paths import REPO

GREETS = {"type": "llm-rubric", "value": "Greets {{q}}."}
KIND = {"type": "llm-rubric", "value": "Is kind."}
OWN = "openai:chat:own"
PLAIN = {"type": "contains", "value": "plain"}


class JudgeServer(OpenAIServer):
    """Passes what greets; every request is kept."""

    def __init__(self) -> None:
        super().__init__(self._say() for _ in iter(int, 1))

    def _say(self) -> Say:
        greets = "Hello" in self.bodies[-1]["messages"][-1]["content"].partition("output begin")[2]
        answer = {"reason": "Seen.", "passed": greets, "score": 0.9 if greets else 0.2}
        return Say(json.dumps(answer))


async def plumb(
    folder: Path, *options: str, own: str = "", **environment: str
) -> tuple[int, dict[str, Any], str]:
    """(exit code, what the report says, standard error)."""
    checks = {"Hello Ann": GREETS, "Go away": KIND | ({"provider": own} if own else {}), "plain": PLAIN}
    tests = [{"vars": {"q": said}, "assert": [check]} for said, check in checks.items()]
    config = folder / "config.json"
    config.write_text(json.dumps({"prompts": ["{{q}}"], "providers": ["echo"], "tests": tests}), "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLUMB", "OPENAI"))}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "exp", "run", str(config), "-f", "json", *options,
        cwd=REPO, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**kept, "PLUMB_DATA_DIR": str(folder / "data"), **environment},
    )  # fmt: skip
    out, err = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode or 0, json.loads(out) if out else {}, err.decode()


def by_case(report: dict[str, Any]) -> list[Any]:
    return [cell["pass"] for cell in report["cells"]]


@pytest.mark.parametrize("pinned", [True, False], ids=["--judge", "PLUMB_MODEL"])
async def test_a_rubric_is_judged_by_the_model_that_is_named(tmp_path: Path, pinned: bool) -> None:
    server = JudgeServer()
    async with serving(server) as origin:
        url = f"{origin}/v1"
        settings = {
            "OPENAI_API_KEY": "none",
            "PLUMB_OPENAI_BASE_URL": url,
            "PLUMB_ALLOWED_BASE_URLS": json.dumps([url]),
        }
        if pinned:
            code, report, err = await plumb(tmp_path, "--judge", "openai:judge", own=OWN, **settings)
        else:
            code, report, err = await plumb(tmp_path, PLUMB_MODEL="openai:judge", own=OWN, **settings)
    assert by_case(report) == [True, False, True], err
    assert code == 1  # a case failed
    assert [cell["score"] for cell in report["cells"]] == [0.9, 0.2, 1.0]
    asked = sorted(body["model"] for body in server.bodies)
    assert asked == (["judge", "judge"] if pinned else ["judge", "own"])
    assert any("Greets Hello Ann." in body["messages"][-1]["content"] for body in server.bodies)


async def test_without_a_judge_those_cases_are_refused_and_the_others_run(tmp_path: Path) -> None:
    code, report, _ = await plumb(tmp_path)
    assert by_case(report) == [None, None, True]
    assert code == 4
    assert 'the assertion "llm-rubric" needs a judge model: set PLUMB_MODEL' in report["cells"][0]["error"]
    assert any("--judge provider:model" in each for each in report["unsupported"])


async def test_a_judge_must_be_named_in_full(tmp_path: Path) -> None:
    code, report, _ = await plumb(tmp_path, "--judge", "gpt")
    assert code == 3
    assert "--judge gpt is no model" in json.dumps(report)
