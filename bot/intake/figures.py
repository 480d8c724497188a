"""What the intake counts of itself since it was started, for /metrics."""

from collections import Counter
from collections.abc import Callable, Mapping

from bot.intake.metrics import Metrics


class Figures:
    """``records`` by what became of them, requests ``refused`` by why, ``queue``: bodies in hand now."""

    def __init__(self, queue: Callable[[], int]) -> None:
        self.records: Counter[str] = Counter(new=0, known=0, sampled_out=0, left_out=0, feedback=0, number=0)
        self.refused: Counter[str] = Counter()
        self._queue = queue

    def show(self, metrics: Metrics) -> None:
        """Add them to what is measured."""

        async def records() -> Mapping[str, float]:
            return {kind: float(count) for kind, count in self.records.items()}

        async def refused() -> Mapping[str, float]:
            return {code: float(count) for code, count in self.refused.items()}

        async def queue() -> Mapping[str, float]:
            return {"": float(self._queue())}

        says = "Records taken in, by what became of them."
        metrics.look("intake_records_total", says, records, label="kind", kind="counter")
        says = "Requests of products refused, by why."
        metrics.look("intake_refused_total", says, refused, label="code", kind="counter")
        metrics.look("intake_queue", "Bodies being received, prepared or written.", queue)
