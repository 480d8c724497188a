"""The charts of a digest as one picture: for where Slack shows no charts, for a page or a mail.

It brings its own light ground, so that it reads the same in a light and a dark window.
"""

import io
from collections.abc import Sequence
from threading import Lock
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from bot.domain.digests import Digest
from bot.domain.digests.plots import Line, Plot, day, positive, second
from bot.domain.digests.telling import days, top
from bot.domain.features.wording import threshold
from bot.reports._chain_words import drawable, fitted

GROUND, INK, FAINT, EDGE = "#f6f6f3", "#1d1c1d", "#65646a", "#d5d4cf"
COLOURS = ("#24639c", "#b3541e", "#2b7a3f", "#8a4b9b", "#2f7f86", "#5a6b1f")
DPI, WIDTH, HEIGHT, HEAD = 150, 8.0, 2.5, 0.8  # dots an inch; inches
BIG, TEXT, SMALL = 13.0, 9.5, 8.0  # points
_SETTINGS: dict[Any, Any] = {"font.family": "DejaVu Sans", "text.parse_math": False, "font.size": TEXT}
_drawing = Lock()  # matplotlib's settings are the process's own


def picture(digest: Digest) -> bytes:
    """A PNG: the headline, then each chart with its intervals. The same digest gives the same bytes. It takes
    a moment: not for the event loop."""
    plots = [found for found in (positive(digest), second(digest)) if found is not None]
    height = HEAD + HEIGHT * max(1, len(plots))
    with _drawing, mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=GROUND)
        _head(figure, digest, height)
        for number, plot in enumerate(plots):
            bottom = height - HEAD - HEIGHT * (number + 1)
            axes = figure.add_axes((0.07, (bottom + 0.4) / height, 0.9, (HEIGHT - 0.85) / height))
            _draw(axes, plot)
        if not plots:
            figure.text(0.5, 0.35, "No metric has three weeks to draw.", color=FAINT, ha="center")
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=DPI, facecolor=GROUND, metadata={"Software": "Plumbline"})
        return out.getvalue()


def described(digest: Digest) -> str:
    """The picture in words, for those who do not see it."""
    plots = [found for found in (positive(digest), second(digest)) if found is not None]
    return "\n".join([top(digest), *(said for plot in plots for said in plot.told)])


def _head(figure: Figure, digest: Digest, height: float) -> None:
    said = fitted(top(digest), WIDTH - 0.5, BIG, bold=True)
    figure.text(0.03, 1 - 0.34 / height, said, fontsize=BIG, fontweight="bold", color=INK)
    under = f"Week {digest.week.name[-2:]}, {days(digest.week)}, {digest.week.zone}; bands are 95 %"
    figure.text(0.03, 1 - 0.6 / height, under, fontsize=SMALL, color=FAINT)


def _draw(axes: Any, plot: Plot) -> None:
    places = range(len(plot.weeks))
    axes.set_facecolor(GROUND)
    axes.set_title(drawable(plot.heading), loc="left", fontsize=TEXT, fontweight="bold", color=INK)
    for colour, line in zip(COLOURS, plot.lines, strict=False):
        _line(axes, plot, line, colour)
    if plot.bound is not None:
        axes.axhline(plot.scaled(plot.bound.minimum), color=FAINT, linestyle="--", linewidth=1)
        said = threshold(plot.bound)
        at = plot.scaled(plot.bound.minimum)
        axes.annotate(said, (0, at), xytext=(2, 3), textcoords="offset points", fontsize=SMALL, color=FAINT)
    _marks(axes, plot)
    axes.set_xticks(places, [day(week) for week in plot.weeks])
    axes.set_ylim(bottom=0)
    axes.margins(x=0.03)
    axes.grid(axis="y", color=EDGE, linewidth=0.6)
    axes.tick_params(colors=FAINT, labelsize=SMALL, length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    if len(plot.lines) > 1:
        axes.legend(loc="lower left", fontsize=SMALL, frameon=False, ncols=3)


def _line(axes: Any, plot: Plot, line: Line, colour: str) -> None:
    places = range(len(plot.weeks))
    values = [plot.scaled(figure.value or 0.0) for figure in line.figures]
    axes.plot(places, values, color=colour, marker="o", markersize=4, label=drawable(line.week.feature.name))
    if len(plot.lines) == 1:
        low, high = _band(plot, line)
        axes.fill_between(places, low, high, color=colour, alpha=0.15, linewidth=0)


def _band(plot: Plot, line: Line) -> tuple[Sequence[float], Sequence[float]]:
    """Where an interval is not known it is the value itself."""
    ends = [
        (figure.interval.low, figure.interval.high)
        if figure.interval
        else (figure.value or 0.0, figure.value or 0.0)
        for figure in line.figures
    ]
    return [plot.scaled(low) for low, _ in ends], [plot.scaled(high) for _, high in ends]


def _marks(axes: Any, plot: Plot) -> None:
    """What was changed, at its week: told beside the line, and as nothing more than having come before."""
    for place, week in enumerate(plot.weeks):
        events = plot.changed(week)
        if events:
            axes.axvline(place, color=COLOURS[1], linewidth=1, alpha=0.7)
            right = place > len(plot.weeks) / 2
            axes.annotate(
                f"▲ {drawable(str(events[-1]))}", (place, 1), xycoords=("data", "axes fraction"),
                xytext=(0, 4), textcoords="offset points", ha="right" if right else "left", va="bottom",
                fontsize=SMALL, color=COLOURS[1],
            )  # fmt: skip
