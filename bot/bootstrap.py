"""The composition root: settings in, services out."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.logs import configure_logs
from bot.ports import Clock, Embedder, LanguageModel
from bot.services.stories import StoryService
from bot.services.themes import ThemeService
from bot.services.tickets import TicketService
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

    async def close(self) -> None:
        self.workers.close()
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
    store = open_store(settings.database, settings.team)
    workers = Workers(settings.workers)
    clock = clock or SystemClock()
    embedder = embedder or open_embedder(settings)
    model = model or open_language_model(settings, store)
    themes = ThemeService(store, clock, embedder, model)
    return Services(
        tickets=TicketService(store, clock, workers, settings.install_key),
        themes=themes,
        stories=StoryService(store, clock, themes, model),
        store=store,
        workers=workers,
    )
