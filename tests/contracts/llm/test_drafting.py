"""A story drafted through the real SDKs is the one the script gives."""

import json
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bot.errors import DraftInvalid
from bot.services.model_drafter import ModelDrafter
from tests.contracts.llm.backends import AnthropicBackend, OpenAIBackend
from tests.contracts.llm.servers import Say
from tests.unit.llm.drafting import evidence_of, good_words, model_of, offline_of, prompt

EVIDENCE = evidence_of()


@pytest.mark.parametrize("backend_class", [OpenAIBackend, AnthropicBackend])
async def test_the_same_story_by_every_way(monkeypatch: pytest.MonkeyPatch, backend_class: Any) -> None:
    scripted, script, _ = model_of([lambda request: good_words(request.user)])
    expected = await ModelDrafter(scripted, prompt(), offline=offline_of).draft(EVIDENCE)
    words = good_words(script.requests[0].user)
    async with AsyncExitStack() as stack:
        backend = backend_class(stack, monkeypatch)
        broken = json.dumps({**words, "title": "<!channel>"})
        model = await backend.model([Say(broken), Say(json.dumps(words)), Say(broken), Say(broken)])
        drafter = ModelDrafter(model, prompt(), offline=offline_of)
        made = await drafter.draft(EVIDENCE)
        assert made.body == expected.body
        assert made.drafted_by == backend.name
        assert backend.calls == 2
        with pytest.raises(DraftInvalid) as failure:
            await ModelDrafter(model, prompt(), offline=offline_of, max_output_tokens=5000).draft(EVIDENCE)
        assert failure.value.field == "title"
        assert backend.calls == 4
        assert backend.watch.budget.spent == pytest.approx(4 * backend.cost)
