"""Where the log goes, and that no copy of it says more than another."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.logs import LOGGER, RedactingFormatter, configure_logs

CANARY = "4111 1111 1111 1111"


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root, level = logging.getLogger(), LOGGER.level
    before, root_level = list(root.handlers), root.level
    yield
    for handler in [h for h in root.handlers if h not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(root_level)
    LOGGER.setLevel(level)


def ours() -> list[logging.Handler]:
    return [h for h in logging.getLogger().handlers if isinstance(h.formatter, RedactingFormatter)]


def test_by_default_the_terminal_stays_quiet(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    configure_logs(tmp_path, "INFO")
    LOGGER.warning("a card: %s", CANARY)
    assert capfd.readouterr() == ("", "")
    said = (tmp_path / "plumbline.log").read_text(encoding="utf-8")
    assert "a card: [" in said
    assert CANARY not in said


def test_in_a_container_it_is_on_standard_error_too_and_as_redacted(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    configure_logs(tmp_path, "INFO", to_stderr=True)
    LOGGER.warning("a card: %s", CANARY)
    printed = capfd.readouterr()
    assert printed.out == ""
    assert printed.err == (tmp_path / "plumbline.log").read_text(encoding="utf-8")
    assert CANARY not in printed.err


def test_configuring_again_replaces(tmp_path: Path) -> None:
    configure_logs(tmp_path / "a", "INFO", to_stderr=True)
    configure_logs(tmp_path / "b", "INFO")
    assert len(ours()) == 1
