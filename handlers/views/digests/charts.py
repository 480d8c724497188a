"""A plot of a digest as a native chart; its twin says every week."""

from collections.abc import Sequence

from bot.domain.digests.plots import Plot, day
from bot.domain.features.wording import threshold
from handlers.views.digests.parts import Part, part
from handlers.views.kit import Block, clip, dead, joined, markup

LABEL, TITLE = 20, 50  # characters that Slack takes
MARK = "▲"


def chart(plot: Plot | None) -> list[Part]:
    """Weeks in which something was changed carry a mark; the title says what the newest one was."""
    if plot is None:
        return []
    labels = [f"{day(week)}{f' {MARK}' if plot.changed(week) else ''}" for week in plot.weeks]
    series = [
        _series(name, labels, [plot.scaled(figure.value or 0.0) for figure in line.figures])
        for name, line in zip(_names(plot), plot.lines, strict=True)
    ]
    if plot.bound is not None:
        flat = [plot.scaled(plot.bound.minimum)] * len(labels)
        series.append(_series(_capital(threshold(plot.bound)), labels, flat))
    drawn = {"type": "line", "series": series, "axis_config": {"categories": labels}}
    block: Block = {"type": "data_visualization", "title": _title(plot), "chart": drawn}
    return [part(block, joined([markup("{}", said) for said in plot.told], "\n"))]


def _title(plot: Plot) -> str:
    newest = plot.newest_change
    changed = f" · {MARK} {newest} {newest.at.day} {newest.at:%b}" if newest else ""
    return clip(" ".join(dead(f"{plot.heading}{changed}").split()), TITLE)


def _series(name: str, labels: Sequence[str], values: Sequence[float]) -> Block:
    points = [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]
    return {"name": clip(name, LABEL), "data": points}


def _names(plot: Plot) -> list[str]:
    """Short and all different; one line is called by its metric."""
    if len(plot.lines) == 1:
        return [plot.metric.label]
    names: list[str] = []
    for number, line in enumerate(plot.lines, 1):
        name = clip(" ".join(dead(line.week.feature.name).split()), LABEL) or f"Feature {number}"
        names.append(name if name not in names else clip(f"{number} {name}", LABEL))
    return names


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
