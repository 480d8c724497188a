"""Pieces that more than one view of an experiment shows."""

from collections.abc import Mapping, Sequence

from bot.domain.experiments.experiment import Decision, Experiment, State
from bot.domain.experiments.results import VerdictKind
from handlers.views.kit import Block, Markup, markup, words
from handlers.views.stories.parts import count

__all__ = ["COLOURS", "MARKS", "STATES", "VERDICTS", "badge", "cell", "count", "table"]

STATES: Mapping[State, Markup] = {
    State.PLANNED: markup("`not started`"),
    State.RUNNING: markup("`running`"),
    State.STOPPED: markup("`stopped`"),
    State.DONE: markup("`done`"),
    State.FAILED: markup("`failed`"),
    State.CLOSED: markup("`closed`"),
}
MARKS: Mapping[VerdictKind, str] = {
    VerdictKind.SHIP: "✅",
    VerdictKind.NO_DIFFERENCE: "⚪",
    VerdictKind.WORSE: "🔻",
    VerdictKind.NEED_MORE: "⏳",
    VerdictKind.NOTHING_TO_COMPARE: "📋",
}
VERDICTS: Mapping[VerdictKind, str] = {
    VerdictKind.SHIP: "✅ Ship",
    VerdictKind.NO_DIFFERENCE: "⚪ No difference",
    VerdictKind.WORSE: "🔻 Worse",
    VerdictKind.NEED_MORE: "⏳ Not enough data",
    VerdictKind.NOTHING_TO_COMPARE: "📋 Nothing to compare",
}
COLOURS: Mapping[Decision, str] = {
    Decision.SHIP: "shipped",
    Decision.KEEP: "kept as it was",
    Decision.STOP: "stopped",
}


def badge(experiment: Experiment) -> Markup:
    if experiment.decision is not None:
        return markup("`closed: {}`", COLOURS[experiment.decision])
    return STATES[experiment.state]


def cell(text: str, *, bold: bool = False) -> Block:
    """A table's cell; a bold one is rich text."""
    if not bold:
        return {"type": "raw_text", "text": text or "–"}
    section = {"type": "rich_text_section", "elements": [words(text or "–", bold=True)]}
    return {"type": "rich_text", "elements": [section]}


def table(head: Sequence[str], rows: Sequence[Sequence[Block]], *, right: int = 1) -> Block:
    """``right``: columns from this one on are numbers. Slack takes 100 rows of 20 columns."""
    settings = [
        {"align": "right" if number >= right else "left", "is_wrapped": True} for number in range(len(head))
    ]
    shown = [list(row) for row in rows[:99]]
    return {"type": "table", "column_settings": settings, "rows": [[cell(name) for name in head], *shown]}
