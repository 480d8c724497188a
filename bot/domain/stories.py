"""A user story as data: every field a product manager decides on and an engineer tests against."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1, max_length=2000)]
Line = Annotated[str, Field(min_length=1, max_length=300)]

Intent = Literal["problem", "request", "question", "praise"]
Provenance = Literal["from evidence", "proposed"]
Latency = Literal["real-time (under 200 ms)", "near-real-time (under 2 s)", "batch"]
Level = Literal["low", "medium", "high"]
Severity = Literal["error", "warning"]


class Value(BaseModel):
    """Immutable and closed: an unknown key is an error, from a model as from a file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Citation(Value):
    """A verbatim quote of a redacted ticket."""

    ticket_id: str
    quote: Text


class Example(Value):
    """``input`` is a verbatim quote of the redacted ticket; ``expected`` can be checked by a person."""

    ticket_id: str
    input: Text
    expected: Text


class CannotDo(Value):
    """The required refusal: under ``condition`` the assistant does not answer but does ``expected``."""

    ticket_id: str
    input: Text
    condition: Line
    expected: Text


class Criterion(Value):
    """Given/When/Then with a number. ``threshold`` is in ``unit`` ("% of labelled tickets", "seconds");
    ``n`` is how many cases measure it; ``confidence`` says what the interval must show. ``evidence`` is
    the counted fact behind a number ("14 of 58 tickets say ..."), with its tickets."""

    key: str
    given: Text
    when: Text
    then: Text
    comparison: Literal["at least", "at most", "exactly"]
    threshold: float
    unit: Line
    n: int = Field(ge=1)
    confidence: Line
    provenance: Provenance
    evidence: str = ""
    ticket_ids: tuple[str, ...] = ()
    must_not_fail: bool = False


class BeforeAfter(Value):
    """What happens today and what would; ``baseline`` says where the "before" number comes from."""

    before: Text
    after: Text
    baseline: Line


class TestableForm(Value):
    """The five parts, and how many cases the threshold needs (``sample_size``) against how many exist."""

    __test__ = False  # not a pytest class

    task: Text
    input: Text
    output: Text
    threshold: Text
    evaluation: Text
    sample_size: int = Field(ge=1)
    sample_size_hint: Text


class EdgeCase(Value):
    """An outlying ticket of the same theme and what makes it one."""

    ticket_id: str
    quote: Text
    note: Line


class NonGoal(Value):
    """A neighbouring need that is not in this story."""

    theme_id: str
    text: Line


class FairnessSlice(Value):
    """A segment to compare results by; ``max_gap_points`` is a proposal."""

    field: str
    counts: dict[str, int]
    max_gap_points: float


class Confidence(Value):
    """How far the evidence carries, with the measured reason."""

    level: Level
    reason: Text


class Finding(Value):
    """What a lint found: ``code`` names the rule, ``field`` the place, ``message`` what to do."""

    code: str
    field: str
    severity: Severity
    message: Line


class StoryState(StrEnum):
    DRAFT = "draft"
    READY = "ready"
    APPROVED = "approved"
    EXPORTED = "exported"
    MERGED = "merged"


class StoryBody(Value):
    """What a drafter, a model or a person's edit fills in."""

    title: Line
    role: Line
    want: Line
    benefit: Line
    intent: Intent
    decision: Line
    before_after: BeforeAfter
    examples: tuple[Example, ...] = Field(max_length=5)
    cannot_do: CannotDo | None
    fallback: Text
    criteria: tuple[Criterion, ...] = Field(max_length=8)
    testable: TestableForm
    latency: Latency
    latency_reason: Line
    edge_cases: tuple[EdgeCase, ...]
    non_goals: tuple[NonGoal, ...]
    track: int = Field(ge=1, le=4)
    track_advice: Text
    fairness: tuple[FairnessSlice, ...]
    confidence: Confidence
    citations: tuple[Citation, ...]


class Story(StoryBody):
    """A drafted story with its evidence and where it stands. ``drafted_by`` is "offline" (drafted without
    a model) or "provider:model"; ``prompt`` is "draft_story@N" with the body's sha256 in ``fingerprint``.
    ``channel`` is the private Slack channel its tickets came from, "" where they came from elsewhere;
    ``merged_into`` is the id of the story that took this one's evidence; ``learned_from`` are the outputs
    whose corrections the drafter was shown."""

    id: str
    theme_id: str
    theme_name: str
    tickets: int
    requesters: int
    drafted_by: str
    prompt: str = ""
    fingerprint: str = ""
    state: StoryState = StoryState.DRAFT
    approved_by: str = ""
    findings: tuple[Finding, ...] = ()
    merge_with: tuple[str, ...] = ()
    channel: str = ""
    merged_into: str = ""
    learned_from: tuple[str, ...] = ()
