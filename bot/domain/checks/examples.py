"""Examples a person can check: distinct inputs, and outputs that say more than the input."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

from rapidfuzz import fuzz

from bot.domain.checks.text import Lint, content_words, excerpt, finding, words
from bot.domain.stories import Finding, StoryBody

MIN_EXAMPLES = 3
ALIKE = 90.0  # token_sort_ratio above which two texts are the same to a reader
MIN_NEW = 0.3  # share of an output's content words that must not stand in its input

Tickets = Mapping[str, str]

_UNCHECKABLE = re.compile(
    r"(?:the\s+(?:assistant|system|bot)\s+)?(?:should\s+|shall\s+|will\s+)?(?:respond|answer|repl(?:y|ie)"
    r"|help|handle|assist"
    r"|react|address|resolve|support)s?\s*(?:to\s+)?(?:the\s+|this\s+|their\s+|it\b\s*"
    r"|them\b\s*)?(?:customer|user|ticket"
    r"|question|request|issue|problem|message)?\s*(?:appropriately|accordingly|correctly|properly|well"
    r"|as needed"
    r"|helpfully|politely)?",
    re.IGNORECASE,
)


def enough(body: StoryBody, tickets: Tickets) -> Iterator[Finding]:
    """Three examples where there are three tickets to take them from."""
    if len(body.examples) < MIN_EXAMPLES <= len(tickets):
        message = f"{len(body.examples)} examples; give {MIN_EXAMPLES} to 5, each from another ticket."
        yield finding("examples.few", "examples", "error", message)
    if body.cannot_do is None:
        message = (
            "No example of what the assistant must not answer. Take a ticket it lacks the data or the"
            " right for."
        )
        yield finding("examples.no_cannot_do", "cannot_do", "error", message)


def distinct(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Each example from a ticket of its own, in words of its own."""
    for ticket_id, count in Counter(e.ticket_id for e in body.examples).items():
        if count > 1:
            message = f"{count} examples from ticket {excerpt(ticket_id, 40)}. Take each from another ticket."
            yield finding("examples.same_ticket", "examples", "error", message)
    for (i, one), (j, other) in combinations(enumerate(body.examples), 2):
        if words(one.input) == words(other.input):
            message = f"The same input as examples[{i}]. Choose a ticket that asks in another way."
            yield finding("examples.same_input", f"examples[{j}].input", "error", message)
        elif _ratio(one.input, other.input) >= ALIKE:
            message = f"Nearly the input of examples[{i}]. Choose a ticket that asks in another way."
            yield finding("examples.same_input", f"examples[{j}].input", "warning", message)
        if _ratio(one.expected, other.expected) >= ALIKE:
            message = (
                f"Expects the same as examples[{i}]. Say what is different for this ticket, or choose"
                " another."
            )
            yield finding("examples.same_expected", f"examples[{j}].expected", "warning", message)


def edges(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """An edge case that reads like an example is none."""
    said = {tuple(words(example.input)): i for i, example in enumerate(body.examples)}
    for i, edge in enumerate(body.edge_cases):
        same = said.get(tuple(words(edge.quote)))
        if same is not None:
            message = (
                f"Says the same as examples[{same}]. Choose a ticket at the theme's border, or leave it out."
            )
            yield finding("examples.edge_repeats", f"edge_cases[{i}].quote", "warning", message)


def checkable(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """An expected output must say something to check, and not hand the question back."""
    pairs = [(f"examples[{i}].expected", e.input, e.expected) for i, e in enumerate(body.examples)]
    if body.cannot_do is not None:
        pairs.append(("cannot_do.expected", body.cannot_do.input, body.cannot_do.expected))
    for path, given, expected in pairs:
        if _UNCHECKABLE.fullmatch(expected.strip(" .")):
            message = "Nobody can check this. Name what the answer states, gives or asks."
            yield finding("examples.uncheckable", path, "error", message)
        elif _repeats(given, expected):
            message = "Repeats the ticket. Say what the answer states, gives or does."
            yield finding("examples.repeats_input", path, "error", message)
        elif len(words(expected)) < 3:
            message = "Too short to check. Name what the answer states, gives or asks."
            yield finding("examples.uncheckable", path, "warning", message)


LINTS: tuple[Lint, ...] = (enough, distinct, edges, checkable)


def _ratio(one: str, other: str) -> float:
    return fuzz.token_sort_ratio(" ".join(words(one)), " ".join(words(other)))


def _repeats(given: str, expected: str) -> bool:
    said, answered = set(content_words(given)), content_words(expected)
    if not answered:
        return words(given) == words(expected)
    new = sum(word not in said for word in answered) / len(answered)
    return new < MIN_NEW
