"""Metrics in words that a product manager reads: the value, how sure it is, where it stands."""

import math

from bot.domain.features.wording import amount, money, percent
from bot.domain.metrics.catalogue import Layer
from bot.domain.metrics.derived import TOO_FEW, Figure, Scorecard, Standing, Worth

TOO_FEW_SAID = "too few to judge"
HOURS_FROM = 120  # minutes


def value(figure: Figure) -> str:
    """ "81 %"; a dash where nobody said anything."""
    return "–" if figure.value is None else amount(figure.value, figure.metric.name)


def spread(figure: Figure) -> str:
    """The interval, "74…87 %", or why there is none to go by."""
    if not figure.enough:
        return TOO_FEW_SAID if figure.n else "nothing yet"
    interval = figure.interval
    if interval is None:
        return "all of one user"
    low, high = interval.low, interval.high
    if math.isinf(high):
        return f"{amount(low, figure.metric.name)} or more"
    first, last = amount(low, figure.metric.name), amount(high, figure.metric.name)
    unit = last.partition(" ")[2]
    return (
        f"{first.removesuffix(f' {unit}')}…{last}"
        if unit and first.endswith(f" {unit}")
        else f"{first}…{last}"
    )


def bound(figure: Figure) -> str:
    """ "at least 70 %"; "" without a threshold."""
    if figure.threshold is None:
        return ""
    way = "at least" if figure.threshold.better == "higher" else "at most"
    return f"{way} {amount(figure.threshold.minimum, figure.metric.name)}"


def goal(figure: Figure) -> str:
    """ "80 %"; "" without one."""
    if figure.threshold is None or figure.threshold.goal is None:
        return ""
    return amount(figure.threshold.goal, figure.metric.name)


def standing(figure: Figure) -> str:
    """Where it stands against its minimum, and its goal once that is met: one short phrase."""
    if figure.threshold is None:
        return ""
    if not figure.enough:
        return f"cannot tell yet: {figure.n} of {TOO_FEW} {figure.metric.of}"
    if figure.standing is Standing.MET:
        return "minimum and goal met" if figure.goal is Standing.MET else "minimum met"
    return figure.standing.value if figure.standing else ""


def sentence(figure: Figure) -> str:
    """ "Thumbs up 81 % (95 %: 74…87 %, n 120 votes)"."""
    if figure.value is None:
        return f"{figure.metric.label}: nothing yet"
    if not figure.enough:
        return f"{figure.metric.label} {value(figure)}, {TOO_FEW_SAID} (n {figure.n} {figure.metric.of})"
    return (
        f"{figure.metric.label} {value(figure)} (95 %: {spread(figure)}, n {figure.n:,} {figure.metric.of})"
    )


HEADLINES = {
    Layer.TECHNICAL: ("accuracy", "coverage", "error_rate", "latency_p95", "cost"),
    Layer.SATISFACTION: ("positive_rate", "acceptance_rate", "override_rate"),
}
"""What may stand for a layer where there is room for one figure, the most telling first."""


def headline(card: Scorecard, layer: Layer) -> Figure | None:
    """What is below its bar goes first, then what has enough behind it; None where nobody said anything."""
    named = [figure for name in HEADLINES.get(layer, ()) if (figure := card.figure(name)) and figure.n]
    return min(named, key=lambda each: (each.standing is not Standing.NOT_MET, not each.enough), default=None)


def gist(figure: Figure) -> str:
    """ "Thumbs up 81 % (74…87 %, n 120)"."""
    label = figure.metric.label
    if not figure.enough:
        return f"{label}: {TOO_FEW_SAID} (n {figure.n})"
    return f"{label} {value(figure)} ({spread(figure)}, n {figure.n:,})"


def purpose(card: Scorecard) -> str:
    """The business layer in a few words."""
    if card.business is not None:
        return business(card)
    if card.worth.minutes:
        n = card.worth.accepted + card.worth.edited
        return f"about {hours(card.worth.minutes)} saved (n {n:,} used)"
    return f"{card.feature.business}: no number yet" if card.feature.business else "nothing named yet"


def worth(found: Worth) -> list[str]:
    """What it comes to, each with how it is counted."""
    said = []
    if found.minutes is not None:
        counted = f"{found.accepted:,} used as they were"
        counted += f" and {found.edited:,} edited, at half" if found.edited else ""
        said.append(f"About {hours(found.minutes)} saved: {counted}; baseline: {found.baseline}")
    if found.errors is not None and found.overridden:
        said.append(f"{found.overridden:,} overrides cost {_cost(found.errors, found.overridden)}")
    if found.spent:
        said.append(f"Calls cost {money(found.spent)} in all")
    return said


def _cost(errors: tuple[float, float], overridden: int) -> str:
    """Nobody says of an override whether it was a false alarm or a miss."""
    low, high = errors
    if low == high:
        return f"{money(low)}, at {money(low / overridden)} each"
    return f"between {money(low)} and {money(high)}, by whether each was a false alarm or a miss"


def hours(minutes: float) -> str:
    """ "45 minutes", "12.5 hours"."""
    if minutes < HOURS_FROM:
        return f"{minutes:,.0f} minutes"
    return f"{minutes / 60:,.1f}".removesuffix(".0") + " hours"


def business(card: Scorecard) -> str:
    """The metric it should move, with its last number; "" where none is named."""
    found = card.business
    if found is None:
        named = card.feature.business
        return f"{_capital(named)}: no number sent in this time" if named else ""
    of = f", n {found.n:,}" if found.n is not None else ""
    return f"{_capital(found.metric)}: {found.value:,g} on {found.at:%d %b}{of}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def counted(card: Scorecard) -> str:
    """ "612 interactions of 143 users, 22 Oct to 21 Nov"."""
    calls = f"{card.interactions:,} interaction{'' if card.interactions == 1 else 's'}"
    users = f" of {card.users:,} known user{'' if card.users == 1 else 's'}" if card.users else ""
    kept = card.feature.sampling
    sampled = f"; {percent(kept)} of calls are kept" if kept < 1 else ""
    return f"{calls}{users}, {card.since:%d %b} to {card.until:%d %b}{sampled}"
