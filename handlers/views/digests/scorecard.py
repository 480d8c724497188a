"""The scorecard of a digest: every figure with its change, how sure it is, and n."""

from collections.abc import Iterator, Sequence

from bot.domain.digests import Digest, FeatureWeek
from bot.domain.digests.telling import SILENT, signed, title
from bot.domain.features.wording import STAGES
from bot.domain.metrics import Layer
from bot.domain.metrics import telling as say
from bot.domain.metrics.changes import Change, Judged
from bot.domain.metrics.derived import Figure, Standing
from handlers.views.digests.parts import Part, part
from handlers.views.experiments.parts import cell, table
from handlers.views.kit import Block, Leaf, Markup, bold, bullets, context, joined, line, markup, words
from handlers.views.kit import rich_text as rich

ROWS, LINES = 32, 15
MANY = 3  # features; from more on each shows what is most telling
TELLING = ("accuracy", "positive_rate", "override_rate", "cost")
WAYS = {Judged.BETTER: "✅ ", Judged.WORSE: "🔻 "}
Row = tuple[str, str, str, str, str]


def scorecard(found: Digest) -> Iterator[Part]:
    """A table; its twin has the same rows, one a line. None without any data: the headline says that."""
    if all(week.silent for week in found.features):
        return
    many = len(found.features) > 1
    weeks = sorted(found.features, key=_pressing)
    rows = [(title(week), row) for week in weeks for row in _rows(week, len(weeks) > MANY)]
    shown = rows[:ROWS]
    head = ("Metric", "This week", "95 %", "Change", "n")
    heads = ("Feature", *head) if many else head
    cells = []
    for number, (name, row) in enumerate(shown):
        first = number == 0 or shown[number - 1][0] != name
        strong = row[3].startswith(tuple(WAYS.values()))
        lead = [cell(name if first else "\u00a0", bold=first)] if many else []
        cells.append([*lead, *(cell(text, bold=strong and at == 0) for at, text in enumerate(row))])
    told = [_told(name if many else "", row) for name, row in shown]
    yield part(table(heads, cells, right=2 if many else 1), joined(told, "\n"))
    if len(rows) > ROWS:
        more = markup("{} more rows; a preview of one feature shows all of its own", len(rows) - ROWS)
        yield part(context(more))


def _pressing(week: FeatureWeek) -> int:
    """What moved first, then what is below its minimum, then the rest as it stands."""
    if week.moved:
        return 0
    below = any(figure.standing is Standing.NOT_MET for figure in week.card.standings)
    return 1 if below else 2


def _told(name: str, row: Row) -> Markup:
    metric, now, sure, change, n = row
    if metric == SILENT:
        return joined([markup("{}", name), markup("{}", SILENT)])
    said = markup("{}: {} ({}), change {}, n {}", metric, now, sure, change, n)
    return joined([markup("{}", name), said], " · ")


def _rows(week: FeatureWeek, short: bool) -> Iterator[Row]:
    if week.silent:
        yield (SILENT, "–", "–", "–", "0")
        return
    changes = {each.metric.name: each for each in week.changes}
    for figure in week.card.figures:
        name = figure.metric.name
        change = changes.get(name)
        if short and name not in TELLING and figure.threshold is None and not (change and change.moved):
            continue
        sure = say.spread(figure) if figure.n else "–"
        now = say.value(figure) if figure.n else "no data"
        yield (figure.metric.label, now, sure, _change(change), f"{figure.n:,}")
    if week.card.business is not None:
        number = week.card.business
        n = "–" if number.n is None else f"{number.n:,}"
        yield (number.metric[:1].upper() + number.metric[1:], f"{number.value:,g}", "–", "–", n)


def _change(change: Change | None) -> str:
    """ "🔻 −13 points"; what is noise is said to be."""
    if change is None or change.difference is None:
        return "nothing before"
    if change.judged is Judged.TOO_FEW:
        return say.TOO_FEW_SAID
    by = signed(change.difference, change, unit=True)
    return f"{WAYS[change.judged]}{by}" if change.moved else f"{by}, noise"


def layers(found: Digest) -> Part:
    """One line a feature: what is technical, what people say, what it is for."""
    said = [line(*_leaves(week)) for week in found.features[:LINES]]
    more = len(found.features) - LINES
    return part(rich(bullets(*said, *([line(f"{more} more features")] if more > 0 else []))))


def _leaves(week: FeatureWeek) -> Sequence[Leaf]:
    name = bold(title(week))
    if week.silent:
        return [name, words(f": {SILENT}")]
    stage = STAGES[week.feature.stage].partition(":")[0].lower()
    gists = (_gist(say.headline(week.card, layer)) for layer in (Layer.TECHNICAL, Layer.SATISFACTION))
    said = " · ".join((*gists, say.purpose(week.card)))
    return [name, words(f" ({stage}): {said}")]


def _gist(figure: Figure | None) -> str:
    return "no data" if figure is None else say.gist(figure)


def rich_list(heading: str, lines: Sequence[Block]) -> Block:
    return rich(line(bold(heading)), bullets(*lines))
