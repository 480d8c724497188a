"""Opening what the settings name: language models and embeddings. The vendors' SDKs take seconds to import,
so nothing loads this module before a model is asked for."""

import sys

from bot.domain.redaction import redact, redact_structured
from bot.embeddings.openai import OpenAIEmbedder
from bot.errors import SettingsError
from bot.llm import (
    Access,
    Budget,
    GuardedModel,
    Guards,
    MemoryBudget,
    MemoryCache,
    ResponseCache,
    open_model,
    print_to,
)
from bot.llm.traffic import nothing
from bot.llm.urls import check_base_url
from bot.ports import Clock, Embedder, LanguageModel
from bot.services.model_drafter import ModelDrafter
from bot.services.models import StoredBudget, StoredCache
from bot.services.prompts import load_prompt
from bot.services.stories import Drafter
from bot.services.theme_namer import ModelThemeNamer
from bot.services.themes import ThemeNamer
from bot.settings import Settings
from bot.store import Store


def open_language_model(
    settings: Settings,
    store: Store | None = None,
    clock: Clock | None = None,
    *,
    budget: Budget | None = None,
) -> GuardedModel:
    """The model that the settings name, behind all guards; money and answers are kept in ``store``, unless
    its callers have a ``budget`` of their own.

    Raises:
        SettingsError: no such provider, no key for it, or a base URL that is not allowed.
    """
    keys = {"openai": settings.openai_api_key, "anthropic": settings.anthropic_api_key}
    urls = {"openai": settings.openai_base_url, "anthropic": settings.anthropic_base_url}
    access = Access(
        api_keys={vendor: key.get_secret_value() for vendor, key in keys.items() if key is not None},
        base_urls={vendor: url for vendor, url in urls.items() if url},
        allowed_base_urls=settings.allowed_base_urls,
        timeout=settings.model_timeout_s,
    )
    cap = settings.spend_cap_usd
    cache: ResponseCache = MemoryCache()
    kept: Budget = MemoryBudget(cap)
    if store is not None and clock is not None:
        kept, cache = StoredBudget(store, clock, cap, since=clock.now()), StoredCache(store, clock)
    guards = Guards(
        redact_calls=redact_structured,
        redact_shown=lambda text: redact(text).text,
        cache=cache,
        budget=budget or kept,
        on_traffic=print_to(sys.stderr) if settings.trace_models else nothing,
        timeout=settings.model_timeout_s,
        concurrency=settings.model_concurrency,
    )
    return open_model(settings.model, access, guards)


def open_embeddings(settings: Settings) -> Embedder:
    """API embeddings by their name in the settings, "openai:model".

    Raises:
        SettingsError: no such embeddings, no key, or a base URL that is not allowed.
    """
    vendor, _, model = settings.embeddings.partition(":")
    if vendor != "openai" or not model:
        raise SettingsError(
            f"{settings.embeddings!r} names no embeddings.",
            hint='Set PLUMB_EMBEDDINGS to "minilm" or "openai:model".',
        )
    if settings.openai_api_key is None:
        raise SettingsError(
            "API embeddings need a key.", hint="Set OPENAI_API_KEY, or PLUMB_EMBEDDINGS=minilm."
        )
    url = settings.openai_base_url
    return OpenAIEmbedder(
        model,
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=check_base_url(url, settings.allowed_base_urls) if url else "",
        timeout=settings.model_timeout_s,
    )


def writers(model: LanguageModel) -> tuple[Drafter, ThemeNamer]:
    """Who drafts stories and names themes with a model."""
    drafter = ModelDrafter(model, load_prompt("draft_story"))
    return drafter, ModelThemeNamer(model, load_prompt("name_themes"))
