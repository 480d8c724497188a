"""Numbers as people read them, the same in every format: shares in percent, differences in points."""

from collections import Counter

from bot.domain.experiments.experiment import DaySpent
from bot.domain.experiments.report import ExperimentReport
from bot.domain.experiments.results import (
    PASS_RATE,
    ArmSummary,
    Comparison,
    Interval,
    Ratio,
    Verdict,
    VerdictKind,
)

NOTHING = "–"
_FAILURES = 3
SHARE = PASS_RATE
HEADLINES = {
    VerdictKind.SHIP: "SHIP",
    VerdictKind.NO_DIFFERENCE: "NO DIFFERENCE",
    VerdictKind.WORSE: "WORSE",
    VerdictKind.NEED_MORE: "NOT ENOUGH DATA",
    VerdictKind.NOTHING_TO_COMPARE: "RESULTS",
}
WITHHELD = "NOT ENOUGH"


def level(value: float | None, measure: str) -> str:
    """ "92.1 %" for a pass rate, "0.871" for a mean score."""
    if value is None:
        return NOTHING
    return f"{_short(value * 100, 1)} %" if measure == PASS_RATE else f"{value:.3f}"


def span(interval: Interval | None, measure: str) -> str:
    """ "84.0…96.2" in the measure's unit."""
    if interval is None:
        return ""
    scale, digits = (100, 1) if measure == PASS_RATE else (1, 3)
    return f"{_minus(interval.low * scale, digits)}…{_minus(interval.high * scale, digits)}"


def change(value: float | None, measure: str) -> str:
    """ "+9 pts" or "+0.042"."""
    if value is None:
        return NOTHING
    return f"{_signed(value * 100, 1)} pts" if measure == PASS_RATE else _signed(value, 3)


def change_span(interval: Interval | None, measure: str) -> str:
    """ "95 %: −3…+20"."""
    if interval is None:
        return ""
    scale, digits = (100, 1) if measure == PASS_RATE else (1, 3)
    low, high = (_signed(end * scale, digits) for end in (interval.low, interval.high))
    return f"{_percent(interval.level)}: {low}…{high}"


def difference(one: Comparison) -> str:
    """ "+9 pts (95 %: −3…+20)"."""
    limits = change_span(one.interval, one.measure)
    told = change(one.difference, one.measure)
    return f"{told} ({limits})" if limits else told


def ratio(value: Ratio | None) -> str:
    """ "× 0.31 (0.28…0.35)"."""
    return (
        "" if value is None else f"× {value.value:.2f} ({value.interval.low:.2f}…{value.interval.high:.2f})"
    )


def record(comparison: Comparison) -> str:
    return f"{comparison.wins} won, {comparison.losses} lost, {comparison.ties} tied"


def money(dollars: float | None) -> str:
    """Two significant digits below a cent, so that cheap calls do not all cost nothing."""
    if dollars is None:
        return NOTHING
    if dollars == 0 or abs(dollars) >= 0.995:
        return f"${dollars:,.2f}"
    return f"${dollars:.2f}" if abs(dollars) >= 0.01 else f"${dollars:.2g}"


def day(today: DaySpent) -> str:
    """ "$3.20 of $20.00 for today is spent", with what is left of it where that is little."""
    if not today.left:
        return f"today's {money(today.cap)} for experiments is spent; free again at 00:00 UTC"
    return f"{money(today.spent)} of today's {money(today.cap)} is spent"


def duration(milliseconds: float | None) -> str:
    if milliseconds is None:
        return NOTHING
    if milliseconds < 1000:
        return f"{milliseconds:.0f} ms"
    return f"{milliseconds / 1000:.1f} s" if milliseconds < 60_000 else f"{milliseconds / 60_000:.1f} min"


def p_value(p: float | None) -> str:
    if p is None:
        return NOTHING
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def comparison_p(one: Comparison) -> str:
    """Holm's p where there are several candidates."""
    return p_value(one.p if one.p_adjusted is None else one.p_adjusted)


def heading(report: ExperimentReport) -> str:
    """ "EX-31 · Shorter replies", or the name alone where it is the title too."""
    return report.title if report.name == report.title else f"{report.name} · {report.title}"


def cheapest(report: ExperimentReport) -> str | None:
    """The cheapest arm within the margin, where that is news: not the baseline itself."""
    found = report.conclusion
    return found.cheapest_within_margin if found.cheapest_within_margin != found.baseline else None


def answered(report: ExperimentReport) -> bool:
    """Whether any call brought an output."""
    return any(not cell.error for cell in report.cells)


def headline(report: ExperimentReport) -> str:
    """The verdict in capitals, or what there is instead of one."""
    if not answered(report):
        return "NO RESULTS"
    return spoken(report.conclusion.overall)


def spoken(verdict: Verdict) -> str:
    """One verdict in capitals; what is withheld lacks labels, not data."""
    return WITHHELD if verdict.withheld else HEADLINES[verdict.kind]


def sentence(report: ExperimentReport) -> str:
    """The verdict in one sentence, without a first word that the headline says already; with nothing to
    compare, what was seen."""
    found = report.conclusion
    if not report.cells:
        return "Nothing was run, so there is nothing to judge."
    if not answered(report):
        return f"All {len(report.cells):,} calls failed, so there is nothing to judge."
    if found.comparisons:
        return _without(spoken(found.overall), found.overall.sentence)
    told = "; ".join(f"{arm.arm}: {arm.measure} {arm_score(arm)}, n = {arm.n:,}" for arm in found.arms)
    return f"{told}. With one arm there is nothing to compare."


def _without(headline: str, text: str) -> str:
    start = f"{headline.lower()}: "
    rest = text[len(start) :] if text.lower().startswith(start) else text
    return rest if rest.endswith(".") else f"{rest}."


def arm_score(arm: ArmSummary) -> str:
    """ "82.0 % (70.2…89.9)"."""
    limits = span(arm.interval, arm.measure)
    return f"{level(arm.value, arm.measure)} ({limits})" if limits else level(arm.value, arm.measure)


def spend(report: ExperimentReport) -> str:
    if report.cap is None:
        return f"Spent {money(report.spent)}"
    return f"Spent {money(report.spent)} of {money(report.cap)}"


def remarks(report: ExperimentReport) -> list[str]:
    """What a reader has to know beside the numbers: what is missing, what was left out, how it was judged."""
    missing = report.missing
    found = [
        f"Stopped early: {report.stopped}" if report.stopped else "",
        f"{missing:,} of {missing + len(report.cells):,} cells were not run." if missing else "",
        *_failures(report),
        *(report.conclusion.notes if answered(report) else ()),
        report.pairwise.sentence if report.pairwise else "",
        report.judge,
        *report.notes,
    ]
    names = tuple(arm.arm for arm in report.conclusion.arms)
    return [_as_sentence(one, names) for one in found if one]


def _failures(report: ExperimentReport) -> list[str]:
    """The most frequent errors, each with how often it came."""
    counts = Counter(" ".join(cell.error.split())[:300] for cell in report.cells if cell.error)
    return [f"Calls failed {_times(count)}: {error}" for error, count in counts.most_common(_FAILURES)]


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _as_sentence(text: str, names: tuple[str, ...]) -> str:
    first = text if text.startswith(names) else text[:1].upper() + text[1:]
    return first if first.endswith((".", "!", "?")) else f"{first}."


def _percent(share: float) -> str:
    return f"{_short(share * 100, 1)} %"


def _short(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".removesuffix(".0")


def _minus(value: float, digits: int) -> str:
    return _short(value, digits).replace("-", "−")


def _signed(value: float, digits: int) -> str:
    text = _short(round(value, digits) + 0.0, digits)  # + 0.0: no "-0"
    return text.replace("-", "−") if text.startswith("-") else f"+{text}" if float(text) else text
