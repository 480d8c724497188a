"""Eight weeks as a line: weeks with enough behind them only, as no data is never zero."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.digests import Digest, FeatureWeek
from bot.domain.digests.telling import title
from bot.domain.features import Threshold
from bot.domain.features.wording import threshold
from bot.domain.metrics import METRICS, Metric, Unit
from bot.domain.metrics.derived import Figure
from bot.domain.metrics.telling import value
from bot.domain.weeks import Week, weeks_until
from handlers.views.digests.parts import Part, part
from handlers.views.kit import Block, Markup, clip, dead, joined, markup

FEWEST, SERIES = 3, 6  # weeks that make a line; lines of a chart
LABEL, TITLE = 20, 50  # characters that Slack takes
MARK = "▲"
SECOND = ("override_rate", "cost", "error_rate")


def positive(found: Digest) -> list[Part]:
    return _chart(found, "positive_rate")


def second(found: Digest) -> list[Part]:
    """Overrides or cost: what moved goes first."""
    moved = [change.metric.name for _, change in found.moved if change.metric.name in SECOND]
    for name in (*moved, *SECOND):
        if chart := _chart(found, name):
            return chart
    return []


def _chart(found: Digest, name: str) -> list[Part]:
    metric, lines = METRICS[name], _lines(found, name)
    if not lines:
        return []
    weeks = list(lines[0][1])
    labels = [_label(week, lines) for week in weeks]
    series = [
        {"name": label, "data": _points(labels, [_number(known[week]) for week in weeks])}
        for label, (_, known) in zip(_names([each for each, _ in lines]), lines, strict=True)
    ]
    bound = _bound(lines[0][0], name)
    if len(lines) == 1 and bound is not None:
        series[0]["name"] = clip(metric.label, LABEL)
        flat = [_scaled(bound.minimum, metric)] * len(labels)
        series.append({"name": clip(_capital(threshold(bound)), LABEL), "data": _points(labels, flat)})
    chart = {"type": "line", "series": series, "axis_config": {"categories": labels}}
    whose = f"{lines[0][0].feature.name}: " if len(lines) == 1 < len(found.features) else ""
    heading = clip(dead(f"{whose}{_heading(metric)}{_marks(lines, weeks)}"), TITLE)
    block: Block = {"type": "data_visualization", "title": heading, "chart": chart}
    return [part(block, _told(metric, lines, weeks))]


Line = tuple[FeatureWeek, dict[Week, Figure]]


def _lines(found: Digest, name: str) -> list[Line]:
    """What moved first, then by how much is known; the others have every week of the first, or no line."""
    known = [(each, _known(each, name)) for each in found.features]
    drawn = [(each, weeks) for each, weeks in known if len(weeks) >= FEWEST]
    moved = {week.feature.name for week, change in found.moved if change.metric.name == name}
    drawn.sort(key=lambda line: (line[0].feature.name not in moved, -len(line[1]), -_n(line)))
    return [line for line in drawn if set(drawn[0][1]) <= set(line[1])][:SERIES]


def _n(line: Line) -> int:
    return sum(figure.n for figure in line[1].values())


def _known(week: FeatureWeek, name: str) -> dict[Week, Figure]:
    weeks = weeks_until(week.week, len(week.cards))
    figures = ((each, card.figure(name)) for each, card in zip(weeks, week.cards, strict=True))
    return {each: figure for each, figure in figures if figure is not None and figure.enough}


def _label(week: Week, lines: Iterable[Line]) -> str:
    changed = any(week.since <= event.at < week.until for each, _ in lines for event in each.events)
    return f"{week.monday.day} {week.monday:%b}{f' {MARK}' if changed else ''}"


def _marks(lines: Sequence[Line], weeks: Sequence[Week]) -> str:
    """The newest change in the drawn weeks, which a mark stands for."""
    events = [
        event
        for each, _ in lines
        for event in each.events
        if any(week.since <= event.at < week.until for week in weeks)
    ]
    if not events:
        return ""
    newest = max(events, key=lambda event: event.at)
    return f" · {MARK} {newest} {newest.at.day} {newest.at:%b}"


def _heading(metric: Metric) -> str:
    unit = {Unit.SHARE: "%", Unit.DOLLARS: "$ per 1,000", Unit.MILLISECONDS: "ms"}[metric.unit]
    return f"{metric.label}, {unit}"


def _number(figure: Figure) -> float:
    return _scaled(figure.value or 0.0, figure.metric)


def _scaled(number: float, metric: Metric) -> float:
    scale = {Unit.SHARE: 100, Unit.DOLLARS: 1_000, Unit.MILLISECONDS: 1}[metric.unit]
    return round(number * scale, 1 if metric.unit is Unit.SHARE else 3)


def _bound(week: FeatureWeek, name: str) -> Threshold | None:
    """Its minimum; the goal is left to the scorecard."""
    found = next((each for each in week.feature.thresholds if each.metric == name), None)
    return replace(found, goal=None) if found else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _names(weeks: Sequence[FeatureWeek]) -> list[str]:
    """Short and all different."""
    names: list[str] = []
    for number, week in enumerate(weeks, 1):
        name = clip(" ".join(dead(week.feature.name).split()), LABEL) or f"Feature {number}"
        names.append(name if name not in names else clip(f"{number} {name}", LABEL))
    return names


def _points(labels: Sequence[str], values: Sequence[float]) -> list[Block]:
    return [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]


def _told(metric: Metric, lines: Sequence[Line], weeks: Sequence[Week]) -> Markup:
    said = []
    for each, known in lines:
        figures = ((week, known[week]) for week in weeks)
        points = [f"{week.monday.day} {week.monday:%b} {value(figure)}" for week, figure in figures]
        said.append(markup("{}, {} by week: {}", title(each), metric.label.lower(), ", ".join(points)))
    return joined(said, "\n")
