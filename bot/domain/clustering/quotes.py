"""The one real sentence that stands for a theme."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.clustering.words import PLACEHOLDER, is_content, stem, tokens
from bot.domain.tickets import Ticket

LONGEST = 160
"""Characters of a quote that a table still shows well."""
_SHORTEST_WORDS = 3
_CANDIDATES = 25


class Quote(NamedTuple):
    """A verbatim piece of the ticket ``ticket_id``; both empty where there is nothing to quote."""

    text: str
    ticket_id: str


def choose_quote(tickets: Sequence[Ticket], phrases: Sequence[str]) -> Quote:
    """Quote the most central ticket that is short and free of placeholders, or a long one's telling line.

    ``tickets`` most central first; ``phrases`` say which words are telling. Among the 25 most central, rank
    counts against a quote, its telling words for it.
    """
    telling = {stem(word) for phrase in phrases for word in tokens(phrase) if is_content(word)}
    best, best_score = Quote("", ""), float("-inf")
    for rank, ticket in enumerate(tickets[:_CANDIDATES]):
        for line in _lines(ticket.text):
            score = _telling(line, telling) - rank / _CANDIDATES
            if score > best_score:
                best, best_score = Quote(line, ticket.ticket_id), score
    return best


def _lines(text: str) -> list[str]:
    """The whole text where it is short, else its lines, else its sentences, else its beginning."""
    if len(text.strip()) <= LONGEST and "\n" not in text.strip():
        return [text.strip()] if text.strip() else []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [piece for line in lines for piece in ([line] if len(line) <= LONGEST else _cut(line))]
    return found[:40]


def _cut(line: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    for i, character in enumerate(line):
        if character in ".!?" and line[i + 1 : i + 2] in (" ", "") and i + 1 - start >= 15:
            pieces.append(line[start : i + 1].strip())
            start = i + 1
    pieces.append(line[start:].strip())
    return [
        piece if len(piece) <= LONGEST else piece[:LONGEST].rsplit(" ", 1)[0] for piece in pieces if piece
    ]


def _telling(line: str, telling: set[str]) -> float:
    """How much a line says of its theme: telling words, three being enough; less for placeholders."""
    words = tokens(PLACEHOLDER.sub(" ", line))
    if len(words) < _SHORTEST_WORDS:
        return -1.0
    said = len({stem(word) for word in words} & telling)
    return min(said, 3) - 0.5 * len(PLACEHOLDER.findall(line)) - 0.5 * (len(words) > 25)
