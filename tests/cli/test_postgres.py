"""`plumb` on PostgreSQL: the same commands, one setting."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from bot.store.database import schema_version
from tests.cli.conftest import Plumb
from tests.postgres import POSTGRES_PROGRAMS


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump of the server's own version."""
    monkeypatch.setenv("PATH", str(POSTGRES_PROGRAMS))


def test_from_an_empty_database_to_an_exported_story(
    plumb: Plumb, log: Path, empty_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMB_DATABASE_URL", empty_postgres_url)
    early = plumb("data", "import", str(log))
    assert (early.code, "plumb db upgrade" in early.json["error"]["hint"]) == (1, True)
    assert plumb("db", "upgrade").code == 0
    assert plumb("data", "import", str(log), "--format", "json").json["accepted"] == 75
    again = plumb("data", "import", str(log), "--format", "json").json
    assert (again["accepted"], again["duplicates"]) == (0, 75)
    themes = plumb("story", "themes", "shop", "--format", "json").json
    assert sum(theme["tickets"] for theme in themes) <= 75
    (story,) = plumb("story", "draft", "shop", "--top", "1", "--format", "json").json
    assert story["id"] == "ST-1"
    approved = plumb("story", "approve", "ST-1", "--by", "Ada", "--format", "json")
    assert approved.code == 0, approved.err
    exported = plumb("story", "export", "--as", "markdown", "--by", "Ada")
    assert story["title"] in exported.out
    assert plumb("story", "show", "ST-1", "--format", "json").json["state"] == "exported"


def test_doctor_names_the_mend(
    plumb: Plumb, empty_postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def database() -> Any:
        checks = plumb("doctor", "--format", "json").json
        return next(check for check in checks if check["what"] == "Database")

    monkeypatch.setenv("PLUMB_DATABASE_URL", empty_postgres_url)
    assert database()["mend"] == "plumb db upgrade"
    assert plumb("db", "upgrade").code == 0
    assert (database()["ok"], database()["mend"]) == (True, "")
    monkeypatch.setenv("PLUMB_DATABASE_URL", f"postgresql://ada:s3cret@/nothing?host={tmp_path}")
    assert "cannot be reached" in database()["found"]
    assert "s3cret" not in str(database())


@pytest.mark.usefixtures("programs")
def test_a_backup_can_be_restored(
    plumb: Plumb, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: Path
) -> None:
    monkeypatch.setenv("PLUMB_DATABASE_URL", postgres_url)
    assert plumb("data", "import", str(log)).code == 0
    target = tmp_path / "copy.dump"
    assert plumb("db", "backup", str(target)).code == 0
    listing = subprocess.run(  # noqa: S603  the wheel's own program
        [POSTGRES_PROGRAMS / "pg_restore", "--file=-", "--data-only", "--table=ticket", target],
        capture_output=True,
        text=True,
        check=True,
    )
    assert sum("parcel-" in line for line in listing.stdout.splitlines()) == 25
    assert target.stat().st_mode & 0o077 == 0


def test_without_pg_dump_a_backup_says_what_is_missing(
    plumb: Plumb, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMB_DATABASE_URL", postgres_url)
    monkeypatch.setenv("PATH", str(tmp_path))
    outcome = plumb("db", "backup", str(tmp_path / "copy.dump"))
    assert outcome.code == 1
    assert "needs pg_dump" in outcome.json["error"]["message"]


@pytest.mark.usefixtures("programs")
def test_a_failed_backup_leaves_the_older_one(
    plumb: Plumb, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.dump"
    target.write_text("the older one")
    monkeypatch.setenv("PLUMB_DATABASE_URL", postgres_url.replace("/t_", "/no_such_"))
    outcome = plumb("db", "backup", str(target))
    assert (outcome.code, "pg_dump failed" in outcome.json["error"]["message"]) == (1, True)
    assert target.read_text() == "the older one"
    assert list(tmp_path.glob("*.part")) == []


def test_the_schema_is_known(postgres_url: str, empty_postgres_url: str) -> None:
    assert schema_version(postgres_url) is not None
    assert schema_version(empty_postgres_url) is None
