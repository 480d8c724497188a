"""What the statistics allow to be said of a candidate, and of all candidates together."""

from collections.abc import Sequence

from bot.domain.experiments.results import (
    Comparison,
    GuardrailCheck,
    Interval,
    Verdict,
    VerdictKind,
)
from bot.domain.experiments.sizes import needed_cases
from bot.domain.experiments.wording import Words, cases, cheaper_words, sample

SHIP, NO_DIFFERENCE = VerdictKind.SHIP, VerdictKind.NO_DIFFERENCE
WORSE, NEED_MORE = VerdictKind.WORSE, VerdictKind.NEED_MORE


def judge(comparison: Comparison, *, margin: float, alpha: float = 0.05) -> Verdict:
    """SHIP: better, or no worse than the margin and cheaper, and every guardrail held. WORSE: worse, or a
    guardrail is broken. NO DIFFERENCE: within the margin either way. Else more cases are needed.

    Better and worse ask for both an interval beside 0 and a p that survives the other candidates. What holds
    only as long as failed calls are left out is not said.
    """
    words, name = Words(comparison.measure), comparison.candidate
    if comparison.interval is None or comparison.difference is None:
        return _too_few(comparison)
    kind = _kind(comparison, comparison.interval, margin, alpha)
    failing = comparison.interval_if_errors_fail
    if (
        kind is not NEED_MORE
        and failing is not None
        and _kind(comparison, failing, margin, alpha) is not kind
    ):
        return Verdict(NEED_MORE, name, _errors_decide(comparison, words))
    if kind is SHIP:
        return _ship(comparison, words, margin)
    if kind is NEED_MORE:
        return _need_more(comparison, words, margin)
    if kind is WORSE:
        interval = comparison.interval
        amount = f"{words.size(comparison.difference)} worse than {comparison.baseline}"
        between = f"{words.between(interval)} {sample(comparison)}"
        return Verdict(WORSE, name, f"Worse: {name} is {amount}, {between}")
    bound = words.bound(comparison.interval)
    text = f"No difference that matters: {name} is within {bound} of {comparison.baseline} either way"
    return Verdict(NO_DIFFERENCE, name, f"{text} {sample(comparison)}")


def _kind(comparison: Comparison, interval: Interval, margin: float, alpha: float) -> VerdictKind:
    proven = comparison.p_adjusted is not None and comparison.p_adjusted <= alpha
    if interval.low > 0 and proven:
        return SHIP
    if cheaper(comparison) and interval.low > -margin:
        return SHIP
    if interval.high < 0 and proven:
        return WORSE
    if max(-interval.low, interval.high) <= margin:
        return NO_DIFFERENCE
    return NEED_MORE


def cheaper(comparison: Comparison) -> bool:
    return comparison.cost is not None and comparison.cost.interval.high < 1


def _ship(comparison: Comparison, words: Words, margin: float) -> Verdict:
    name, base = comparison.candidate, comparison.baseline
    broken = [check for check in comparison.guardrails if check.held is False]
    if broken:
        return Verdict(
            WORSE, name, f"Do not ship {name}: {_gain(comparison, words)}, but {_rails(broken, base)}"
        )
    unclear = [check for check in comparison.guardrails if check.held is None]
    if unclear:
        gain = _gain(comparison, words).removeprefix("it ")
        return Verdict(NEED_MORE, name, f"Not enough data: {name} {gain}, but {_rails(unclear, base)}")
    gain = _gain(comparison, words)
    if not _better(comparison):
        gain += f", inside the margin of {words.size(margin)}"
    return Verdict(SHIP, name, f"Ship {name}: {gain} {sample(comparison)}")


def _better(comparison: Comparison) -> bool:
    return comparison.interval is not None and comparison.interval.low > 0


def _gain(comparison: Comparison, words: Words) -> str:
    interval, base = comparison.interval, comparison.baseline
    if interval is None or comparison.difference is None:
        raise ValueError("a comparison without an interval gains nothing")
    if _better(comparison):
        amount = f"{words.size(comparison.difference)} better than {base}"
        return f"it is {amount}, {words.between(interval)}"
    ratio = comparison.cost
    price = cheaper_words(ratio, base) if ratio else "costs less"
    return f"it {price} and is at worst {words.signed(interval.low)}"


def _rails(checks: Sequence[GuardrailCheck], baseline: str) -> str:
    return "; ".join(_rail(check, baseline) for check in checks)


def _rail(check: GuardrailCheck, baseline: str) -> str:
    if check.value is None or check.interval is None:
        return f"{check.name} may not get worse and was not measured in both"
    low, high = check.interval.low, check.interval.high
    if check.ratio:
        seen = f"{check.value:.2f} times that of {baseline} (between {low:.2f} and {high:.2f})"
        limit = f"at most {1 + check.tolerance:.2f} times is allowed"
    else:
        seen = f"{check.value:+.2g} against {baseline} (between {low:+.2g} and {high:+.2g})"
        limit = f"at most {check.tolerance:.2g} less is allowed"
    state = "got worse" if check.held is False else "may have got worse"
    return f"{check.name} {state}: {seen}, {limit}"


def _need_more(comparison: Comparison, words: Words, margin: float) -> Verdict:
    name, interval = comparison.candidate, comparison.interval
    if interval is None:
        return _too_few(comparison)
    more = needed_cases(comparison, margin=margin, cheaper=cheaper(comparison))
    settle = (
        f"about {cases(more).replace(' case', ' more case')} would settle it"
        if more is not None
        else "no number of cases that anybody would collect is likely to settle it"
    )
    spans = f"{name} is {words.span(interval)}"
    return Verdict(NEED_MORE, name, f"Not enough data: {spans} {sample(comparison)}; {settle}", more)


def _too_few(comparison: Comparison) -> Verdict:
    name, base = comparison.candidate, comparison.baseline
    if comparison.n == 0:
        text = f"Not enough data: no case has a scored answer of both {name} and {base}"
    else:
        text = (
            f"Not enough data: {cases(comparison.n)} in common {'is' if comparison.n == 1 else 'are'} too few"
        )
    return Verdict(NEED_MORE, name, text)


def _errors_decide(comparison: Comparison, words: Words) -> str:
    failed = cases(comparison.excluded) if comparison.excluded else "some repeats"
    left_out = words.signed(comparison.difference or 0.0)
    counted = words.signed(comparison.if_errors_fail or 0.0)
    return (
        f"Not enough data: {comparison.candidate} is {left_out} where both answered, {counted} if failed "
        f"calls count as wrong ({failed} without an answer); mend the errors and run those again"
    )


def overall(verdicts: Sequence[Verdict], comparisons: Sequence[Comparison], baseline: str) -> Verdict:
    """One recommendation: the best of those that may ship; else what is still open; else the baseline.

    Best is the largest proven gain; among equals, the cheaper.
    """
    if len(verdicts) == 1:
        return verdicts[0]
    ranked = sorted(zip(verdicts, comparisons, strict=True), key=lambda both: _rank(both[1]))
    for kind in (SHIP, NEED_MORE, NO_DIFFERENCE, WORSE):
        chosen = [verdict for verdict, _ in ranked if verdict.kind is kind]
        if chosen:
            return _recommend(chosen, baseline, len(verdicts))
    return Verdict(
        VerdictKind.NOTHING_TO_COMPARE, baseline, f"Nothing to compare: {baseline} is the only arm"
    )


def _rank(comparison: Comparison) -> tuple[float, float]:
    low = comparison.interval.low if comparison.interval else -float("inf")
    return -low, comparison.cost.value if comparison.cost else 1.0


def _recommend(chosen: Sequence[Verdict], baseline: str, candidates: int) -> Verdict:
    first = chosen[0]
    if first.kind is SHIP:
        others = ", ".join(verdict.candidate for verdict in chosen[1:])
        also = f". May ship too: {others}" if others else ""
        return Verdict(SHIP, first.candidate, first.sentence + also)
    if first.kind is NEED_MORE:
        return first
    names = "no candidate is" if candidates > 1 else "it is not"
    if first.kind is NO_DIFFERENCE:
        text = f"Keep {baseline}: {names} better, and {first.candidate} is the closest. {first.sentence}"
        return Verdict(NO_DIFFERENCE, baseline, text)
    why = "every candidate is worse" if all(_plainly(one) for one in chosen) else "no candidate may ship"
    return Verdict(WORSE, baseline, f"Keep {baseline}: {why}")


def _plainly(verdict: Verdict) -> bool:
    return verdict.sentence.startswith("Worse")
