"""The chain of evidence as a picture: stages as columns, what was found as cards, links as curves.

It brings its own light ground, so that it reads the same in a light and a dark window.
"""

import io
from threading import Lock
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path

from bot.domain.chain import Chain, Link, Stage
from bot.domain.chain_layout import (
    CARD,
    GAP,
    HEAD,
    LOW,
    MARGIN,
    TITLES,
    Card,
    Column,
    Lane,
    Layout,
    laid_out,
)
from bot.domain.chain_text import NOUNS, Named, day, line, plainly
from bot.reports._chain_words import fitted, wrapped

GROUND, INK, FAINT, EDGE, ASKED = "#f6f6f3", "#1d1c1d", "#65646a", "#d5d4cf", "#fff3c4"
COLOURS = {
    Stage.TICKET: "#2f7f86",
    Stage.THEME: "#2f7f86",
    Stage.STORY: "#24639c",
    Stage.INTERACTION: "#24639c",
    Stage.VOTE: "#b3541e",
    Stage.CANDIDATE: "#8a4b9b",
    Stage.CASE: "#8a4b9b",
    Stage.DATASET: "#8a4b9b",
    Stage.EXPERIMENT: "#4b51a8",
    Stage.PROMPT: "#2b7a3f",
    Stage.RELEASE: "#2b7a3f",
    Stage.WATCH: "#5a6b1f",
}
DPI = 150
BIG, TEXT, SMALL = 13.5, 8.4, 7.4  # points
_SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "text.parse_math": False,  # dollars are dollars
    "svg.hashsalt": "plumbline",
    "svg.fonttype": "path",
}
_drawing = Lock()  # matplotlib's settings are the process's own


def picture(chain: Chain, kind: str, name: Named = plainly) -> bytes:
    """``kind``: "svg" or "png"; ``name`` says what people are called. The same chain gives the same bytes. It
    takes a moment: not for the event loop."""
    layout = laid_out(chain)
    with _drawing, mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(layout.width, layout.height), dpi=DPI, facecolor=GROUND)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, layout.width), ylim=(layout.height, 0))
        axes.set_axis_off()
        _head(axes, chain, layout, name)
        for link in layout.links:
            _curve(axes, layout, link)
        for lane in layout.lanes:
            _lane(axes, lane)
        for column in layout.columns:
            _title(axes, column)
        for card in layout.cards.values():
            _card(axes, card, name)
        return _bytes(figure, chain, kind)


def described(chain: Chain) -> str:
    """The picture in words, for those who do not see it."""
    return f"Chain of evidence around {_asked(chain)}: {line(chain)}"


def _bytes(figure: Figure, chain: Chain, kind: str) -> bytes:
    out = io.BytesIO()
    about: dict[str, Any] = {"Software": "Plumbline"}
    if kind == "svg":
        about = {"Date": None, "Title": described(chain), "Creator": "Plumbline"}
    figure.savefig(out, format=kind, dpi=DPI, facecolor=GROUND, metadata=about)
    return out.getvalue()


def _asked(chain: Chain) -> str:
    return next((node.id for node in chain.nodes if node.name == chain.about), chain.about)


def _head(axes: Any, chain: Chain, layout: Layout, name: Named) -> None:
    room = layout.width - 2 * MARGIN
    title = fitted(f"Chain of evidence around {_asked(chain)}", room, BIG, bold=True)
    axes.text(MARGIN, 0.46, title, fontsize=BIG, fontweight="bold", color=INK, va="baseline")
    for number, part in enumerate(wrapped(line(chain, name), room, TEXT, most=2)):
        axes.text(MARGIN, 0.72 + number * 0.18, part, fontsize=TEXT, color=FAINT, va="baseline")


def _title(axes: Any, column: Column) -> None:
    one, several = NOUNS[column.stage]
    told = f"{column.total:,} {one if column.total == 1 else several}"
    y = HEAD + TITLES - 0.16
    axes.text(column.x, y, told, fontsize=TEXT, fontweight="bold", color=COLOURS[column.stage], va="baseline")
    if column.hidden:
        more = f"+ {column.hidden:,} more"
        axes.text(
            column.x + CARD / 2,
            column.bottom - 0.1,
            more,
            fontsize=SMALL,
            color=FAINT,
            ha="center",
            va="center",
        )


def _card(axes: Any, card: Card, name: Named) -> None:
    _box(axes, card)
    x, room = card.x + 0.21, CARD - 0.3
    y = card.y + (0.18 if card.height == LOW else 0.21)
    _says(axes, x, y, fitted(_title_of(card, name), room, TEXT, bold=True), bold=True)
    if not card.roomy:
        told = " · ".join(filter(None, (card.node.title, _facts(card, name))))
        _says(axes, x, y + 0.165, fitted(told, room, SMALL), ink=FAINT)
        return
    facts = _facts(card, name)
    title = wrapped(card.node.title, room, SMALL, most=2 if facts else 3)
    lines = wrapped(facts, room, SMALL, most=3 - len(title))
    for number, part in enumerate(title, 1):
        _says(axes, x, y + number * 0.165, part)
    for number, part in enumerate(reversed(lines)):
        _says(axes, x, card.y + card.height - 0.12 - number * 0.165, part, ink=FAINT)


def _says(axes: Any, x: float, y: float, text: str, *, ink: str = INK, bold: bool = False) -> None:
    size, weight = (TEXT, "bold") if bold else (SMALL, "normal")
    axes.text(x, y, text, fontsize=size, fontweight=weight, color=ink, va="baseline", zorder=5)


def _box(axes: Any, card: Card) -> None:
    fill, edge, width = (ASKED, INK, 1.8) if card.asked else ("#ffffff", EDGE, 0.9)
    outline = FancyBboxPatch(
        (card.x, card.y), CARD, card.height, boxstyle="round,pad=0,rounding_size=0.07",
        facecolor=fill, edgecolor=edge, linewidth=width, zorder=3,
    )  # fmt: skip
    bar = FancyBboxPatch(
        (card.x + 0.07, card.y + 0.08), 0.05, card.height - 0.16, boxstyle="round,pad=0,rounding_size=0.025",
        facecolor=COLOURS[card.node.stage], edgecolor="none", zorder=4,
    )  # fmt: skip
    axes.add_patch(outline)
    axes.add_patch(bar)


def _title_of(card: Card, name: Named) -> str:
    """The id; of a vote who gave it, of a watch what it is after."""
    node = card.node
    if node.stage is Stage.VOTE:
        return name(node.by)
    return f"after {node.id}" if node.stage is Stage.WATCH else node.id


def _facts(card: Card, name: Named) -> str:
    node = card.node
    silent = node.stage in {Stage.VOTE, Stage.WATCH}
    by = name(node.by) if node.by and node.stage is not Stage.VOTE else ""
    return " · ".join(filter(None, ("" if silent else node.state, day(node.at) if node.at else "", by)))


def _curve(axes: Any, layout: Layout, link: Link) -> None:
    start, end = layout.cards[link.cause], layout.cards[link.effect]
    asked = start.asked or end.asked
    (x0, y0), (x1, y1) = (start.x + CARD, start.middle), (end.x, end.middle)
    bend = max(0.26, (x1 - x0) * 0.45)
    corners = [(x0, y0), (x0 + bend, y0), (x1 - bend, y1), (x1, y1)]
    path = Path(corners, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    width, alpha = (1.8, 0.8) if asked else (1.1, 0.45)
    _stroke(axes, path, COLOURS[start.node.stage], width, alpha)


def _lane(axes: Any, lane: Lane) -> None:
    """Out to the left of its card, down, under everything to its column, and up to it."""
    x0, y0 = lane.start.x, lane.start.middle
    x1, y1, x, turn = lane.end.x + CARD / 2, lane.end.bottom + 0.1, lane.start.x - GAP / 2, 0.12
    corners = [
        (x0, y0), (x, y0), (x, y0 + turn), (x, lane.y - turn), (x, lane.y), (x - turn, lane.y),
        (x1 + turn, lane.y), (x1, lane.y), (x1, lane.y - turn), (x1, y1),
    ]  # fmt: skip
    line_to, curve = Path.LINETO, Path.CURVE3
    codes = [Path.MOVETO, curve, curve, line_to, curve, curve, line_to, curve, curve, line_to]
    _stroke(axes, Path(corners, codes), COLOURS[lane.start.node.stage], 1.2, 0.7, dashed=True)
    head = [(x1 - 0.05, y1 + 0.06), (x1, y1), (x1 + 0.05, y1 + 0.06)]
    _stroke(axes, Path(head), COLOURS[lane.start.node.stage], 1.2, 0.9)
    told = f"{lane.start.node.id} {lane.says} {lane.links:,} of these"
    axes.text(x1 + 0.2, lane.y - 0.06, told, fontsize=SMALL, color=FAINT, va="baseline")


def _stroke(axes: Any, path: Path, colour: str, width: float, alpha: float, *, dashed: bool = False) -> None:
    dashes = (0, (3, 2.5)) if dashed else "solid"
    patch = PathPatch(
        path, facecolor="none", edgecolor=colour, linewidth=width, alpha=alpha, linestyle=dashes, zorder=1
    )
    axes.add_patch(patch)
