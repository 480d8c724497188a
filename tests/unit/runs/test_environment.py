"""The few settings that are read without pydantic are the same that pydantic reads."""

from pathlib import Path

import pytest

from bot.environment import read_run_settings
from bot.errors import SettingsError
from bot.settings import Settings


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"PLUMB_DATA_DIR": "/tmp/x", "OPENAI_API_KEY": "sk-a", "PLUMB_SPEND_CAP_USD": "0.5"},  # noqa: S108  only named
        {"PLUMB_OPENAI_API_KEY": "first", "OPENAI_API_KEY": "second", "ANTHROPIC_API_KEY": ""},
        {"plumb_openai_base_url": "http://127.0.0.1:1/v1", "PLUMB_ANTHROPIC_BASE_URL": "https://b.example"},
        {"PLUMB_ALLOWED_BASE_URLS": '["https://a.example", "http://localhost:1"]', "PLUMB_DATABASE_URL": ""},
        {"PLUMB_DATABASE_URL": "postgresql+asyncpg://u@h/d", "PLUMB_SPEND_CAP_USD": "0"},
        {"PLUMB_MODEL": "openai:judge"},
    ],
    ids=["none", "plain", "two keys", "base urls", "allowed", "served", "model"],
)
def test_both_read_the_same(given: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PLUMB_DATA_DIR", "PLUMB_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    ours, theirs = read_run_settings(), Settings()
    keys = {"openai": theirs.openai_api_key, "anthropic": theirs.anthropic_api_key}
    urls = {"openai": theirs.openai_base_url, "anthropic": theirs.anthropic_base_url}
    assert ours.data_dir == theirs.data_dir
    assert ours.database_url == theirs.database_url
    assert ours.api_keys == {name: key.get_secret_value() for name, key in keys.items() if key}
    assert ours.base_urls == {name: url for name, url in urls.items() if url}
    assert ours.allowed_base_urls == theirs.allowed_base_urls
    assert ours.spend_cap_usd == theirs.spend_cap_usd
    assert ours.model == theirs.model
    embedded = ours.embedded_database
    assert theirs.database == (f"sqlite+aiosqlite:///{embedded}" if embedded else ours.database_url)


def test_an_embedded_database_may_lie_elsewhere() -> None:
    settings = read_run_settings({"PLUMB_DATABASE_URL": "sqlite+aiosqlite:////srv/p.db"})
    assert settings.embedded_database == Path("/srv/p.db")


@pytest.mark.parametrize(
    ("name", "value"),
    [("PLUMB_ALLOWED_BASE_URLS", "https://a"), ("PLUMB_ALLOWED_BASE_URLS", "[1]"),
     ("PLUMB_SPEND_CAP_USD", "much"), ("PLUMB_SPEND_CAP_USD", "-1"), ("PLUMB_SPEND_CAP_USD", "inf")],
)  # fmt: skip
def test_what_is_malformed_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_run_settings({name: value})
