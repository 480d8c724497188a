"""One contract for every provider: the real SDKs against local servers, and the script that stands in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from itertools import repeat
from typing import Any

import pytest

from bot.errors import (
    BudgetReached,
    ModelAnswerInvalid,
    ModelError,
    ModelRateLimited,
    ModelRefused,
    ModelRejected,
    ModelTruncated,
    ModelUnavailable,
)
from bot.llm import GuardedModel, MemoryBudget, Retry
from bot.llm.failures import NO_ANSWER
from bot.ports import ModelReply
from tests.contracts.llm.backends import BACKENDS, GOOD, REQUEST, Backend, Mood
from tests.contracts.llm.servers import INPUT_TOKENS, OUTPUT_TOKENS, Drop, Fail, Hang, Plain, Say


@pytest.fixture(params=BACKENDS)
async def backend(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Backend]:
    async with AsyncExitStack() as stack:
        yield BACKENDS[request.param](stack, monkeypatch)


@pytest.fixture(params=["whole", "stream"])
def ask(request: pytest.FixtureRequest) -> Any:
    """Both ways to ask; what holds for one holds for the other."""

    async def whole(model: GuardedModel) -> ModelReply[Mood]:
        return await model.complete(REQUEST)

    async def stream(model: GuardedModel) -> ModelReply[Mood]:
        return await model.stream(REQUEST, lambda _piece: None)

    return {"whole": whole, "stream": stream}[request.param]


async def test_a_good_answer_comes_typed_counted_and_priced(backend: Any, ask: Any) -> None:
    model = await backend.model([Say(GOOD)])
    reply = await ask(model)
    assert reply.answer == Mood(mood="cross", reasons=["waited a week", "no answer"])
    assert reply.model == model.name == backend.name
    assert (reply.input_tokens, reply.output_tokens) == (INPUT_TOKENS, OUTPUT_TOKENS)
    assert reply.cost == (pytest.approx(backend.cost) if backend.priced else None)
    assert reply.latency_ms >= 0
    assert not reply.cached
    assert backend.watch.budget.spent == pytest.approx(backend.cost)


async def test_without_usage_the_tokens_are_counted_here(backend: Any, ask: Any) -> None:
    model = await backend.model([Say(GOOD, usage=False)])
    reply = await ask(model)
    assert len(GOOD) / 4 < reply.output_tokens < len(GOOD)
    assert reply.input_tokens > len(REQUEST.system + REQUEST.user) / 4
    assert backend.watch.shown[-1]["counted_here"] is True


async def test_a_refusal_is_told_paid_for_and_not_repeated(backend: Any, ask: Any) -> None:
    model = await backend.model([Say("I can't help with that.", stop="refused")])
    with pytest.raises(ModelRefused):
        await ask(model)
    assert backend.calls == 1
    if ask.__name__ == "whole" or backend.name.startswith("anthropic"):
        assert backend.watch.budget.spent == pytest.approx(backend.cost)


async def test_a_truncated_answer_is_told_and_paid_for(backend: Any, ask: Any) -> None:
    model = await backend.model([Say(GOOD[:20], stop="truncated")])
    with pytest.raises(ModelTruncated, match="500 tokens"):
        await ask(model)
    assert backend.calls == 1
    assert backend.watch.budget.spent > 0 or not backend.priced


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('{"mood": "cross", "reasons": [', ""),
        ("Certainly! Here is the JSON:", ""),
        ("", ""),
        ("null", ""),
        ("[" * 100_000, ""),
        ('{"mood": "sad", "reasons": []}', "mood"),
        ('{"mood": "calm"}', "reasons"),
        ('{"mood": "calm", "reasons": ["a", "b", "c", "d"]}', "reasons"),
        ('{"mood": "calm", "reasons": [7]}', "reasons.0"),
        ('{"mood": "calm", "reasons": [], "channel": "C1"}', ""),
        ('{"mood": "calm", "reasons": [], "<!channel>": 1}', ""),
    ],
)
async def test_an_answer_that_breaks_its_schema_names_the_field(backend: Any, text: str, field: str) -> None:
    model = await backend.model([Say(text, pieces=50)])
    with pytest.raises(ModelAnswerInvalid) as failure:
        await model.complete(REQUEST)
    assert failure.value.field == field
    assert "<!" not in failure.value.message
    assert backend.calls == 1
    assert backend.watch.budget.spent == pytest.approx(backend.cost)


async def test_a_broken_stream_of_json_names_the_field_too(backend: Any) -> None:
    model = await backend.model([Say('{"mood": "sad", "reasons": []}')])
    with pytest.raises(ModelAnswerInvalid) as failure:
        await model.stream(REQUEST, lambda _piece: None)
    assert failure.value.field == "mood"


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.25"}, 0.25),
        ({"retry-after-ms": "1500", "retry-after": "2"}, 1.5),
        ({"date": "Mon, 16 Nov 2026 09:00:00 GMT", "retry-after": "Mon, 16 Nov 2026 09:00:12 GMT"}, 12.0),
        ({}, 0.5),
        ({"retry-after": "soon"}, 0.5),
    ],
)
async def test_a_rate_limit_is_waited_out_as_asked(
    backend: Any, ask: Any, headers: dict[str, str], wait: float
) -> None:
    model = await backend.model([Fail(429, headers), Say(GOOD)])
    reply = await ask(model)
    assert reply.answer.mood == "cross"
    assert backend.watch.slept == [wait]
    assert backend.calls == 2
    assert backend.watch.budget.spent == pytest.approx(backend.cost)


async def test_a_rate_limit_without_end_gives_up_and_says_how_long(backend: Any, ask: Any) -> None:
    model = await backend.model(repeat(Fail(429, {"retry-after": "7"})))
    with pytest.raises(ModelRateLimited) as failure:
        await ask(model)
    assert failure.value.retry_after == 7
    assert backend.watch.slept == [7.0, 7.0, 7.0]
    assert backend.calls == 4
    assert backend.watch.budget.spent == 0


async def test_nobody_is_waited_for_an_hour(backend: Any) -> None:
    model = await backend.model(repeat(Fail(429, {"retry-after": "3600"})))
    with pytest.raises(ModelRateLimited) as failure:
        await model.complete(REQUEST)
    assert failure.value.retry_after == 3600
    assert backend.watch.slept == []


@pytest.mark.parametrize("status", [500, 502, 503, 504, 529, 408, 409])
async def test_a_server_error_is_tried_again(backend: Any, status: int) -> None:
    model = await backend.model([Fail(status), Fail(status, {"retry-after": "3"}), Say(GOOD)])
    assert (await model.complete(REQUEST)).answer.mood == "cross"
    assert backend.watch.slept == [0.5, 3.0]


async def test_a_server_error_without_end_gives_up(backend: Any, ask: Any) -> None:
    model = await backend.model(repeat(Fail(500)))
    with pytest.raises(ModelUnavailable, match="500"):
        await ask(model)
    assert backend.watch.slept == [0.5, 1.0, 2.0]
    assert backend.calls == 4
    assert backend.watch.budget.spent == 0


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 422, 307])
async def test_what_waiting_does_not_mend_is_not_repeated(backend: Any, ask: Any, status: int) -> None:
    model = await backend.model([Fail(status, {"location": "http://127.0.0.1:9/v1"})])
    with pytest.raises(ModelRejected) as failure:
        await ask(model)
    assert failure.value.hint
    assert backend.calls == 1
    assert backend.watch.slept == []


async def test_something_else_than_the_api_is_rejected(backend: Any) -> None:
    model = await backend.model([Plain()])
    with pytest.raises(ModelRejected, match="API"):
        await model.complete(REQUEST)


async def test_silence_ends_at_the_time_limit_and_stays_counted(backend: Any, ask: Any) -> None:
    model = await backend.model([Hang()], timeout=0.05, retry=Retry(attempts=1))
    with pytest.raises(ModelUnavailable, match="in time") as failure:
        await ask(model)
    assert failure.value.code == NO_ANSWER
    assert backend.watch.budget.spent == pytest.approx(model.estimate(REQUEST) or 0.0)


async def test_a_dropped_connection_is_tried_again_and_both_are_counted(backend: Any) -> None:
    model = await backend.model([Drop(), Say(GOOD)])
    assert (await model.complete(REQUEST)).answer.mood == "cross"
    assert backend.watch.slept == [0.5]
    assert backend.watch.budget.spent == pytest.approx((model.estimate(REQUEST) or 0.0) + backend.cost)


async def test_connections_dropped_without_end_give_up(backend: Any, ask: Any) -> None:
    model = await backend.model(repeat(Drop()))
    with pytest.raises(ModelUnavailable) as failure:
        await ask(model)
    assert failure.value.code == NO_ANSWER


async def test_a_stream_comes_in_pieces_that_make_the_answer(backend: Any) -> None:
    model = await backend.model([Say(GOOD)])
    pieces: list[str] = []
    reply = await model.stream(REQUEST, pieces.append)
    assert len(pieces) >= 3
    assert "".join(pieces) == GOOD
    assert reply.answer == Mood.model_validate_json(GOOD)


async def test_the_same_question_is_paid_for_once(backend: Any, ask: Any) -> None:
    model = await backend.model([Say(GOOD)])
    first, again = await ask(model), await ask(model)
    assert again.answer == first.answer
    assert again.cached
    assert again.cost == 0
    assert backend.calls == 1
    assert backend.watch.budget.spent == pytest.approx(backend.cost)


@pytest.mark.parametrize(
    "failure", [Say("not JSON"), Say("no", stop="refused"), Say("{", stop="truncated"), Fail(400), Plain()]
)
async def test_failures_are_never_kept(backend: Any, failure: Any) -> None:
    model = await backend.model([failure, Say(GOOD)])
    with pytest.raises(ModelError):
        await model.complete(REQUEST)
    reply = await model.complete(REQUEST)
    assert reply.answer.mood == "cross"
    assert not reply.cached


async def test_the_cap_holds_before_anything_is_sent(backend: Any) -> None:
    if not backend.priced:
        pytest.skip("a script costs nothing; tests/unit/llm/test_guards.py caps one with a price")
    model = await backend.model(repeat(Say(GOOD)))
    estimate = model.estimate(REQUEST)
    assert estimate is not None
    backend.watch.budget.cap = estimate * 0.99
    with pytest.raises(BudgetReached, match="cap"):
        await model.complete(REQUEST)
    assert backend.calls == 0


async def test_many_at_once_cannot_pass_the_cap_together(backend: Any) -> None:
    if not backend.priced:
        pytest.skip("a script costs nothing; tests/unit/llm/test_guards.py caps one with a price")
    budget = MemoryBudget(0.0)
    model = await backend.model(repeat(Say(GOOD)), budget=budget, concurrency=8)
    budget.cap = (model.estimate(REQUEST) or 0.0) * 2.5
    asked = [REQUEST.__class__(f"{i}", "x", Mood, 500) for i in range(40)]
    done = await asyncio.gather(*(model.complete(each) for each in asked), return_exceptions=True)
    assert budget.spent <= budget.cap
    assert sum(isinstance(each, BudgetReached) for each in done) > 0
    assert backend.calls == sum(isinstance(each, ModelReply) for each in done) >= 2
