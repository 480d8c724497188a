"""Why a number is what it is: window, n, interval, and how it is counted."""

from collections.abc import Sequence

from bot.domain.digests import Digest, FeatureWeek
from bot.domain.digests.telling import SILENT, moved, title
from bot.domain.metrics import telling as say
from bot.domain.metrics.counting import HOW, MOVED, SURE
from bot.domain.metrics.derived import Figure
from handlers.views.kit import (
    Block,
    Markup,
    Message,
    bold,
    bullets,
    context,
    faint,
    fit,
    header,
    line,
    markup,
    message,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich


def why(found: Digest) -> Message:
    """Each figure of the digest, counted again just now."""
    week = found.week
    window = line(
        bold(f"From {week.since:%d %b %Y %H:%M} until before {week.until:%d %b %Y %H:%M} UTC"),
        f", which is the week {week.name} by the clocks of {week.zone}. Counted again just now, with what"
        " came late; compared with the four weeks before, pooled.",
    )
    head = [header(f"Why these numbers: week {week.name[-2:]}"), rich(window)]
    tail = [context(markup("{} {}", SURE, MOVED))]
    return message(*fit([_feature(each) for each in found.features], _more, head=head, tail=tail))


def _more(n: int) -> Markup:
    return markup("{} more features; a preview of one feature has the rest", n)


def _feature(week: FeatureWeek) -> Sequence[Block]:
    if week.silent:
        return [rich(line(bold(title(week)), f": {SILENT}"))]
    lines = [line(*_figure(week, figure)) for figure in week.card.figures if figure.n]
    return [rich(line(bold(title(week)), f"  {say.counted(week.card)}"), bullets(*lines))]


def _figure(week: FeatureWeek, figure: Figure) -> list[Block]:
    change = next((each for each in week.changes if each.metric.name == figure.metric.name), None)
    source = f" ({figure.source})" if figure.source else ""
    told = moved(change).removeprefix(f"{figure.metric.label} ") if change and change.moved else ""
    against = f" Moved {told}." if told else ""
    return [
        bold(say.sentence(figure)),
        words(f": {HOW[figure.metric.name]}{source}.{against}"),
        faint(f" {_standing(figure)}" if figure.threshold else ""),
    ]


def _standing(figure: Figure) -> str:
    """ "at least 70 %: not met"."""
    return f"{say.bound(figure)}: {say.standing(figure).removeprefix('minimum ')}"
