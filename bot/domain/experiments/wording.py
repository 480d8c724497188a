"""Differences, ratios and numbers of cases in words that need no statistics."""

from dataclasses import dataclass

from bot.domain.experiments.results import PASS_RATE, Comparison, Interval, Ratio


@dataclass(frozen=True, slots=True)
class Words:
    """How one measure is spoken of: points of a pass rate, or a score's own units."""

    measure: str

    def size(self, value: float) -> str:
        """``0.203`` is "20 points" of a pass rate, "0.2" of a score."""
        value = abs(value)
        if self.measure != PASS_RATE:
            return f"{value:.2g}" if value < 10 else f"{value:.3g}"
        points = 100 * value
        shown = f"{points:.0f}" if points >= 9.95 or abs(points - round(points)) < 0.05 else f"{points:.1f}"
        return f"{shown} point{'' if shown == '1' else 's'}"

    def signed(self, value: float) -> str:
        """ "20 points better", "3 points worse", "equal"."""
        if self.size(value).split()[0] in ("0", "0.0"):
            return "equal"
        return f"{self.size(value)} {'better' if value > 0 else 'worse'}"

    def span(self, interval: Interval) -> str:
        return f"at best {self.signed(interval.high)} and at worst {self.signed(interval.low)}"

    def between(self, interval: Interval) -> str:
        """ "between 2 and 16 points": sizes, the smaller first."""
        low, high = sorted((interval.low, interval.high), key=abs)
        return f"between {self.size(low).split()[0]} and {self.size(high)}"

    def bound(self, interval: Interval) -> str:
        return self.size(max(abs(interval.low), abs(interval.high)))


def sample(comparison: Comparison) -> str:
    """ "(n = 40, 95 %)", with the number of clusters where cases are not independent."""
    groups = "" if comparison.clusters == comparison.n else f" in {comparison.clusters:,} groups"
    level = percent(comparison.interval.level) if comparison.interval else "95 %"
    return f"(n = {comparison.n:,}{groups}, {level})"


def percent(share: float) -> str:
    """ "95 %", "98.3 %"."""
    return f"{100 * share:.1f}".removesuffix(".0") + " %"


def cheaper_words(ratio: Ratio, baseline: str) -> str:
    low, high = (f"{100 * end:.0f}" for end in (ratio.interval.low, ratio.interval.high))
    between = f" (between {low} and {high} %)" if low != high else ""
    return f"costs {100 * ratio.value:.0f} % of {baseline}{between}"


def cases(n: int) -> str:
    return f"{n:,} case{'' if n == 1 else 's'}"
