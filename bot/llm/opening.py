"""The registry of providers, and opening one by its name."""

from collections.abc import Callable, Mapping

from bot.errors import SettingsError
from bot.llm import anthropic, openai, scripted
from bot.llm.budget import Budget, MemoryBudget
from bot.llm.cache import MemoryCache, ResponseCache
from bot.llm.model import GuardedModel, Guards
from bot.llm.retry import Retry
from bot.llm.traffic import print_to
from bot.llm.wire import Access, Provider

PROVIDERS: Mapping[str, Callable[[str, Access], Provider]] = {
    "openai": openai.open_provider,
    "anthropic": anthropic.open_provider,
    "scripted": scripted.open_provider,
}

__all__ = [
    "PROVIDERS",
    "Access",
    "Budget",
    "GuardedModel",
    "Guards",
    "MemoryBudget",
    "MemoryCache",
    "Provider",
    "ResponseCache",
    "Retry",
    "open_model",
    "print_to",
]


def open_model(name: str, access: Access, guards: Guards) -> GuardedModel:
    """The model called "provider:model", with its guards on.

    Raises:
        SettingsError: no such provider, no key for it, or a base URL that is not allowed.
    """
    vendor, _, model = name.partition(":")
    if vendor not in PROVIDERS or not model:
        raise SettingsError(
            f"{name!r} is no model.", hint=f"Write provider:model, with a provider of {', '.join(PROVIDERS)}."
        )
    return GuardedModel(PROVIDERS[vendor](model, access), guards)
