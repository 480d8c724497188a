"""The judge that scorers ask: the team's model, with its guards, cache and budget."""

from typing import TypeVar

from pydantic import BaseModel

from bot.ports import LanguageModel, ModelRequest

Answer = TypeVar("Answer", bound=BaseModel)


class Judge:
    """Asks one model, whichever a config names: it is pinned, so that verdicts stay comparable."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    async def ask(self, system: str, user: str, answers: type[Answer], provider: str) -> Answer:
        """A typed answer. Raises errors.ModelError and its kinds."""
        reply = await self._model.complete(
            ModelRequest(system=system, user=user, answers=answers, max_output_tokens=1024, prompt="judge")
        )
        return reply.answer
