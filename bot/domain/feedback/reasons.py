"""Why people do not like outputs: reasons ranked, and what a span has against the one before it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor

from bot.domain.experiments.results import Interval
from bot.domain.feedback.rates import FEWEST, by_person
from bot.domain.feedback.summary import Judgement
from bot.domain.feedback.votes import REASONS
from bot.domain.statistics.clusters import clustered_share
from bot.domain.statistics.intervals import jeffreys


@dataclass(frozen=True, slots=True)
class Shift:
    """A count against the same span before, with the 95 % interval ``low``..``high`` of the change: of both
    together the newer count is binomial (Przyborowski and Wilenski 1940), its share has a Jeffreys interval.
    """

    now: int
    before: int
    low: int
    high: int

    @property
    def change(self) -> int:
        return self.now - self.before

    @property
    def clear(self) -> bool:
        """Whether it is more than chance would do."""
        return not self.low <= 0 <= self.high

    @property
    def new(self) -> bool:
        """There now, and not once before."""
        return self.now > 0 and self.before == 0

    @property
    def short(self) -> str:
        """ "+4 (95 %: −2…+9)"; "new" before it where it is there now, and not by chance alone."""
        span = f"{_signed(self.change)} (95 %: {_signed(self.low)}…{_signed(self.high)})"
        return f"new, {span}" if self.new and self.clear else span


@dataclass(frozen=True, slots=True)
class Reason:
    """``share`` of the 👎 that came with a reason; one may come with several."""

    key: str
    label: str
    share: float
    interval: Interval
    people: int
    shift: Shift

    @property
    def n(self) -> int:
        return self.shift.now


@dataclass(frozen=True, slots=True)
class Said:
    """A verbatim piece of what somebody wrote, redacted, about this output."""

    text: str
    output: str


@dataclass(frozen=True, slots=True)
class Remarks:
    """What several people wrote about one thing; ``label`` are words of theirs. ``outputs`` of this span."""

    label: str
    people: int
    outputs: tuple[str, ...]
    quotes: tuple[Said, ...]
    shift: Shift

    @property
    def n(self) -> int:
        return self.shift.now


@dataclass(frozen=True, slots=True)
class Reasons:
    """``downs`` 👎 of ``people``, ``explained`` of them with a reason and ``written`` with words."""

    feature: str
    since: datetime
    until: datetime
    downs: int
    people: int
    explained: int
    written: int
    reasons: tuple[Reason, ...]
    remarks: tuple[Remarks, ...]

    @property
    def enough(self) -> bool:
        """Whether shares of reasons may be spoken of."""
        return self.explained >= FEWEST


def shift(now: int, before: int) -> Shift:
    share = jeffreys(now, now + before)
    both = now + before
    return Shift(now, before, floor(both * (2 * share.low - 1)), ceil(both * (2 * share.high - 1)))


def ranked(now: Sequence[Judgement], before: Sequence[Judgement]) -> tuple[Reason, ...]:
    """The reasons of 👎 by falling count; those that were given before and not now are among them."""
    earlier = Counter(reason for each in before for reason in each.vote.reasons)
    explained = [each.vote for each in now if each.vote.reasons]
    found = []
    for key, label in REASONS.items():
        sums = by_person((vote.user, key in vote.reasons) for vote in explained)
        change = shift(int(sums.x), earlier[key])
        if change.now or change.before:
            people = len({vote.user for vote in explained if key in vote.reasons})
            found.append(Reason(key, label, sums.mean or 0.0, clustered_share(sums), people, change))
    return tuple(sorted(found, key=lambda reason: -reason.n))


def words_of(judgement: Judgement) -> str:
    """What somebody wrote with a 👎: the comment, and what it should have said."""
    return "\n".join(filter(None, (judgement.vote.comment, judgement.vote.correction)))


def _signed(count: int) -> str:
    return f"+{count}" if count > 0 else f"−{-count}" if count else "0"
