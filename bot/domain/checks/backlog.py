"""Several stories read together: what one story cannot show, a template printed over and over."""

from collections import Counter
from collections.abc import Callable, Sequence

from bot.domain.checks.criteria import masked_criterion
from bot.domain.checks.text import content_words, finding
from bot.domain.stories import Criterion, Finding, StoryBody

MIN_STORIES = 3


def check_backlog(bodies: Sequence[StoryBody]) -> tuple[tuple[Finding, ...], ...]:
    """Warnings for each of ``bodies``, in order: a criterion, benefit or set of thresholds that others have.

    QUS calls a set of stories good when each is unique (Lucassen et al. 2016). Criteria are compared without
    their numbers and without the words of their own story's title. Silent below three stories.
    """
    found: list[list[Finding]] = [[] for _ in bodies]
    if len(bodies) >= MIN_STORIES:
        _criteria(bodies, found)
        _whole(bodies, found, "benefit", lambda body: " ".join(_unthemed(body.benefit, body)))
        _whole(bodies, found, "criteria", _thresholds)
    return tuple(tuple(each) for each in found)


def criterion_without_theme(criterion: Criterion, body: StoryBody) -> str:
    """What a criterion says once its numbers and the words of its story's title and want are taken out."""
    return " ".join(_unthemed(masked_criterion(criterion), body))


def _criteria(bodies: Sequence[StoryBody], found: list[list[Finding]]) -> None:
    said = [[criterion_without_theme(c, body) for c in body.criteria] for body in bodies]
    everywhere = Counter(text for texts in said for text in set(texts))
    for story, texts in enumerate(said):
        for i, text in enumerate(texts):
            others = everywhere[text] - 1
            if others:
                message = (
                    f"{others} other stories have this criterion with the theme's words changed. Say what"
                    " is special here."
                )
                found[story].append(
                    finding("backlog.same_criterion", f"criteria[{i}].then", "warning", message)
                )


def _whole(
    bodies: Sequence[StoryBody], found: list[list[Finding]], field: str, reduce: Callable[[StoryBody], str]
) -> None:
    said = [reduce(body) for body in bodies]
    everywhere = Counter(said)
    for story, text in enumerate(said):
        if text and everywhere[text] >= max(MIN_STORIES, len(bodies) // 2 + 1):
            message = (
                f"{everywhere[text]} of {len(bodies)} stories have the same here. Set it from this story's"
                " tickets."
            )
            found[story].append(finding(f"backlog.same_{field}", field, "warning", message))


def _thresholds(body: StoryBody) -> str:
    return ", ".join(sorted(f"{c.comparison} {c.threshold:g} {c.unit}" for c in body.criteria))


def _unthemed(text: str, body: StoryBody) -> list[str]:
    theme = set(content_words(f"{body.title} {body.want}"))
    return [word for word in content_words(text) if word not in theme]
