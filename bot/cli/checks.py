"""A check of the setup, as `plumb doctor` shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``mend`` is empty where nothing needs doing."""

    what: str
    ok: bool
    found: str
    mend: str = ""
