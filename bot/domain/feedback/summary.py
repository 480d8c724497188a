"""What people think of a feature's outputs over a span: rates, against the span before, and split up."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from bot.domain.experiments.results import Interval
from bot.domain.experiments.telling import SHARE, level, span
from bot.domain.feedback.outputs import kind_of
from bot.domain.feedback.rates import Change, Rate, compare, rate
from bot.domain.feedback.votes import Vote
from bot.domain.statistics.intervals import wilson

_WEEK = timedelta(days=7)
Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A vote with what is known of its output; "" where that is not known."""

    vote: Vote
    feature: str = ""
    prompt: str = ""
    fingerprint: str = ""
    model: str = ""
    channel: str = ""

    @property
    def kind(self) -> str:
        return kind_of(self.vote.output)


@dataclass(frozen=True, slots=True)
class Slice:
    """The rate of a part; ``name`` "" stands for outputs of which that is not known."""

    name: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday, UTC; ``whole`` False where the span begins or ends within it."""

    monday: date
    rate: Rate
    whole: bool


@dataclass(frozen=True, slots=True)
class Response:
    """``judged`` of the ``shown`` outputs of this span that somebody voted on, ever."""

    judged: int
    shown: int

    @property
    def share(self) -> float:
        return self.judged / self.shown

    @property
    def interval(self) -> Interval:
        return wilson(self.judged, self.shown)

    @property
    def sentence(self) -> str:
        share = f"{level(self.share, SHARE)} (95 %: {span(self.interval, SHARE)})"
        return f"{share} of {self.shown:,} outputs shown were judged"


@dataclass(frozen=True, slots=True)
class Summary:
    """Votes given from ``since`` until before ``until``, as they stand now. ``outputs`` were judged;
    ``response`` is None where nobody knows how many were shown, ``change`` where one span has no votes."""

    feature: str
    since: datetime
    until: datetime
    outputs: int
    rate: Rate
    change: Change | None
    response: Response | None
    by_kind: tuple[Slice, ...]
    by_prompt: tuple[Slice, ...]
    by_model: tuple[Slice, ...]
    by_week: tuple[Week, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What may be said of it, the most important first."""
        change = self.change.sentence if self.change and self.rate.enough else ""
        response = self.response.sentence if self.response else ""
        return tuple(filter(None, (self.rate.sentence, change, response)))


def summarise(
    judgements: Sequence[Judgement],
    before: Sequence[Judgement],
    response: Response | None,
    *,
    feature: str,
    since: datetime,
    until: datetime,
) -> Summary:
    """``judgements`` of the span, and those of the span of the same length before it."""
    votes = [each.vote for each in judgements]
    now = rate(votes)
    return Summary(
        feature=feature,
        since=since,
        until=until,
        outputs=len({vote.output for vote in votes}),
        rate=now,
        change=compare(now, rate(each.vote for each in before)),
        response=response,
        by_kind=_slices(judgements, lambda each: each.kind),
        by_prompt=_slices(judgements, lambda each: each.prompt),
        by_model=_slices(judgements, lambda each: each.model),
        by_week=_weeks(votes, since, until),
    )


def _slices(judgements: Sequence[Judgement], name: Callable[[Judgement], str]) -> tuple[Slice, ...]:
    """By falling number of votes; what is not known comes last."""
    groups = _groups(judgements, name)
    found = [Slice(part, rate(each.vote for each in group)) for part, group in groups.items()]
    return tuple(sorted(found, key=lambda part: (not part.name, -part.rate.n, part.name)))


def _weeks(votes: Sequence[Vote], since: datetime, until: datetime) -> tuple[Week, ...]:
    """Oldest first; a week without votes is one with a rate of none, not one that is missing."""
    groups = _groups(votes, lambda vote: _monday(vote.given_at))
    monday, weeks = max(_monday(since), min(groups, default=_monday(until))), []
    while groups and monday <= max(groups):
        begins = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
        whole = since <= begins and begins + _WEEK <= until
        weeks.append(Week(monday, rate(groups.get(monday, ())), whole))
        monday += _WEEK
    return tuple(weeks)


def _groups(items: Sequence[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def _monday(moment: datetime) -> date:
    day = moment.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())
