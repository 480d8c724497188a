"""Naming themes with a language model; whatever goes wrong, the names found without one stay."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.fence import disarm, new_fence
from bot.domain.plain import plain_words
from bot.domain.prompts import Prompt
from bot.domain.themes import Theme
from bot.errors import ModelError
from bot.logs import LOGGER
from bot.ports import LanguageModel, ModelRequest

MOST_CHARACTERS, MOST_WORDS = 60, 8
AT_ONCE = 30


class ThemeName(BaseModel):
    """A theme's new name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    theme_id: str
    name: Annotated[str, Field(description=f"at most {MOST_CHARACTERS} characters")]


class ThemeNames(BaseModel):
    """The answer: a name for each theme."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: list[ThemeName]


class ModelThemeNamer:
    """Renames themes in a model's words. The model sees names, phrases and one quote of each."""

    def __init__(self, model: LanguageModel, prompt: Prompt) -> None:
        self._model = model
        self._prompt = prompt

    async def rename(self, themes: Sequence[Theme], keep: Collection[str] = ()) -> list[Theme]:
        """The same themes in the same order.

        Not touched are those in ``keep``, which a person named, and those whose new name is too long, no
        plain words, or another theme's.
        """
        ours = iter([theme for theme in themes if theme.id not in keep])
        names: dict[str, str] = {}
        taken = {theme.name.casefold() for theme in themes}
        while batch := list(islice(ours, AT_ONCE)):
            try:
                answer = await self._ask(batch)
            except ModelError as error:
                LOGGER.warning("themes keep their names: %s", error.message)
                break
            names.update(_accepted(answer, batch, taken))
        return [replace(theme, name=names.get(theme.id, theme.name)) for theme in themes]

    async def _ask(self, themes: Sequence[Theme]) -> ThemeNames:
        fence = new_fence()
        shown = [
            {
                "id": key,
                "name": disarm(theme.name, 90),
                "phrases": [disarm(phrase, 60) for phrase in theme.phrases[:6]],
                "quote": disarm(theme.quote, 240),
            }
            for key, theme in _keys(themes).items()
        ]
        system, user = self._prompt.render({"fence": fence, "themes": shown})
        request = ModelRequest(
            system,
            user,
            ThemeNames,
            max_output_tokens=1000 + 60 * len(themes),
            prompt=str(self._prompt.reference),
            fingerprint=self._prompt.fingerprint,
            fence=fence,
        )
        return (await self._model.complete(request)).answer


def _keys(themes: Sequence[Theme]) -> Mapping[str, Theme]:
    return {f"n{i}": theme for i, theme in enumerate(themes, 1)}


def _accepted(answer: ThemeNames, themes: Sequence[Theme], taken: set[str]) -> dict[str, str]:
    """Good names by theme id; ``taken`` grows with them."""
    by_key = _keys(themes)
    names: dict[str, str] = {}
    for said in answer.names:
        theme = by_key.get(said.theme_id)
        name = _clean(said.name)
        if theme is None or theme.id in names or not name:
            continue
        if name.casefold() in taken and name.casefold() != theme.name.casefold():
            continue
        names[theme.id] = name
        taken.add(name.casefold())
    return names


def _clean(name: str) -> str:
    """The name if it is one, else nothing."""
    try:
        line = plain_words(name).rstrip(".")
    except ValueError:
        return ""
    return line if len(line) <= MOST_CHARACTERS and len(line.split()) <= MOST_WORDS else ""
