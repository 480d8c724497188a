"""Gherkin: a scenario for each criterion, an outline whose rows are the examples."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.inert import plain
from bot.domain.stories import Criterion, Story
from bot.domain.telling import article, given_when_then, people_of
from bot.exporters._export import Export


def export(stories: Sequence[Story]) -> Export:
    """One feature: a story by itself, or several as its rules (a file holds one feature)."""
    if len(stories) == 1:
        lines = ["Feature: " + _line(stories[0].title), *_indented(_story(stories[0]))]
    else:
        lines = ["Feature: Stories from support tickets"]
        for story in stories:
            lines += ["", *_indented(["Rule: " + _line(story.title), *_indented(_story(story))])]
    text = "# language: en\n" + "\n".join(line.rstrip() for line in lines) + "\n"
    return Export("stories.feature", "text/x-gherkin; charset=utf-8", text.encode())


def _story(story: Story) -> Iterator[str]:
    # Each line of a description begins with our own words, so that none can be read as a keyword.
    yield f"{article(story.role)} {_line(story.role)}"
    yield f"I want {_line(story.want)}"
    yield f"so that {_line(story.benefit)}"
    yield f"({_line(story.id)}: {story.tickets} tickets, {people_of(story)})"
    for criterion in story.criteria:
        yield ""
        yield from _criterion(criterion)
    if story.cannot_do is not None:
        yield from ["", "@cannot-do", "Scenario: Cannot do"]
        yield from _steps(
            story.cannot_do.condition, _says(story.cannot_do.input), f"it answers: {story.cannot_do.expected}"
        )
    if story.examples:
        yield ""
        yield from _examples(story)


def _criterion(criterion: Criterion) -> Iterator[str]:
    given, when, then = given_when_then(criterion)
    tags = ["@criterion-" + _tag(criterion.key), "@" + _tag(criterion.provenance)]
    yield " ".join(tags + ["@must-not-fail"] * criterion.must_not_fail)
    yield f"Scenario: {_line(criterion.key)}: {_line(then)}"
    yield from _steps(given, when, then)


def _steps(given: str, when: str, then: str) -> list[str]:
    return _indented([f"Given {_line(given)}", f"When {_line(when)}", f"Then {_line(then)}"])


def _examples(story: Story) -> Iterator[str]:
    yield from ["@examples", "Scenario Outline: Examples from tickets"]
    yield from _indented(
        ["Given ticket <ticket>", "When a customer writes “<input>”", "Then the answer <expected>"]
    )
    yield from ["", "  Examples:"]
    rows = [("ticket", "input", "expected")]
    rows += [(_cell(e.ticket_id), _cell(e.input), _cell(e.expected)) for e in story.examples]
    yield from (f"    | {' | '.join(row)} |" for row in rows)


def _says(text: str) -> str:
    return f"a customer writes “{text}”"


def _line(text: str) -> str:
    return plain(text) or "(nothing)"


def _cell(text: str) -> str:
    """A table cell: backslash and pipe escaped, no column named; line breaks are spaces already."""
    return (
        re.sub(r"<(ticket|input|expected)>", r"‹\1›", _line(text)).replace("\\", "\\\\").replace("|", "\\|")
    )


def _tag(text: str) -> str:
    return re.sub(r"[^\w]+", "-", plain(text)).strip("-").lower() or "x"


def _indented(lines: Sequence[str] | Iterator[str]) -> list[str]:
    return [f"  {line}" if line else "" for line in lines]
