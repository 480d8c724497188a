"""`plumb exp run` with a judge: a server on loopback that speaks chat completions is asked for verdicts."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Plumb
from tests.contracts.llm.servers import OpenAIServer, Say, serving

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


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Iterator[JudgeServer]:
    """A server on a loop of its own, and settings that lead to it."""
    server, loop = JudgeServer(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    stack = AsyncExitStack()
    entered = asyncio.run_coroutine_threadsafe(stack.enter_async_context(serving(server)), loop)
    url = f"{entered.result(20)}/v1"
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("PLUMB_OPENAI_BASE_URL", url)
    monkeypatch.setenv("PLUMB_ALLOWED_BASE_URLS", json.dumps([url]))
    yield server
    asyncio.run_coroutine_threadsafe(stack.aclose(), loop).result(20)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(20)
    loop.close()


def config(folder: Path, *, own: str = "") -> str:
    checks = {"Hello Ann": GREETS, "Go away": KIND | ({"provider": own} if own else {}), "plain": PLAIN}
    tests = [{"vars": {"q": said}, "assert": [check]} for said, check in checks.items()]
    path = folder / "config.json"
    path.write_text(json.dumps({"prompts": ["{{q}}"], "providers": ["echo"], "tests": tests}), "utf-8")
    return str(path)


def by_case(report: dict[str, Any]) -> list[Any]:
    return [cell["pass"] for cell in report["cells"]]


@pytest.mark.parametrize("pinned", [True, False], ids=["--judge", "PLUMB_MODEL"])
def test_a_rubric_is_judged_by_the_model_that_is_named(
    tmp_path: Path, plumb: Plumb, judge: JudgeServer, monkeypatch: pytest.MonkeyPatch, pinned: bool
) -> None:
    options = ("--judge", "openai:judge") if pinned else ()
    if not pinned:
        monkeypatch.setenv("PLUMB_MODEL", "openai:judge")
    done = plumb("exp", "run", config(tmp_path, own=OWN), "-f", "json", *options)
    assert by_case(done.json) == [True, False, True], done.err
    assert done.code == 1  # a case failed
    assert [cell["score"] for cell in done.json["cells"]] == [0.9, 0.2, 1.0]
    asked = sorted(body["model"] for body in judge.bodies)
    assert asked == (["judge", "judge"] if pinned else ["judge", "own"])
    assert any("Greets Hello Ann." in body["messages"][-1]["content"] for body in judge.bodies)
    assert (done.json["verdict"], done.json["comparison"]) == ("nothing to compare", None)


def test_without_a_judge_those_cases_are_refused_and_the_others_run(tmp_path: Path, plumb: Plumb) -> None:
    done = plumb("exp", "run", config(tmp_path), "-f", "json")
    assert by_case(done.json) == [None, None, True]
    assert done.code == 4
    assert 'the assertion "llm-rubric" needs a judge model: set PLUMB_MODEL' in done.json["cells"][0]["error"]
    assert any("--judge provider:model" in each for each in done.json["unsupported"])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--judge", "gpt"), "--judge gpt is no model"),
        (("--pairwise", "kinder"), "--pairwise lays two arms side by side, and this run has 1."),
    ],
    ids=["a judge without a provider", "one arm beside nothing"],
)
def test_what_cannot_be_judged_is_said_before_anything_is_sent(
    tmp_path: Path, plumb: Plumb, options: tuple[str, ...], said: str
) -> None:
    done = plumb("exp", "run", config(tmp_path), "-f", "json", *options)
    assert done.code == 3
    assert said in done.out + done.err
