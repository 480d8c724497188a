"""Every test of the store runs on both databases."""

import pytest

from bot.domain.people import Role
from bot.services.people import PeopleService
from bot.services.prompts import PromptService
from bot.store import Store
from tests.conftest import FixedClock
from tests.store.registry import Concluded


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: object) -> str:
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite+aiosqlite:///{tmp_path}/test.db"


@pytest.fixture
def verdicts() -> Concluded:
    return Concluded()


@pytest.fixture
def people(store: Store, clock: FixedClock) -> PeopleService:
    return PeopleService(store, clock, Role.REVIEWER)


@pytest.fixture
def prompts(store: Store, clock: FixedClock, people: PeopleService, verdicts: Concluded) -> PromptService:
    return PromptService(store, clock, people, verdicts)
