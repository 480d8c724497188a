"""Cached answers out of the embedded database, without the machinery that opens it for everything else."""

import sqlite3
from contextlib import closing
from pathlib import Path


class EmbeddedAnswers:
    """Reads; a look takes microseconds, so it is done where it is asked for. Where there is no database yet,
    or one of another version, there are no answers."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._connection: sqlite3.Connection | None = None
        self._none = False

    async def __call__(self, key: str) -> bytes | None:
        if self._none:
            return None
        try:
            with closing(self._opened().cursor()) as cursor:
                row = cursor.execute("SELECT response FROM response_cache WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            self._none = True
            return None
        return None if row is None else bytes(row[0])

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            place = f"{self._database.resolve().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(place, uri=True, timeout=1)
        return self._connection
