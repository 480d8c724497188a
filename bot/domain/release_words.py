"""What is said of a release and its watch, the same on every surface: "after", never "because"."""

from bot.domain.feedback import REASONS
from bot.domain.releases import Judgement, Ratings, Release, Watched


def reason_name(reason: str) -> str:
    """A reason as people chose it, in the middle of a sentence."""
    return REASONS.get(reason, reason).lower()


def move(release: Release) -> str:
    """ "reply@3 → reply@4, to mend wrong facts (8)"."""
    before = f"{release.prompt}@{release.from_version} → " if release.from_version else ""
    mends = ", ".join(f"{reason_name(reason)} ({count})" for reason, count in release.mends[:3])
    return f"{before}{release.reference}" + (f", to mend {mends}" if mends else "")


def watch(release: Release) -> str:
    """What was seen after it, in one line."""
    if release.judgement is not None:
        return f"since: {numbers(release.judgement)}: {verdict(release.judgement)}"
    return f"watched until {day(release)}"


def verdict(judgement: Judgement) -> str:
    """Whether the reason went away; where none was named, only whether it is clearly worse."""
    if judgement.reason or judgement.verdict is Watched.TOO_FEW:
        return judgement.verdict.value
    return "clearly worse after it" if judgement.worse else "no reason was named to watch for"


def day(release: Release) -> str:
    return f"{release.watched_until:%d %b %Y}".lstrip("0")


def numbers(judgement: Judgement) -> str:
    """ "👎 wrong facts 14 of 210 → 3 of 190 (−5.1 pts, 95 %: −8.9…−1.3)"."""
    before, after = judgement.before, judgement.after
    if not judgement.reason:
        return positive(judgement)
    told = f"👎 {reason_name(judgement.reason)} {before.reason} of {before.n} → {after.reason} of {after.n}"
    if judgement.verdict is Watched.TOO_FEW:
        return told
    change = _share(after.reason, after) - _share(before.reason, before)
    span = _span(judgement.reason_change.low, judgement.reason_change.high)
    return f"{told} ({_points(change)}, 95 %: {span})"


def positive(judgement: Judgement) -> str:
    """ "👍 150 of 210 → 170 of 190 (+18 pts, 95 %: +10…+26)"."""
    before, after = judgement.before, judgement.after
    told = f"👍 {before.positive} of {before.n} → {after.positive} of {after.n}"
    if judgement.verdict is Watched.TOO_FEW:
        return told
    change = _share(after.positive, after) - _share(before.positive, before)
    span = _span(judgement.positive_change.low, judgement.positive_change.high)
    return f"{told} ({_points(change)}, 95 %: {span})"


def _share(hits: int, ratings: Ratings) -> float:
    return hits / ratings.n if ratings.n else 0.0


def _points(share: float) -> str:
    return f"{_signed(share)} pts"


def _span(low: float, high: float) -> str:
    return f"{_signed(low)}…{_signed(high)}"


def _signed(share: float) -> str:
    text = f"{round(share * 100, 1) + 0.0:+.1f}".removesuffix(".0")
    return text.replace("-", "−")
