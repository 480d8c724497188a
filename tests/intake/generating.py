"""For schemathesis: moments as products send them. What lies in the future or long ago is refused on purpose,
which JSON Schema has no words for."""

from datetime import UTC, datetime

import schemathesis
from hypothesis import strategies as st

EARLY, LATE = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (1995, 2026))


def written(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


schemathesis.openapi.format("date-time", st.integers(EARLY, LATE).map(written))
