"""`plumb --help`, `doctor`, `db`."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.app import app
from tests.cli.conftest import Plumb


def commands() -> list[tuple[str, ...]]:
    names: list[tuple[str, ...]] = [(c.name or "",) for c in app.registered_commands]
    for group in app.registered_groups:
        assert group.typer_instance is not None
        names.append((str(group.name),))
        names += [
            (str(group.name), str(c.name or getattr(c.callback, "__name__", "")))
            for c in group.typer_instance.registered_commands
        ]
    return names


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_explains_itself(plumb: Plumb, command: tuple[str, ...]) -> None:
    outcome = plumb(*command, "--help")
    assert outcome.code == 0
    assert len(outcome.out.strip().splitlines()) > 5


def test_a_wrong_option_is_a_usage_error(plumb: Plumb) -> None:
    assert plumb("data", "import").code == 2
    assert plumb("nonsense").code == 2


def test_doctor_on_a_new_machine_and_after_an_import(plumb: Plumb, log: Path, data_dir: Path) -> None:
    assert plumb("doctor", "--format", "json").code == 0
    assert not data_dir.exists()
    plumb("data", "import", str(log))
    checks = {check["what"]: check for check in plumb("doctor", "--format", "json").json}
    assert "75 tickets" in checks["Contents"]["found"]
    assert all(check["ok"] for check in checks.values())


def test_doctor_names_the_mend(
    plumb: Plumb, log: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plumb("data", "import", str(log))
    (data_dir / "install.key").chmod(0o644)
    monkeypatch.setenv("PLUMB_MODEL", "openai:gpt-x")
    outcome = plumb("doctor", "--format", "json")
    assert outcome.code == 1
    mends = {check["what"]: check["mend"] for check in outcome.json if not check["ok"]}
    assert mends["Install key"].startswith("chmod 600")
    assert "OPENAI_API_KEY" in mends["Language model"]


def test_wrong_settings_are_all_named_at_once(plumb: Plumb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMB_WORKERS", "many")
    monkeypatch.setenv("PLUMB_SPEND_CAP_USD", "-1")
    outcome = plumb("story", "list", "--format", "json")
    assert outcome.code == 3
    assert "PLUMB_WORKERS" in outcome.json["error"]["message"]
    assert "PLUMB_SPEND_CAP_USD" in outcome.json["error"]["message"]


def test_upgrade_and_backup(plumb: Plumb, log: Path, tmp_path: Path) -> None:
    assert plumb("db", "backup").code == 1
    assert plumb("db", "upgrade").code == 0
    plumb("data", "import", str(log))
    target = tmp_path / "copy.db"
    assert plumb("db", "backup", str(target)).code == 0
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT count(*) FROM ticket").fetchone() == (75,)
