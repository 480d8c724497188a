"""`plumb doctor` on the database and on Slack's side, which comes from outside."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

import pytest
from filelock import FileLock

from bot.cli.app import run
from bot.cli.checks import Check
from bot.cli.database_checks import database_checks
from bot.domain.digests import Digest
from bot.durable import migrate
from bot.settings import Settings
from bot.store.database import HEAD, upgrade
from tests.cli.conftest import Plumb


def checks(settings: Settings) -> dict[str, Check]:
    return {check.what: check for check in database_checks(settings)}


def settings_on(data_dir: Path, url: str = "") -> Settings:
    return Settings(data_dir=data_dir, database_url=url)


@pytest.fixture
def migrated(data_dir: Path) -> Settings:
    data_dir.mkdir(parents=True)
    settings = settings_on(data_dir)
    upgrade(settings.database)
    return settings


def test_a_sound_file(migrated: Settings) -> None:
    found = checks(migrated)
    assert all(check.ok for check in found.values())
    assert found["Contents"].found == "0 sources, 0 tickets, 0 stories"
    assert "Running" not in found


def test_a_file_that_is_behind(migrated: Settings) -> None:
    with closing(sqlite3.connect(migrated.data_dir / "plumbline.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    behind = checks(migrated)["Database"]
    assert (behind.ok, behind.mend) == (False, "plumb db upgrade")
    assert "0001" in behind.found
    assert HEAD in behind.found


def test_a_file_that_cannot_be_written(migrated: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda _path, _mode: False)  # root may write anything
    assert checks(migrated)["Writing"].mend.startswith("chmod u+rw")


def test_whether_a_bot_is_at_work(migrated: Settings) -> None:
    lock = FileLock(migrated.data_dir / "durable.lock")
    with lock:
        assert "a bot is at work" in checks(migrated)["Running"].found
    assert "no bot is at work" in checks(migrated)["Running"].found


def test_a_served_database(data_dir: Path, postgres_url: str) -> None:
    settings = settings_on(data_dir, postgres_url)
    found = checks(settings)
    assert found["Durable jobs"].mend == "plumb db upgrade"
    migrate(postgres_url)
    found = checks(settings)
    assert [what for what, check in found.items() if not check.ok] == []
    assert list(found) == ["Database", "Writing", "Durable jobs", "Contents"]


def test_a_served_database_that_was_never_migrated(data_dir: Path, empty_postgres_url: str) -> None:
    missing = checks(settings_on(data_dir, empty_postgres_url))["Database"]
    assert (missing.ok, missing.mend) == (False, "plumb db upgrade")


@pytest.mark.parametrize(
    ("url", "says"),
    [("mysql://root:canary@h/x", "PLUMB_DATABASE_URL"), ("postgresql://u:canary@127.0.0.1:1/x", "reached")],
    ids=["another kind", "away"],
)
def test_a_database_that_cannot_be_looked_at(data_dir: Path, url: str, says: str) -> None:
    (only,) = checks(settings_on(data_dir, url)).values()
    assert not only.ok
    assert says in only.found
    assert "canary" not in only.found + only.mend


class Side:
    """Slack's side of the command line, as the commands need it."""

    def __init__(self, *checks: Check) -> None:
        self._checks = checks
        self.asked: list[dict[str, Any]] = []

    def run(self, settings: Settings) -> int:
        self.asked.append({"run": settings.slack_command})
        return 7

    def manifest_text(
        self,
        *,
        command: str,
        transport: Literal["socket", "http"],
        public_url: str,
        history: bool,
        as_json: bool,
    ) -> str:
        self.asked.append({"command": command, "transport": transport, "url": public_url, "history": history})
        return "json\n" if as_json else "yaml\n"

    def demo(self, *, port: int, browser: bool) -> int:
        raise AssertionError("nobody asked for the demo")

    def tour(self, *, as_json: bool) -> int:
        raise AssertionError("nobody asked for the tour")

    def digest_blocks(self, digest: Digest, *, brief: bool) -> Mapping[str, Any]:
        raise AssertionError("nobody asked for a digest")

    def checks(self, settings: Settings) -> Sequence[Check]:
        return self._checks


def test_slacks_checks_are_among_the_others(data_dir: Path, capfd: pytest.CaptureFixture[str]) -> None:
    side = Side(Check("Scopes", False, "missing: commands", "Install it again"))
    assert run(["doctor", "--format", "table"], reach_slack=lambda: side) == 1
    printed = capfd.readouterr().out
    assert "missing: commands" in printed
    assert "Embedding model" in printed


def test_run_hands_over_and_returns_what_it_returned(data_dir: Path) -> None:
    side = Side()
    assert run(["run"], reach_slack=lambda: side) == 7
    assert side.asked == [{"run": "plumb"}]


def test_manifest_takes_settings_where_nothing_is_said(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLUMB_SLACK_COMMAND", "lot")
    monkeypatch.setenv("PLUMB_PUBLIC_URL", "https://bot.example.com")
    side = Side()
    assert run(["manifest"], reach_slack=lambda: side) == 0
    options = ["--command", "x", "--transport", "http", "--url", "", "--history", "--format", "json"]
    assert run(["manifest", *options], reach_slack=lambda: side) == 0
    assert capfd.readouterr().out == "yaml\njson\n"
    assert side.asked == [
        {"command": "lot", "transport": "socket", "url": "https://bot.example.com", "history": False},
        {"command": "x", "transport": "http", "url": "", "history": True},
    ]


def test_without_slacks_side_a_command_says_so(plumb: Plumb) -> None:
    outcome = plumb("run", "--format=json")
    assert outcome.code == 2  # no such option
    assert plumb("run").code == 3


def test_replicas_wait_for_the_migration(
    plumb: Plumb, empty_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMB_DATABASE_URL", empty_postgres_url)
    waited = plumb("db", "wait", "--seconds", "0")
    assert waited.code == 1
    assert "plumb db upgrade" in waited.out + waited.err
    assert plumb("db", "upgrade").code == 0
    assert plumb("db", "wait", "--seconds", "0").code == 0


def test_a_database_that_is_away_is_waited_for(plumb: Plumb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMB_DATABASE_URL", "postgresql://u:canary@127.0.0.1:1/x")
    waited = plumb("db", "wait", "--seconds", "0.1")
    assert waited.code == 1
    assert "canary" not in waited.out + waited.err
