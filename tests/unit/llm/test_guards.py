"""The guards around every provider, shown on a script with a price."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from bot.domain.redaction import redact
from bot.errors import BudgetReached, ModelAnswerInvalid, ModelError, ModelRejected, ModelUnavailable
from bot.llm import Access, GuardedModel, Guards, MemoryBudget, MemoryCache, Retry, open_model, print_to
from bot.llm.cache import cache_key
from bot.llm.prices import request_tokens
from bot.llm.scripted import Said, ScriptedProvider, Step
from bot.llm.wire import Reading
from bot.ports import ModelRequest


class Note(BaseModel):
    """An answer of one line."""

    model_config = ConfigDict(extra="forbid")

    text: str


class PricedScript(ScriptedProvider):
    """A script that costs what a small model of OpenAI's costs: 0.15 and 0.60 dollars a million tokens."""

    vendor = "openai"

    def __init__(self, steps: Any) -> None:
        super().__init__(steps, "gpt-4o-mini")


REQUEST = ModelRequest("Note it.", "Where is my card?", Note, max_output_tokens=1000, prompt="note@1")
GOOD = Reading('{"text": "late card"}', input_tokens=2000, output_tokens=100)
COST = 2000 * 0.15e-6 + 100 * 0.60e-6


def identity(text: str) -> str:
    return text


def real(text: str) -> str:
    return redact(text).text


async def no_sleep(_seconds: float) -> None:
    return None


def guarded(steps: Any, provider: Callable[[Any], ScriptedProvider] = PricedScript, **changes: Any) -> Any:
    values: dict[str, Any] = {
        "redact_calls": identity,
        "redact_shown": identity,
        "budget": MemoryBudget(1.0),
        "retry": Retry(sleep=no_sleep),
    }
    script = provider(steps)
    return GuardedModel(script, Guards(**{**values, **changes})), script


class TestMoney:
    """Reserved before, settled after."""

    async def test_the_estimate_is_the_price_of_a_full_answer(self) -> None:
        model, _ = guarded([])
        tokens = request_tokens(REQUEST)
        assert tokens > len(REQUEST.system + REQUEST.user) / 4
        assert model.estimate(REQUEST) == pytest.approx(tokens * 0.15e-6 + 1000 * 0.60e-6)

    async def test_a_call_over_the_cap_is_not_sent(self) -> None:
        model, script = guarded([GOOD], budget=MemoryBudget(0.0001))
        with pytest.raises(BudgetReached, match=r"cap of \$0.00"):
            await model.complete(REQUEST)
        assert script.requests == []

    async def test_without_a_budget_nothing_may_be_spent(self) -> None:
        script = PricedScript([GOOD])
        model = GuardedModel(script, Guards(identity, identity))
        with pytest.raises(BudgetReached):
            await model.complete(REQUEST)
        assert script.requests == []

    async def test_retries_stop_at_the_cap_too(self) -> None:
        dropped = ModelUnavailable("dropped", code="model_no_answer")
        model, script = guarded(repeat(dropped), retry=Retry(attempts=50, sleep=no_sleep))
        estimate = model.estimate(REQUEST)
        budget = MemoryBudget(estimate * 3.5)
        model, script = guarded(repeat(dropped), budget=budget, retry=Retry(attempts=50, sleep=no_sleep))
        with pytest.raises(BudgetReached):
            await model.complete(REQUEST)
        assert len(script.requests) == 3
        assert budget.spent == pytest.approx(3 * estimate)

    async def test_a_cancelled_call_stays_counted(self) -> None:
        started = asyncio.Event()

        async def hang(_request: ModelRequest[Any]) -> Said:
            started.set()
            await asyncio.Event().wait()
            raise AssertionError

        budget = MemoryBudget(1.0)
        model, _ = guarded([hang], budget=budget)
        task = asyncio.create_task(model.complete(REQUEST))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert budget.spent == pytest.approx(model.estimate(REQUEST))

    @given(st.lists(st.sampled_from(["good", "refused", "cut", "broken", "drop", "limit"]), max_size=12))
    async def test_the_cap_holds_whatever_happens(self, kinds: list[str]) -> None:
        steps: dict[str, Step] = {
            "good": GOOD,
            "refused": replace(GOOD, stop="refused"),
            "cut": replace(GOOD, stop="truncated"),
            "broken": replace(GOOD, text="{"),
            "drop": ModelUnavailable("x", code="model_no_answer"),
            "limit": ModelUnavailable("x"),
        }
        budget = MemoryBudget(0.004)
        model, _ = guarded([steps[kind] for kind in kinds], budget=budget, concurrency=3)
        asked = [replace(REQUEST, user=str(i)) for i in range(8)]
        done = await asyncio.gather(*(model.complete(each) for each in asked), return_exceptions=True)
        assert all(isinstance(each, ModelError) or hasattr(each, "answer") for each in done)
        assert 0 <= budget.spent <= budget.cap


class TestRedaction:
    """Nothing personal goes out, comes back, is kept or is shown."""

    CARD, MAIL = "4111 1111 1111 1111", "jane.doe@example.org"

    async def test_the_prompt_is_redacted_again(self) -> None:
        model, script = guarded([GOOD], redact_calls=real)
        await model.complete(replace(REQUEST, user=f"card {self.CARD} and {self.MAIL}"))
        assert script.requests[0].user == "card [CARD_1] and [EMAIL_1]"

    @pytest.mark.parametrize("escape", ["@", "\\u0040"])
    async def test_the_answer_is_redacted_once_decoded(self, escape: str) -> None:
        text = '{"text": "write to ' + self.MAIL.replace("@", escape) + '"}'
        cache = MemoryCache()
        model, _ = guarded([text], redact_calls=real, cache=cache)
        first = await model.complete(REQUEST)
        again = await model.complete(REQUEST)
        assert first.answer.text == again.answer.text == "write to [EMAIL_1]"
        assert "jane" not in str(cache.__dict__)

    async def test_traffic_is_shown_redacted(self, capsys: pytest.CaptureFixture[str]) -> None:
        import sys

        model, _ = guarded(
            ['{"text": "card ' + self.CARD + '"}', '{"' + self.MAIL + '": 1}'],
            redact_shown=real,
            on_traffic=print_to(sys.stderr),
        )
        await model.complete(replace(REQUEST, user=f"I am {self.MAIL}"))
        with pytest.raises(ModelAnswerInvalid) as failure:
            await model.complete(REQUEST)
        shown = capsys.readouterr().err
        records = [json.loads(line) for line in shown.splitlines()]
        assert [record["event"] for record in records] == [
            "request", "response", "request", "response", "failure",
        ]  # fmt: skip
        assert all(record["model"] == "openai:gpt-4o-mini" for record in records)
        assert records[1]["cost"] is not None
        for secret in (self.CARD, self.MAIL, "jane"):
            assert secret not in shown + failure.value.message


class TestCache:
    """What makes two questions the same."""

    def key(self, model: str = "m", base_url: str = "", **changes: Any) -> str:
        script = ScriptedProvider([], model)
        script.base_url = base_url
        return cache_key(script, replace(REQUEST, **changes))

    def test_all_that_decides_an_answer_is_in_the_key(self) -> None:
        class Other(Note):
            mood: Literal["calm"]

        keys = [
            self.key(),
            self.key(model="n"),
            self.key(base_url="https://x.example"),
            self.key(system="Else."),
            self.key(user="Else?"),
            self.key(answers=Other),
            self.key(max_output_tokens=999),
        ]
        assert len(set(keys)) == len(keys)

    def test_the_fence_is_not(self) -> None:
        one = self.key(user="=== aaaa\nticket\n=== aaaa", fence="aaaa")
        assert one == self.key(user="=== bbbb\nticket\n=== bbbb", fence="bbbb")
        assert one != self.key(user="=== bbbb\nother\n=== bbbb", fence="bbbb")

    async def test_an_entry_that_fits_no_longer_is_asked_anew(self) -> None:
        cache = MemoryCache()
        model, script = guarded([GOOD], cache=cache)
        stale = json.dumps({"answer": {"txt": "old"}, "input_tokens": 1, "output_tokens": 1}).encode()
        await cache.put(cache_key(script, REQUEST), stale)
        assert (await model.complete(REQUEST)).answer.text == "late card"


async def test_no_more_than_so_many_at_once() -> None:
    running, most = 0, 0
    gate = asyncio.Event()

    async def slow(_request: ModelRequest[Any]) -> Said:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == 3:
            gate.set()
        await gate.wait()
        running -= 1
        return GOOD

    model, _ = guarded(repeat(slow), concurrency=3)
    await asyncio.gather(*(model.complete(replace(REQUEST, user=str(i))) for i in range(12)))
    assert most == 3


async def test_the_time_limit_is_for_the_whole_answer() -> None:
    async def hang(_request: ModelRequest[Any]) -> Said:
        await asyncio.Event().wait()
        raise AssertionError

    model, _ = guarded([hang], timeout=0.02, retry=Retry(attempts=1))
    with pytest.raises(ModelUnavailable, match="in time"):
        await model.complete(REQUEST)


async def test_a_stream_that_began_is_not_begun_again() -> None:
    """The caller has shown the first piece; a second beginning would garble what it shows."""

    class Breaking(PricedScript):
        async def send(self, request: Any, on_delta: Any = None) -> Reading:
            await super().send(request)
            on_delta("{")
            raise ModelUnavailable("dropped", code="model_no_answer")

    model, script = guarded([GOOD, GOOD], provider=Breaking)
    pieces: list[str] = []
    with pytest.raises(ModelUnavailable):
        await model.stream(REQUEST, pieces.append)
    assert pieces == ["{"]
    assert len(script.requests) == 1


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
async def test_numbers_that_are_none_are_no_json(number: str) -> None:
    model, _ = guarded(['{"text": ' + number + "}"])
    with pytest.raises(ModelAnswerInvalid, match="not JSON"):
        await model.complete(REQUEST)


@pytest.mark.parametrize(
    ("tried", "asked", "chance", "wait"),
    [
        (1, None, 0.0, 0.5), (2, None, 0.0, 1.0), (3, None, 0.0, 2.0), (9, None, 0.0, 8.0),
        (1, None, 1.0, 0.25), (3, 0.0, 0.5, 0.0), (1, 17.5, 0.5, 17.5),
    ],
)  # fmt: skip
async def test_waits(tried: int, asked: float | None, chance: float, wait: float) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    retry = Retry(attempts=tried + 1, sleep=sleep, chance=lambda: chance)

    async def fail() -> None:
        raise ModelUnavailable("x", retry_after=asked)

    with pytest.raises(ModelUnavailable):
        await retry.run(fail, lambda: True)
    assert slept[-1] == pytest.approx(wait)


async def test_a_script_plays_a_file(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text('{"text": "one"}\n\n{"text": "two"}\n', encoding="utf-8")
    model = open_model(f"scripted:{path}", Access(), Guards(identity, identity))
    assert model.name == "scripted:answers.jsonl"
    assert (await model.complete(REQUEST)).answer.text == "one"
    assert (await model.complete(replace(REQUEST, user="b"))).answer.text == "two"
    with pytest.raises(ModelRejected, match="no more answers"):
        await model.complete(replace(REQUEST, user="c"))
