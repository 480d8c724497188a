"""How much is taken: by each key over time, and by the process at once."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from bot.errors import Busy

BURST = 10.0  # seconds of its rate that a key may use at once
KEYS = 10_000  # buckets that are remembered


class Bucket:
    """Refills at ``rate`` a second up to BURST seconds of it. What a body holds is known once it is read, so
    the last one may overdraw it; nothing more is let in until that is made up for."""

    def __init__(self, rate: float, now: float) -> None:
        self._rate = rate
        self._level = rate * BURST
        self._at = now

    def wait(self, now: float) -> float:
        """Seconds until something may come, 0 for now."""
        self._level = min(self._rate * BURST, self._level + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, -self._level / self._rate) if self._level < 0 else 0.0

    def take(self, amount: float) -> None:
        self._level -= amount


class KeyLimits:
    """Records and bytes a second of every key."""

    def __init__(self, records: float, size: float, clock: Callable[[], float] = monotonic) -> None:
        self._rates = (records, size)
        self._clock = clock
        self._buckets: OrderedDict[int, tuple[Bucket, Bucket]] = OrderedDict()

    def check(self, key: int) -> None:
        """Raises Busy where the key has used up what it may."""
        now = self._clock()
        for bucket, rate, what in zip(self._of(key), self._rates, ("records", "bytes"), strict=True):
            wait = bucket.wait(now)
            if wait > 0:
                raise Busy(
                    f"This key sends more than {rate:,.0f} {what} a second.",
                    retry_after=wait,
                    hint="Wait as long as Retry-After says, or ask for a higher limit.",
                    code="too_many",
                )

    def spend(self, key: int, records: int, size: int) -> None:
        for bucket, amount in zip(self._of(key), (records, size), strict=True):
            bucket.take(amount)

    def _of(self, key: int) -> tuple[Bucket, Bucket]:
        found = self._buckets.get(key)
        if found is None:
            now = self._clock()
            found = self._buckets[key] = (Bucket(self._rates[0], now), Bucket(self._rates[1], now))
            if len(self._buckets) > KEYS:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        return found


class Held:
    """What one request has in hand."""

    def __init__(self, backlog: "Backlog") -> None:
        self._backlog = backlog
        self.size = 0

    def grow(self, size: int) -> None:
        """Raises Busy where all requests together would hold too much."""
        self._backlog.add(size)
        self.size += size


class Backlog:
    """Bodies in hand, of all keys: being received, prepared or written."""

    def __init__(self, most: int = 128, most_bytes: int = 12_000_000) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self.bodies = 0
        self.size = 0

    @contextmanager
    def hold(self) -> Iterator[Held]:
        """Raises Busy where too many are in hand."""
        if self.bodies >= self._most:
            raise _full()
        held = Held(self)
        self.bodies += 1
        try:
            yield held
        finally:
            self.bodies -= 1
            self.size -= held.size

    def add(self, size: int) -> None:
        if self.size + size > self._most_bytes:
            raise _full()
        self.size += size


def _full() -> Busy:
    return Busy(
        "More is coming in than can be worked on.",
        retry_after=2.0,
        hint="Nothing of this request was kept. Send it again after Retry-After seconds.",
        code="full",
    )
