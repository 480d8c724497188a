"""Logging: one rotating file, every record redacted after formatting, a reference id for failures."""

import logging
import secrets
from logging.handlers import RotatingFileHandler
from pathlib import Path

from bot.domain.redaction import redact_structured

LOGGER = logging.getLogger("plumbline")


class RedactingFormatter(logging.Formatter):
    """Redacts the finished record, traceback included, so that no argument slips past."""

    def format(self, record: logging.LogRecord) -> str:
        return redact_structured(super().format(record))


def configure_logs(folder: Path, level: str, *, to_stderr: bool = False) -> None:
    """Send all records to ``folder/plumbline.log`` (1 MB, three kept); nothing goes to the terminal, unless
    ``to_stderr`` says so: there containers keep their logs."""
    root = logging.getLogger()
    for ours in [h for h in root.handlers if isinstance(h.formatter, RedactingFormatter)]:
        root.removeHandler(ours)
        ours.close()
    folder.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [
        RotatingFileHandler(
            folder / "plumbline.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
        )
    ]
    if to_stderr:
        handlers.append(logging.StreamHandler())
    for handler in handlers:
        handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        root.addHandler(handler)
    root.setLevel("WARNING")
    LOGGER.setLevel(level)


def log_failure(error: BaseException) -> str:
    """Log an unexpected failure with its traceback; returns the short id a person can quote."""
    reference = secrets.token_hex(4)
    LOGGER.error("failure %s", reference, exc_info=error)
    return reference
