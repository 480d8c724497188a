"""DBOS's log records, made fit for ours: no terminal, few words, nothing said a thousand times."""

import logging
import time

AGAIN_AFTER_S = 60.0
ALIKE = 30  # characters that say what kind of trouble it is


class Sparing(logging.Filter):
    """Lets one record of a kind through per minute, and of a long one the first line: DBOS says the same
    every second while its database is away."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        kind, now = message[:ALIKE], time.monotonic()
        if now - self._said.get(kind, -AGAIN_AFTER_S) < AGAIN_AFTER_S:
            return False
        self._said[kind] = now
        record.msg, record.args = message.partition("\n")[0], None
        return True


def quieten() -> None:
    """DBOS's warnings go where all others go, and not to the terminal."""
    logger = logging.getLogger("dbos")
    logger.handlers[:] = [logging.NullHandler()]  # one is there, so it adds none of its own
    logger.filters[:] = [Sparing()]
    logger.propagate = True
