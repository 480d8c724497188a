"""The small words around a story's fields, the same on every surface that reads like prose."""

import re

from bot.domain.stories import Criterion, Story

TRACKS = {1: "retrieval", 2: "classification", 3: "limited generation", 4: "open generation"}


def article(role: str) -> str:
    """The words before a role: "As a", "As an", or "As" where the role brings its own."""
    if re.match(
        r"(?:an?|the|my|our|one|some|someone|somebody|anyone|people)\b(?!-)", role.strip(), re.IGNORECASE
    ):
        return "As"
    sounds_open = re.match(r"(?!uni|use|eu|one\b|u[bcfhjkqrst][aeiou])[aeiou]", role.strip(), re.IGNORECASE)
    return "As an" if sounds_open else "As a"


def without_lead(text: str, lead: str) -> str:
    """The text without the words its template adds before it ("Given given …"); ``lead`` is a pattern."""
    return re.sub(rf"^\s*{lead}\b[\s,:]*", "", text, flags=re.IGNORECASE) or text


def sentence(text: str) -> str:
    """The text with an end: a full stop where it has none."""
    return text if re.search(r"[.!?…”\"')\]]$", text) else f"{text}."


def quoted(text: str) -> str:
    """What a customer wrote, between quotation marks."""
    return f"“{text}”"


def people_of(story: Story) -> str:
    """How many wrote; a log may not say who."""
    if not story.requesters:
        return "people unknown"
    return f"{story.requesters} people" if story.requesters != 1 else "1 person"


def given_when_then(criterion: Criterion) -> tuple[str, str, str]:
    """The three clauses without their leading words and without a full stop inside the sentence."""
    given, when = without_lead(criterion.given, "given"), without_lead(criterion.when, "when")
    return given.rstrip(" .,"), when.rstrip(" .,"), without_lead(criterion.then, "then").strip()
