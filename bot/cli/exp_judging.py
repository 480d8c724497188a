"""Who judges the answers of `plumb exp run`: models and embeddings, opened when they are first asked."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.cli.running import load_settings
from bot.errors import Unsupported
from bot.promptfoo.judged import HOW

if TYPE_CHECKING:
    from bot.llm import GuardedModel
    from bot.ports import Embedder
    from bot.scorers.tools import Said

_SURFACES = ("chat", "messages")  # promptfoo's "openai:chat:MODEL" is our "openai:MODEL"


class Judges:
    """``pinned`` is asked whatever an assertion names, ``usual`` where it names none; "" for none. Each model
    may spend ``cap`` US dollars."""

    def __init__(self, pinned: str, usual: str, cap: float) -> None:
        self._pinned, self._usual, self._cap = pinned, usual, cap
        self._models: dict[str, GuardedModel] = {}
        self._embedder: Embedder | None = None
        self._opening = asyncio.Lock()

    async def ask(
        self,
        system: str,
        user: str,
        answers: type[Any],
        provider: str,
        /,
        *,
        prompt: str,
        fingerprint: str,
        fence: str,
    ) -> "Said":
        """Raises Unsupported where no model is named, SettingsError for one that cannot be opened."""
        from bot.services.runs.model_judge import ModelJudge

        model = await self._model(model_name(self._pinned or provider or self._usual))
        return await ModelJudge(model).ask(
            system, user, answers, provider, prompt=prompt, fingerprint=fingerprint, fence=fence
        )

    async def price(self, system: str, user: str, answers: type[Any], provider: str, /) -> float:
        """The most that asking may cost, in US dollars. Raises as ``ask``."""
        from bot.services.runs.model_judge import ModelJudge

        model = await self._model(model_name(self._pinned or provider or self._usual))
        return await ModelJudge(model).price(system, user, answers, provider)

    async def embed(self, texts: Sequence[str]) -> Any:
        """The settings' embeddings: one row of floats per text."""
        async with self._opening:
            if self._embedder is None:
                self._embedder = await asyncio.to_thread(_open_embedder)
        return await asyncio.to_thread(self._embedder.embed, texts)

    async def close(self) -> None:
        for model in self._models.values():
            await model.close()

    async def _model(self, name: str) -> "GuardedModel":
        if not name:
            raise Unsupported("No judge model is named.", hint=f"{HOW[0].upper()}{HOW[1:]}.")
        async with self._opening:
            if name not in self._models:
                self._models[name] = await asyncio.to_thread(_open_model, name, self._cap)
        return self._models[name]


def model_name(written: str) -> str:
    """A judge as configs write it, as "provider:model"."""
    vendor, _, rest = written.partition(":")
    surface, colon, model = rest.partition(":")
    return f"{vendor}:{model}" if colon and surface in _SURFACES else written


def _open_model(name: str, cap: float) -> "GuardedModel":
    from bot.models import open_language_model  # the vendors' SDKs take seconds to import

    return open_language_model(load_settings().model_copy(update={"model": name, "spend_cap_usd": cap}))


def _open_embedder() -> "Embedder":
    from bot.bootstrap import open_embedder

    return open_embedder(load_settings())
