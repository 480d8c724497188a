"""The composition root: settings in, services out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Protocol

from bot.domain.people import Role
from bot.logs import configure_logs
from bot.ports import Clock, Embedder, LanguageModel
from bot.scorers.tools import Tools
from bot.services.chain import ChainService
from bot.services.datasets import CandidateService, CaseSources, DatasetService
from bot.services.digests import DigestScheduleService, DigestService
from bot.services.experiments import BallotService, ExperimentService, Setup, text_access, text_models
from bot.services.features import FeatureService
from bot.services.feedback import FeedbackReports, FeedbackService, LabellingService, OutputService
from bot.services.feedback.exporting import FeedbackExports
from bot.services.flywheel import Flywheel, ReleaseKeeper, flywheel
from bot.services.flywheel.examples import ExampleService
from bot.services.interactions.feedback import FeedbackIntake
from bot.services.interactions.importing import InteractionImports
from bot.services.interactions.keys import KeyCache, KeyService
from bot.services.interactions.retention import RetentionService
from bot.services.interactions.service import InteractionService
from bot.services.people import PeopleService
from bot.services.prompts import PromptService
from bot.services.scorecards import ScorecardService
from bot.services.stories import OFFLINE, Drafter, OfflineDrafter, StoryService
from bot.services.themes import OfflineNamer, ThemeNamer, ThemeService
from bot.services.tickets import TicketService
from bot.services.vectors import Vectorizer
from bot.services.weekly import WeeklyService
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
    """Everything a surface may call, for one team. ``for_team`` gives another team's, over the same engine,
    workers and embedder; closing any of them closes all."""

    tickets: TicketService
    themes: ThemeService
    stories: StoryService
    people: PeopleService
    feedback: FeedbackService
    outputs: OutputService
    labelling: LabellingService
    feedback_reports: FeedbackReports
    feedback_exports: FeedbackExports
    prompts: PromptService
    datasets: DatasetService
    cases: CaseSources
    candidates: CandidateService
    experiments: ExperimentService
    ballots: BallotService
    chain: ChainService
    flywheel: Flywheel
    features: FeatureService
    interactions: InteractionService
    interaction_imports: InteractionImports
    product_feedback: FeedbackIntake
    keys: KeyService
    retention: RetentionService
    scorecards: ScorecardService
    weekly: WeeklyService
    digests: DigestService
    digest_schedules: DigestScheduleService
    store: Store
    clock: Clock
    workers: Workers
    for_team: Callable[[str], "Services"]
    opened: list[Closing]

    async def close(self) -> None:
        self.workers.close()
        for each in self.opened:
            await each.close()
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
    configure_logs(settings.data_dir, settings.log_level, to_stderr=settings.log_stderr)
    clock = clock or SystemClock()
    database = open_store(settings.database, settings.team)
    workers = Workers(settings.workers)
    embed = _lazily(settings, embedder)
    opened: list[Closing] = []
    known_keys = KeyCache()

    @cache
    def for_team(team: str) -> Services:
        store = database.for_team(team)
        vectorizer = Vectorizer(store, embed)
        people = PeopleService(store, clock, Role[settings.default_role.upper()])
        asked = model or _open_model(settings, store, clock, opened)
        drafter, namer = _writers(asked)
        features = FeatureService(store, clock, people)
        feedback = FeedbackService(store, clock)
        said = FeedbackIntake(store, clock, feedback, workers, settings.install_key)
        themes = ThemeService(store, clock, vectorizer, namer)
        datasets = DatasetService(store, clock, workers, settings.install_key)
        judge = model or _open_judge(settings, store, clock, opened)
        tools = _tools(judge, vectorizer)
        setup = Setup(text_models(settings), text_access(settings), tools, daily_cap=settings.daily_cap_usd)
        experiments = ExperimentService(store, clock, PromptService(store, clock, people), datasets, setup)
        candidates = CandidateService(store, clock, datasets)
        scorecards = ScorecardService(store, clock, features)
        weekly = WeeklyService(store, features, scorecards)
        wheel = flywheel(store, clock, candidates, enough=settings.suggest_after)
        examples = ExampleService(store, vectorizer, stories=settings.draft_examples)
        return Services(
            tickets=TicketService(store, clock, workers, settings.install_key),
            themes=themes,
            stories=StoryService(store, clock, vectorizer, drafter, examples.near if asked else None),
            people=people,
            feedback=feedback,
            outputs=OutputService(store, clock),
            labelling=LabellingService(store, clock),
            feedback_reports=FeedbackReports(store, clock, vectorizer),
            feedback_exports=FeedbackExports(store, clock, settings.install_key),
            prompts=PromptService(
                store, clock, people, experiments, ReleaseKeeper(settings.watch_days).moved
            ),
            datasets=datasets,
            cases=CaseSources(store, themes, vectorizer),
            candidates=candidates,
            experiments=experiments,
            ballots=BallotService(store, clock, experiments),
            chain=ChainService(store, experiments),
            flywheel=wheel,
            features=features,
            interactions=InteractionService(store, clock, workers, settings.install_key, said.catch_up),
            interaction_imports=InteractionImports(
                store, clock, workers, settings.install_key, said.catch_up
            ),
            product_feedback=said,
            keys=KeyService(store, clock, people, known_keys),
            retention=RetentionService(store, settings.install_key),
            scorecards=scorecards,
            weekly=weekly,
            digests=DigestService(store, clock, features, weekly, wheel.counted, themes),
            digest_schedules=DigestScheduleService(store, clock, features),
            store=store,
            clock=clock,
            workers=workers,
            for_team=for_team,
            opened=opened,
        )

    return for_team(settings.team)


def _open_model(
    settings: Settings, store: Store, clock: Clock, opened: list[Closing]
) -> LanguageModel | None:
    """The model that the settings name, its money and answers kept by team; None: drafts are made offline."""
    if settings.model == OFFLINE:
        return None
    from bot.models import open_language_model  # the vendors' SDKs take seconds to import

    model = open_language_model(settings, store, clock)
    opened.append(model)
    return model


def _open_judge(
    settings: Settings, store: Store, clock: Clock, opened: list[Closing]
) -> LanguageModel | None:
    """The same model for the runs of experiments, which have their own money: see ``services/runs/money``."""
    if settings.model == OFFLINE:
        return None
    from bot.llm import MemoryBudget
    from bot.models import open_language_model  # likewise

    model = open_language_model(settings, store, clock, budget=MemoryBudget(float("inf")))
    opened.append(model)
    return model


def _writers(model: LanguageModel | None) -> tuple[Drafter, ThemeNamer]:
    if model is None:
        return OfflineDrafter(), OfflineNamer()
    from bot.models import writers

    return writers(model)


def _tools(model: LanguageModel | None, vectorizer: Vectorizer) -> Tools:
    """What scorers of an experiment may use: the model as judge, the embeddings for nearness in meaning."""
    from bot.services.runs.model_judge import ModelJudge

    if model is None:
        return Tools(embed=vectorizer.vectors)
    judge = ModelJudge(model)
    return Tools(ask=judge.ask, price=judge.price, embed=vectorizer.vectors)


def _lazily(settings: Settings, embedder: Embedder | None) -> Callable[[], Embedder]:
    """Loading the weights takes a moment that most commands need not wait."""
    opened = [embedder] if embedder else []

    def embedder_when_needed() -> Embedder:
        if not opened:
            opened.append(open_embedder(settings))
        return opened[0]

    return embedder_when_needed


def open_embedder(settings: Settings) -> Embedder:
    """The embeddings that the settings name. Raises SettingsError."""
    if settings.embeddings == "minilm":
        from bot.embeddings.minilm import MiniLM

        return MiniLM()
    from bot.models import open_embeddings

    return open_embeddings(settings)
