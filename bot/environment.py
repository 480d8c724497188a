"""The few settings that a run on the command line needs before its first call, read without pydantic.

Loading ``bot.settings`` takes a third of a second, which is most of what a run has until its first request is
to be out. A test holds every value here equal to the one there.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import SettingsError


@dataclass(frozen=True, slots=True)
class RunSettings:
    """Fields as in ``bot.settings.Settings``, keys and base URLs by vendor."""

    data_dir: Path
    database_url: str = ""
    api_keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    base_urls: Mapping[str, str] = field(default_factory=dict)
    allowed_base_urls: tuple[str, ...] = ()
    spend_cap_usd: float = 2.0
    model: str = "offline"

    @property
    def judge(self) -> str:
        """The model that judges where a config names none; "" without one."""
        return "" if self.model == "offline" else self.model

    @property
    def embedded_database(self) -> Path | None:
        """The file of the embedded database, None where the database is served."""
        if not self.database_url:
            return self.data_dir / "plumbline.db"
        scheme, _, path = self.database_url.partition(":///")
        return Path(path) if scheme.startswith("sqlite") else None


def read_run_settings(environment: Mapping[str, str] = os.environ) -> RunSettings:
    """Names are read in any case, empty values count as none.

    Raises:
        SettingsError: a value is of the wrong form.
    """
    found = {name.upper(): value for name, value in environment.items() if value}
    vendors = ("openai", "anthropic")
    keys = {vendor: _key(found, vendor) for vendor in vendors}
    urls = {vendor: found.get(f"PLUMB_{vendor.upper()}_BASE_URL", "") for vendor in vendors}
    return RunSettings(
        Path(found["PLUMB_DATA_DIR"]) if "PLUMB_DATA_DIR" in found else _data_dir(),
        found.get("PLUMB_DATABASE_URL", ""),
        {vendor: key for vendor, key in keys.items() if key},
        {vendor: url for vendor, url in urls.items() if url},
        _urls(found.get("PLUMB_ALLOWED_BASE_URLS", "[]")),
        _dollars(found.get("PLUMB_SPEND_CAP_USD", "2.0")),
        found.get("PLUMB_MODEL", "offline"),
    )


def _key(found: Mapping[str, str], vendor: str) -> str:
    name = f"{vendor.upper()}_API_KEY"
    return found.get(f"PLUMB_{name}") or found.get(name, "")


def _data_dir() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("plumbline", appauthor=False))


def _urls(text: str) -> tuple[str, ...]:
    try:
        urls = json.loads(text)
    except ValueError:
        urls = None
    if not isinstance(urls, list) or not all(isinstance(url, str) for url in urls):
        raise _unusable(
            "PLUMB_ALLOWED_BASE_URLS", 'a JSON list of base URLs, e.g. ["http://127.0.0.1:11434/v1"]'
        )
    return tuple(urls)


def _dollars(text: str) -> float:
    try:
        dollars = float(text)
    except ValueError:
        dollars = -1.0
    if not 0 <= dollars < float("inf"):
        raise _unusable("PLUMB_SPEND_CAP_USD", "a number of US dollars")
    return dollars


def _unusable(name: str, form: str) -> SettingsError:
    return SettingsError(f"{name} must be {form}.", hint="Correct it in the environment.")
