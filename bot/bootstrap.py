"""The composition root: settings in, services out."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.redaction import redact, redact_structured
from bot.embeddings.minilm import MiniLM
from bot.errors import SettingsError
from bot.llm import Access, GuardedModel, Guards, open_model, print_to
from bot.llm.budget import Budget, MemoryBudget
from bot.llm.cache import MemoryCache, ResponseCache
from bot.llm.traffic import nothing
from bot.logs import configure_logs
from bot.ports import Clock, Embedder, LanguageModel
from bot.services.model_drafter import ModelDrafter
from bot.services.models import StoredBudget, StoredCache
from bot.services.prompts import load_prompt
from bot.services.stories import OFFLINE, Drafter, OfflineDrafter, StoryService
from bot.services.theme_namer import ModelThemeNamer
from bot.services.themes import OfflineNamer, ThemeNamer, ThemeService
from bot.services.tickets import TicketService
from bot.services.vectors import Vectorizer
from bot.settings import Settings
from bot.store import Store, open_store
from bot.workers import Workers


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a surface may call."""

    tickets: TicketService
    themes: ThemeService
    stories: StoryService
    store: Store
    workers: Workers
    model: LanguageModel | None

    async def close(self) -> None:
        self.workers.close()
        if isinstance(self.model, GuardedModel):
            await self.model.close()
        await self.store.close()


def build_services(
    settings: Settings,
    *,
    model: LanguageModel | None = None,
    embedder: Embedder | None = None,
    clock: Clock | None = None,
) -> Services:
    """Build everything once; tests hand in what they want to replace.

    Raises:
        StoreError: the database cannot be opened or migrated.
        SettingsError: the model or its key is named wrongly.
    """
    configure_logs(settings.data_dir, settings.log_level)
    clock = clock or SystemClock()
    store = open_store(settings.database, settings.team)
    if model is None and settings.model != OFFLINE:
        model = open_language_model(
            settings,
            budget=StoredBudget(store, clock, settings.spend_cap_usd, since=clock.now()),
            cache=StoredCache(store, clock),
        )
    workers = Workers(settings.workers)
    vectorizer = Vectorizer(store, _lazily(settings, embedder))
    drafter, namer = _writers(model)
    themes = ThemeService(store, clock, vectorizer, namer)
    return Services(
        tickets=TicketService(store, clock, workers, settings.install_key),
        themes=themes,
        stories=StoryService(store, clock, vectorizer, drafter),
        store=store,
        workers=workers,
        model=model,
    )


def open_language_model(
    settings: Settings, *, budget: Budget | None = None, cache: ResponseCache | None = None
) -> GuardedModel:
    """The model that the settings name, behind all guards.

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
    guards = Guards(
        redact_calls=redact_structured,
        redact_shown=lambda text: redact(text).text,
        cache=cache or MemoryCache(),
        budget=budget or MemoryBudget(settings.spend_cap_usd),
        on_traffic=print_to(sys.stderr) if settings.trace_models else nothing,
        timeout=settings.model_timeout_s,
        concurrency=settings.model_concurrency,
    )
    return open_model(settings.model, access, guards)


def open_embedder(settings: Settings) -> Embedder:
    """The shipped model, or an API's where the settings name one.

    Raises:
        SettingsError: no such embedder, or no key for it.
    """
    if settings.embeddings == "minilm":
        return MiniLM()
    raise SettingsError(f"{settings.embeddings} names no embeddings.", hint="Set PLUMB_EMBEDDINGS=minilm.")


def _writers(model: LanguageModel | None) -> tuple[Drafter, ThemeNamer]:
    if model is None:
        return OfflineDrafter(), OfflineNamer()
    return (
        ModelDrafter(model, load_prompt("draft_story")),
        ModelThemeNamer(model, load_prompt("name_themes")),
    )


def _lazily(settings: Settings, embedder: Embedder | None) -> Callable[[], Embedder]:
    """Loading the weights takes a moment that most commands need not wait."""
    opened = [embedder] if embedder else []

    def embedder_when_needed() -> Embedder:
        if not opened:
            opened.append(open_embedder(settings))
        return opened[0]

    return embedder_when_needed
