"""The composition root: settings in, services out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from bot.logs import configure_logs
from bot.ports import Clock, Embedder, LanguageModel
from bot.services.stories import OFFLINE, Drafter, OfflineDrafter, StoryService
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


class Closing(Protocol):
    """Something opened here that is closed here."""

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a surface may call."""

    tickets: TicketService
    themes: ThemeService
    stories: StoryService
    store: Store
    workers: Workers
    opened: Closing | None = None

    async def close(self) -> None:
        self.workers.close()
        if self.opened is not None:
            await self.opened.close()
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
    opened: Closing | None = None
    if model is None and settings.model != OFFLINE:
        from bot.models import open_language_model  # the vendors' SDKs take seconds to import

        model = opened = open_language_model(settings, store, clock)
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
        opened=opened,
    )


def _writers(model: LanguageModel | None) -> tuple[Drafter, ThemeNamer]:
    if model is None:
        return OfflineDrafter(), OfflineNamer()
    from bot.models import writers

    return writers(model)


def _lazily(settings: Settings, embedder: Embedder | None) -> Callable[[], Embedder]:
    """Loading the weights takes a moment that most commands need not wait."""
    opened = [embedder] if embedder else []

    def embedder_when_needed() -> Embedder:
        if not opened:
            opened.append(_open_embedder(settings))
        return opened[0]

    return embedder_when_needed


def _open_embedder(settings: Settings) -> Embedder:
    if settings.embeddings == "minilm":
        from bot.embeddings.minilm import MiniLM

        return MiniLM()
    from bot.models import open_embeddings

    return open_embeddings(settings)
