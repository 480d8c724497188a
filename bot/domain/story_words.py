"""What a model may say of a story: words and choices. Counts and the story's numbers are not among them.

The schema goes to vendors' structured outputs, so it holds only what all of them take: every property
required, no defaults, no lengths of strings. Lengths and plainness are checked on what comes back.
"""

from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.domain.plain import plain_words
from bot.domain.stories import Intent, Latency


def _words(most: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        line = plain_words(text)
        if len(line) > most:
            raise ValueError(f"is longer than {most} characters")
        return line

    return check


def _quote(text: str) -> str:
    """A quote is checked against its ticket later; here only that it has the size of one."""
    if not 1 <= len(text) <= 700:
        raise ValueError("is empty or longer than 700 characters")
    return text


Short = Annotated[str, AfterValidator(_words(90)), Field(description="at most 90 characters, plain words")]
Line = Annotated[str, AfterValidator(_words(240)), Field(description="at most 240 characters, plain words")]
Passage = Annotated[str, AfterValidator(_words(600)), Field(description="at most 600 characters, plain")]
TicketId = Annotated[str, Field(pattern=r"^t[0-9]{1,3}$", description="a ticket's id, such as t7")]
Quote = Annotated[str, AfterValidator(_quote), Field(description="copied letter by letter from that ticket")]


class Said(BaseModel):
    """Closed: a key that is not in the schema is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SaidExample(Said):
    ticket_id: TicketId
    input: Quote
    expected: Passage


class SaidRefusal(Said):
    ticket_id: TicketId
    input: Quote
    condition: Line
    expected: Passage


class SaidCriterion(Said):
    """``then`` holds no number of cases and no threshold: code adds both."""

    given: Passage
    when: Line
    then: Passage
    comparison: Literal["at least", "at most"]
    threshold: Annotated[float, Field(allow_inf_nan=False)]
    unit: Literal["% of labelled tickets", "seconds", "messages"]
    must_not_fail: bool
    reason: Short
    fact: Annotated[str, Field(pattern=r"^(?:f[0-9]{1,2})?$", description="a counted fact's id, or empty")]
    ticket_ids: list[TicketId] = Field(max_length=12)


class SaidEdge(Said):
    ticket_id: TicketId
    quote: Quote
    note: Line


class SaidTest(Said):
    task: Line
    input: Line
    output: Line
    evaluation: Line


class StoryWords(Said):
    """A story in a model's words."""

    title: Short
    role: Short
    want: Line
    benefit: Line
    intent: Intent
    decision: Line
    before: Passage
    after: Passage
    examples: list[SaidExample] = Field(max_length=5)
    cannot_do: SaidRefusal
    fallback: Passage
    criteria: list[SaidCriterion] = Field(max_length=6)
    test: SaidTest
    edge_cases: list[SaidEdge] = Field(max_length=4)
    latency: Latency
    latency_reason: Line
    track: Literal[1, 2, 3, 4]
    track_reason: Line
