"""What a digest draws: a metric over eight weeks. Weeks with too few behind them are left out, as no data is
never zero."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.digests.model import Digest, Event, FeatureWeek
from bot.domain.digests.telling import title
from bot.domain.features import Threshold
from bot.domain.metrics.catalogue import METRICS, Metric, Unit
from bot.domain.metrics.derived import Figure
from bot.domain.metrics.telling import value
from bot.domain.weeks import Week, weeks_until

FEWEST, SERIES = 3, 6  # weeks that make a line; lines of a chart
POSITIVE = "positive_rate"
SECOND = ("override_rate", "cost", "error_rate")
UNITS = {Unit.SHARE: "%", Unit.DOLLARS: "$ per 1,000", Unit.MILLISECONDS: "ms"}
SCALES = {Unit.SHARE: 100.0, Unit.DOLLARS: 1_000.0, Unit.MILLISECONDS: 1.0}


@dataclass(frozen=True, slots=True)
class Line:
    """A feature's figures, one for each of the plot's weeks; each is judged by enough."""

    week: FeatureWeek
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """``bound``: the minimum to reach, where there is one line; ``whose``: that line's feature, where the
    digest is of several."""

    metric: Metric
    weeks: tuple[Week, ...]
    lines: tuple[Line, ...]
    bound: Threshold | None = None
    whose: str = ""

    @property
    def heading(self) -> str:
        """ "reply: Thumbs up, %"."""
        whose = f"{self.whose}: " if self.whose else ""
        return f"{whose}{self.metric.label}, {UNITS[self.metric.unit]}"

    def changed(self, week: Week) -> Sequence[Event]:
        """What was changed in that week, of any feature that is drawn."""
        events = [event for line in self.lines for event in line.week.events]
        return sorted((e for e in events if week.since <= e.at < week.until), key=lambda event: event.at)

    @property
    def newest_change(self) -> Event | None:
        found = [event for week in self.weeks for event in self.changed(week)]
        return found[-1] if found else None

    def scaled(self, number: float) -> float:
        """As it is drawn: per cent, dollars per thousand, milliseconds."""
        return round(number * SCALES[self.metric.unit], 1 if self.metric.unit is Unit.SHARE else 3)

    @property
    def told(self) -> Sequence[str]:
        """A sentence for each line: "Replies, thumbs up by week: 21 Sep 84 %, …"."""
        return [
            f"{title(line.week)}, {self.metric.label.lower()} by week: "
            + ", ".join(
                f"{day(week)} {value(figure)}" for week, figure in zip(self.weeks, line.figures, strict=True)
            )
            for line in self.lines
        ]


def day(week: Week) -> str:
    """ "9 Nov"."""
    return f"{week.monday.day} {week.monday:%b}"


def positive(digest: Digest) -> Plot | None:
    return plot(digest, POSITIVE)


def second(digest: Digest) -> Plot | None:
    """Overrides, cost or failures: what moved goes first."""
    moved = [change.metric.name for _, change in digest.moved if change.metric.name in SECOND]
    return next((found for name in (*moved, *SECOND) if (found := plot(digest, name))), None)


def plot(digest: Digest, name: str) -> Plot | None:
    """What moved first, then by how much is known; another feature has every week of the first, or no line.
    None where no feature has FEWEST weeks."""
    moved = {week.feature.name for week, change in digest.moved if change.metric.name == name}
    drawn = [(each, known) for each in digest.features if len(known := _known(each, name)) >= FEWEST]
    if not drawn:
        return None
    drawn.sort(key=lambda pair: (pair[0].feature.name not in moved, -len(pair[1]), -_total(pair[1])))
    weeks = tuple(drawn[0][1])
    fitting = [(each, known) for each, known in drawn if set(weeks) <= set(known)][:SERIES]
    lines = tuple(Line(each, tuple(known[week] for week in weeks)) for each, known in fitting)
    alone = lines[0].week.feature if len(lines) == 1 else None
    bound = next((each for each in alone.thresholds if each.metric == name), None) if alone else None
    return Plot(
        METRICS[name],
        weeks,
        lines,
        replace(bound, goal=None) if bound else None,
        alone.name if alone and len(digest.features) > 1 else "",
    )


def _known(week: FeatureWeek, name: str) -> dict[Week, Figure]:
    weeks = weeks_until(week.week, len(week.cards))
    figures = ((each, card.figure(name)) for each, card in zip(weeks, week.cards, strict=True))
    return {each: figure for each, figure in figures if figure is not None and figure.enough}


def _total(known: dict[Week, Figure]) -> int:
    return sum(figure.n for figure in known.values())
