"""A digest in plain words: one headline, what moved with how sure that is, and no cause that nobody knows."""

from datetime import timedelta

from bot.domain.digests.model import Digest, FeatureWeek
from bot.domain.features.wording import amount
from bot.domain.metrics.catalogue import Metric, Unit
from bot.domain.metrics.changes import Change, Judged
from bot.domain.metrics.derived import Standing
from bot.domain.metrics.telling import TOO_FEW_SAID, value
from bot.domain.weeks import Week

QUIET = "Quiet week: nothing moved beyond noise."
EMPTY = "No feature is under watch yet."
SILENT = "no data this week"
NOUNS = ("positive_rate", "error_rate")
"""Shares whose label is a noun; the others' say what became of outputs."""
WAYS = {
    Judged.BETTER: "better",
    Judged.WORSE: "worse",
    Judged.NOISE: "as before",
    Judged.TOO_FEW: TOO_FEW_SAID,
}


def headline(digest: Digest) -> str:
    """The one number that moved, or that none did."""
    if not digest.features:
        return EMPTY
    if all(each.silent for each in digest.features):
        return f"No data came in during {span(digest)}."
    if digest.quiet:
        return QUIET
    week, change = digest.moved[0]
    more = len(digest.moved) - 1
    also = f" {more} more moved." if more else ""
    return f"{title(week)}: {moved(change)}.{also}"


def top(digest: Digest) -> str:
    """The headline without its evidence, as far as a header goes."""
    below = sum(
        figure.standing is Standing.NOT_MET for week in digest.features for figure in week.card.standings
    )
    if not digest.moved:
        stands = f" Below its minimum: {below}." if below and digest.features else ""
        return f"{headline(digest)}{stands}"
    week, change = digest.moved[0]
    rose = change.difference is not None and change.difference > 0
    more = f"; {len(digest.moved) - 1} more moved" if len(digest.moved) > 1 else ""
    return (
        f"{title(week)}: {noun(change.metric)} {'rose' if rose else 'fell'} from"
        f" {value(change.before)} to {value(change.now)}{more}"
    )


def noun(metric: Metric) -> str:
    """As it stands in a sentence: "thumbs up", "share overridden"."""
    label = metric.label.lower()
    return f"share {label}" if metric.unit is Unit.SHARE and metric.name not in NOUNS else label


def title(week: FeatureWeek) -> str:
    return week.feature.title or week.feature.name


def moved(change: Change) -> str:
    """ "Thumbs up 84 % → 71 % (−13 points, 95 % −18 to −8; n 412 votes, before 1,630)"."""
    before, now = value(change.before), value(change.now)
    if change.difference is None or change.interval is None:
        return f"{change.metric.label} {before} → {now}, {TOO_FEW_SAID} (n {change.now.n:,})"
    found = change.interval
    sure = f"95 % {signed(found.low, change)} to {signed(found.high, change)}"
    of = f"n {change.now.n:,} {change.metric.of}, before {change.before.n:,}"
    by = signed(change.difference, change, unit=True)
    return f"{change.metric.label} {before} → {now} ({by}, {sure}; {of})"


def signed(difference: float, change: Change, *, unit: bool = False) -> str:
    """A difference with its sign: points of a share, else in the metric's unit."""
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    if change.metric.unit is Unit.SHARE:
        points = abs(difference) * 100
        said = f"{points:.0f}" if points >= 0.95 else f"{points:.1f}"
        return f"{'±' if said == '0.0' else sign}{said}{' points' if unit else ''}"
    return f"{sign}{amount(abs(difference), change.metric.name)}"


def after(week: FeatureWeek) -> str:
    """What was changed in the weeks that are compared, told as "after"; "" for nothing."""
    if not week.events:
        return ""
    told = ", ".join(f"{event} ({event.at:%d %b})" for event in week.events[-3:])
    return f"after {told}"


def lines(week: FeatureWeek) -> list[str]:
    """All that moved in a feature, what stands below its minimum, and what came before."""
    if week.silent:
        return [f"{title(week)}: {SILENT}."]
    found = [f"{title(week)}: {moved(change)}, {WAYS[change.judged]}." for change in week.moved]
    below = [
        f"{title(week)}: {figure.metric.label} {value(figure)} is below its minimum."
        for figure in week.card.standings
        if figure.standing is Standing.NOT_MET
    ]
    came = after(week)
    return [*found, *below, *([f"{title(week)}: {came}."] if came and found else [])]


def span(digest: Digest) -> str:
    """ "16 to 22 Nov 2026"."""
    return days(digest.week)


def days(week: Week) -> str:
    """ "9 to 15 Nov 2026"."""
    first, last = week.monday, week.monday + timedelta(days=6)
    begins = f"{first.day}" if first.month == last.month else f"{first.day} {first:%b}"
    return f"{begins} to {last.day} {last:%b %Y}"


def footer(digest: Digest) -> str:
    """What the numbers are of."""
    return f"Week {digest.week.name}, {span(digest)}. {small_print(digest)}"


def small_print(digest: Digest) -> str:
    return (
        f"The complete week by the clocks of {digest.week.zone}, compared with the four before; intervals are"
        f" 95 % and know that weeks wobble. Models cost ${digest.spent:,.2f}."
    )
