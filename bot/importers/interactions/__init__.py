"""Reading interactions of products: one module per format, listed in ``FORMATS``.

    read(body, "ndjson", "reply", limit=5_000)   # -> Read(interactions, problems)

Pure and picklable: it runs in a worker process, asks no clock and never raises; what cannot be used is a
``Problem`` with a row, a field and what to do. Files of any size come by ``files.open_interactions``.
To add a format, write one module with a ``FORMATS`` tuple and name it in ``_MODULES``; special makes stand
before general ones. ``fields`` says which names are read as what.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from bot.importers.interactions import anthropic, langfuse, langsmith, openai, otlp, plain, table
from bot.importers.interactions.contract import (
    FAR,
    MOST_WHOLE,
    WHOLE,
    Asked,
    BodyRefused,
    Format,
    Problem,
    Read,
)
from bot.importers.interactions.reading import take

__all__ = ["FAR", "FORMATS", "MOST_WHOLE", "WHOLE", "Problem", "Read", "read"]

_MODULES = (otlp, langfuse, langsmith, openai, anthropic, plain, table)

FORMATS: Mapping[str, Format] = MappingProxyType(
    {format_.name: format_ for module in _MODULES for format_ in module.FORMATS}
)
"""Every format by its name, special makes first."""


def read(body: bytes, format: str, feature: str, *, limit: int, now: datetime | None = None) -> Read:  # noqa: A002  the word that callers send
    """The interactions of one body.

    More than ``limit`` records are refused as a whole. ``now`` is what a record without a moment of its own
    gets, and what none may lie far behind; without it such a record is a problem.
    """
    known = FORMATS.get(format)
    if known is None:
        return Read(
            problems=[Problem(WHOLE, "", f"There is no format {format!r}.", f"One of: {', '.join(FORMATS)}.")]
        )
    try:
        return take(known, known.records(body), Asked(feature, now, now), limit)
    except BodyRefused as refused:
        return Read(problems=[refused.problem])
