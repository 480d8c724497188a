"""What the bot measures of itself, in the text that Prometheus reads."""

import logging
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Iterator, Mapping

from bot.logs import LOGGER, log_failure

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)  # seconds; Slack gives up after three

Look = Callable[[], Awaitable[Mapping[str, float]]]
"""Reads figures when they are asked for: by label value, or under "" where there is but one."""


class Histogram:
    """How long something took, by kind: counts below bounds, as Prometheus adds them up."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}

    def observe(self, kind: str, seconds: float) -> None:
        counts = self._counts.setdefault(kind, [0] * (len(BOUNDS) + 1))
        counts[bisect_left(BOUNDS, seconds)] += 1
        self._sums[kind] = self._sums.get(kind, 0.0) + seconds

    def lines(self, name: str) -> Iterator[str]:
        for kind, counts in sorted(self._counts.items()):
            total = 0
            for bound, count in zip((*BOUNDS, float("inf")), counts, strict=True):
                total += count
                le = "+Inf" if bound == float("inf") else f"{bound:g}"
                yield f"{name}_bucket{_labels(kind=kind, le=le)} {total}"
            yield f"{name}_sum{_labels(kind=kind)} {self._sums[kind]:.6f}"
            yield f"{name}_count{_labels(kind=kind)} {total}"


class FailureCount(logging.Handler):
    """Counts what was logged as a failure; ``close`` ends that."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.failures = 0
        LOGGER.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.failures += 1

    def close(self) -> None:
        LOGGER.removeHandler(self)
        super().close()


class Metrics:
    """The figures of one process. ``look`` adds ones that are read when somebody asks."""

    def __init__(self) -> None:
        self._acks = Histogram()
        self._failures = FailureCount()
        self._looks: list[tuple[str, str, str, str, Look]] = []

    def acked(self, kind: str, seconds: float) -> None:
        """Something that Slack sent was answered."""
        self._acks.observe(kind, seconds)

    def look(self, name: str, says: str, read: Look, *, label: str = "", kind: str = "gauge") -> None:
        """Show what ``read`` returns as ``plumbline_<name>``, by ``label`` where there are several."""
        self._looks.append((f"plumbline_{name}", says, kind, label, read))

    async def text(self) -> str:
        """All of it. A figure that cannot be read is left out."""
        lines = [
            *_head("plumbline_ack_seconds", "Time from Slack's request to the ack.", "histogram"),
            *self._acks.lines("plumbline_ack_seconds"),
            *_head("plumbline_failures_total", "Failures in the log.", "counter"),
            f"plumbline_failures_total {self._failures.failures}",
        ]
        for name, says, kind, label, read in self._looks:
            try:
                values = await read()
            except Exception as error:  # noqa: BLE001  the other figures are still worth having
                log_failure(error)
                continue
            lines += _head(name, says, kind)
            for value, figure in sorted(values.items()):
                lines.append(f"{name}{_labels(**{label: value}) if label else ''} {figure:g}")
        return "\n".join(lines) + "\n"

    def close(self) -> None:
        self._failures.close()


def _head(name: str, says: str, kind: str) -> tuple[str, str]:
    return f"# HELP {name} {says}", f"# TYPE {name} {kind}"


def _labels(**labels: str) -> str:
    escaped = (
        (name, value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"))
        for name, value in labels.items()
    )
    return "{" + ",".join(f'{name}="{value}"' for name, value in escaped) + "}"
