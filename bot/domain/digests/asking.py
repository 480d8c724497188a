"""The one question a digest asks its team, computed from what it holds; none where nothing is open."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.digests.model import Digest, FeatureWeek
from bot.domain.digests.telling import noun, title
from bot.domain.metrics.changes import Change, Judged
from bot.domain.metrics.derived import TOO_FEW, Standing
from bot.domain.metrics.telling import sentence


@dataclass(frozen=True, slots=True)
class Question:
    """``answer``: "review" the cases that wait in ``dataset``, "experiment" on it, "" in words."""

    text: str
    answer: str = ""
    dataset: str = ""


def question(digest: Digest) -> Question | None:
    """The most pressing first: what got worse, cases that wait, silence, an owner missing, too few votes."""
    for ask in ASKED:
        found = ask(digest)
        if found is not None:
            return found
    return None


def _worse(digest: Digest) -> Question | None:
    for week, change in digest.moved:
        if change.judged is Judged.WORSE:
            return _about(week, change)
    return None


def _about(week: FeatureWeek, change: Change) -> Question:
    label = f"{title(week)}: {noun(change.metric)} got worse"
    releases = [event.what for event in week.events if "@" in event.what]
    if releases:
        on = f" on {week.feature.dataset}" if week.feature.dataset else ""
        text = f"{label} after {releases[-1]}. Shall an experiment{on} hold it against the version before?"
        return Question(text, "experiment" if on else "", week.feature.dataset)
    return Question(f"{label}, and nothing that I know of was changed before. What else was?")


def _waiting(digest: Digest) -> Question | None:
    for each in sorted(digest.waiting, key=lambda waiting: -waiting.candidates):
        one = each.candidates == 1
        cases = "1 case waits" if one else f"{each.candidates:,} cases wait"
        return Question(
            f"{cases} in {each.dataset}: accept {'it' if one else 'them'}?", "review", each.dataset
        )
    return None


def _silent(digest: Digest) -> Question | None:
    for week in digest.features:
        if week.silent:
            return Question(f"Nothing came in from {title(week)} this week. Does it still send?")
    return None


def _ownerless(digest: Digest) -> Question | None:
    for week in digest.features:
        below = [each for each in week.card.standings if each.standing is Standing.NOT_MET]
        if below and not week.feature.owners:
            return Question(f"{title(week)}: {sentence(below[0])} is below its minimum. Who looks at it?")
    return None


def _few(digest: Digest) -> Question | None:
    """A metric with a minimum that too little was said of."""
    found = [
        (figure.n, week, figure)
        for week in digest.features
        for figure in week.card.standings
        if not figure.enough
    ]
    if not found:
        return None
    n, week, figure = max(found, key=lambda each: each[0])
    return Question(
        f"{title(week)}: {noun(figure.metric)} has {n} of the {TOO_FEW} {figure.metric.of} it takes"
        " to judge. Where could more of them come from?"
    )


ASKED: tuple[Callable[[Digest], Question | None], ...] = (_worse, _waiting, _silent, _ownerless, _few)
