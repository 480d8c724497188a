"""The judge that scorers ask: the team's model, with its guards, cache and budget."""

from typing import TypeVar

from pydantic import BaseModel

from bot.ports import LanguageModel, ModelRequest
from bot.scorers.tools import Said

Answer = TypeVar("Answer", bound=BaseModel)
LONGEST = 2048  # tokens of an answer; a list of statements is the longest


class ModelJudge:
    """Asks one model, whichever a config names: it is pinned, so that verdicts stay comparable."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    async def ask(
        self,
        system: str,
        user: str,
        answers: type[Answer],
        provider: str,
        /,
        *,
        prompt: str,
        fingerprint: str,
        fence: str,
    ) -> Said:
        """A typed answer and its cost. Raises errors.ModelError and its kinds."""
        request = ModelRequest(
            system, user, answers, LONGEST, prompt=prompt, fingerprint=fingerprint, fence=fence
        )
        reply = await self._model.complete(request)
        return Said(reply.answer, reply.cost or 0.0, priced=reply.cost is not None or reply.cached)

    async def price(self, system: str, user: str, answers: type[Answer], provider: str, /) -> float:
        """The most that asking may cost, in US dollars."""
        return self._model.highest(ModelRequest(system, user, answers, LONGEST))
