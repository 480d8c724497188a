"""Which features a prompt or a set belongs to, and who decides on their prompts."""

from bot.domain.features import Duty, Watched
from bot.domain.prompts import PromptVersion
from bot.store import UnitOfWork


def set_of(feature: Watched) -> str:
    """The name of the set that a feature's cases belong to."""
    return feature.dataset or feature.name


async def features_on(unit: UnitOfWork, prompt: str) -> list[Watched]:
    """The features that run on a prompt, by its name."""
    return [each for each in await unit.features.all() if prompt in each.prompts or prompt == each.name]


async def features_with(unit: UnitOfWork, dataset: str) -> list[Watched]:
    """The features whose cases are in a set."""
    return [each for each in await unit.features.all() if set_of(each) == dataset]


async def live(unit: UnitOfWork, prompt: str) -> int | None:
    """The version in production; None where none is."""
    standing = await unit.prompts.standing(prompt)
    return next((move.to_version for move in standing if move.label == "production"), None)


def decides(features: list[Watched], version: PromptVersion | None) -> str:
    """Who decides on the prompt: of the features, else who owns or wrote the version; "" for nobody."""
    for duty in (Duty.PROMPTING, Duty.ACCOUNTABLE):
        for feature in features:
            if person := feature.owners.get(duty):
                return person
    return (version.owner or version.author) if version else ""
