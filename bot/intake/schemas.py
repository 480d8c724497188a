"""What is sent and answered over HTTP: the OpenAPI document shows it, feedback and numbers are read by it."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    model_validator,
)

from bot.domain.feedback import REASONS
from bot.importers.interactions import FAR, MOST_WHOLE

Reason = Literal["wrong_facts", "wrong_tone", "too_long", "missed_the_point", "unsafe", "other"]
"""domain.feedback.REASONS; a test holds them equal."""
Outcome = Literal["accepted", "edited", "overridden", "escalated"]
MOST = 1_000  # pieces of feedback, or numbers, in one request
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)  # clocks differ; what lies farther ahead is a mistake

_AT: dict[str, Any] = {"examples": ["2026-11-02T18:30:00Z"]}
_SAYS = r"[^\s\x00\x1c-\x1f\x85]"  # anything but blanks, as Python knows them
_WORD = r"[^\s@\x00\x1c-\x1f\x85]"
_TRACE = r"^[0-9a-fA-F]{1,64}$"
_HEXADECIMAL = r"^[0-9a-fA-F-]{0,64}$"


def _plausible(at: datetime) -> datetime:
    if not EARLIEST <= at <= datetime.now(UTC) + AHEAD:
        raise ValueError(FAR)
    return at


def _no_default(schema: dict[str, Any]) -> None:
    """Left out is one thing, empty another: the latter is refused."""
    del schema["default"]


def _whole(value: Any) -> Any:
    """JSON has one kind of number: 40.0 is 40."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, Field(ge=-MOST_WHOLE, le=MOST_WHOLE)]
Written = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Id = Annotated[str, Field(min_length=1, max_length=200, pattern=_SAYS)]
Name = Annotated[str, Field(max_length=200)] | Whole
LongName = Annotated[str, Field(max_length=500)] | Whole
Reference = Annotated[str, Field(pattern=rf"^({_WORD}{{1,120}}(@{_WORD}{{1,80}})?)?$")]
Text = str | list[JsonValue] | dict[str, JsonValue]
Named = Annotated[str, Field(min_length=1, max_length=200, pattern=_SAYS, json_schema_extra=_no_default)]
Traced = Annotated[str, Field(pattern=_TRACE, json_schema_extra=_no_default)]
Moment = Annotated[AwareDatetime, AfterValidator(_plausible), Field(json_schema_extra=_AT)]


class Interaction(BaseModel):
    """One call of your AI feature. Only ``id`` is needed; other common names of these fields are read too
    (``question``, ``completion``, ``prompt_tokens``, …). Personal data are redacted before anything is kept;
    ``user`` and ``session`` are kept as hashes."""

    model_config = ConfigDict(title="Interaction")

    id: Id | Whole = Field(examples=["chat-81f3"])
    at: Written | Literal[""] | None = Field(
        None, description="When it happened; by default now.", examples=["2026-11-02T18:30:00Z"]
    )
    input: Text | None = Field(
        None, description="What was asked: a text, or a list of messages.", examples=["Where is my parcel?"]
    )
    output: Text | None = Field(None, examples=["It left on Monday."])
    model: Name | None = Field(None, examples=["gpt-5-mini"])
    prompt: Reference | Whole | None = Field(
        None, description="Its version: a reference as your live prompt has.", examples=["reply@3"]
    )
    fingerprint: Annotated[str, Field(max_length=128)] | Whole | None = None
    latency_ms: float | None = Field(None, ge=0, le=1e9, examples=[830])
    cost: float | None = Field(None, ge=0, le=1e6, description="US dollars; else from tokens and model.")
    input_tokens: int | None = Field(None, ge=0, le=1_000_000_000, examples=[412])
    output_tokens: int | None = Field(None, ge=0, le=1_000_000_000, examples=[57])
    confidence: float | None = Field(None, ge=0, le=1, description="Your product's own.")
    outcome: Outcome | None = Field(None, description="What became of the output.")
    final: Text | None = Field(None, description="What a person made of an edited output.")
    error: Text | None = None
    session: LongName | None = None
    user: LongName | None = Field(None, examples=["u-1042"])
    segment: dict[str, JsonValue] | None = Field(
        None, description="What numbers may be split by; scalars are kept.", examples=[{"plan": "pro"}]
    )
    trace: str | None = Field(None, pattern=_HEXADECIMAL)
    span: str | None = Field(None, pattern=_HEXADECIMAL)


class Accepted(BaseModel):
    """Committed. ``known`` were there already: what was empty of them is filled. ``sampled_out`` are left out
    as the feature is set up. ``ignored`` names what was sent and is not kept, with how often."""

    accepted: int
    new: int
    known: int
    sampled_out: int
    ignored: dict[str, int]


class Feedback(BaseModel):
    """What a user of your product said of an output. It counts once by its ``id``; the newest thumb of a user
    wins; words count with a 👎. It may come before its interaction."""

    model_config = ConfigDict(
        title="Feedback",
        strict=True,
        extra="forbid",
        json_schema_extra={"anyOf": [{"required": ["interaction"]}, {"required": ["trace"]}]},
    )

    id: str = Field(min_length=1, max_length=200, pattern=_SAYS, examples=["fb-17"])
    interaction: Named = Field("", examples=["chat-81f3"])
    trace: Traced = Field("", description="Else the newest interaction of this trace.")
    user: str = Field("", max_length=500, examples=["u-1042"])
    thumb: Literal["up", "down", "none"] | None = Field(
        None, description='"none" takes an earlier one back.', examples=["down"]
    )
    score: float | None = Field(None, ge=0, le=1, description="Stands for a thumb: from 0.5 on it is up.")
    reasons: list[Reason] = Field([], max_length=len(REASONS), examples=[["wrong_facts"]])
    comment: str = Field("", max_length=3_000)
    correction: str = Field("", max_length=3_000, description="What it should have said.")
    outcome: Outcome | None = None
    at: Moment | None = Field(None, description="When they said so; by default now.")

    @model_validator(mode="after")
    def _of_something(self) -> "Feedback":
        if not (self.interaction or self.trace):
            raise ValueError("It does not say what it is of: send interaction, its id, or trace.")
        return self


class FeedbackAccepted(BaseModel):
    """Committed. ``waiting`` of the new ones are kept until their interaction comes."""

    accepted: int
    new: int
    waiting: int


class Number(BaseModel):
    """What a business metric was at a moment. The same metric and moment again replaces it."""

    model_config = ConfigDict(title="Number", strict=True, extra="forbid")

    metric: str = Field(pattern=r"^[a-z][a-z0-9_.-]{0,63}$", examples=["refund_rate"])
    at: Moment
    value: float = Field(ge=-1e15, le=1e15, allow_inf_nan=False, examples=[0.042])
    n: Annotated[int, Field(ge=0, le=2_000_000_000), BeforeValidator(_whole)] | None = Field(
        None, description="Of how many cases."
    )


class NumbersAccepted(BaseModel):
    """Committed."""

    accepted: int


class ProblemOut(BaseModel):
    """``row`` counts records from 1; ``field`` "" is the record."""

    row: int
    field: str
    message: str
    hint: str


class Failure(BaseModel):
    """One sentence, and what to do."""

    code: str
    message: str
    hint: str
    problems: list[ProblemOut] | None = None
    left_out: int | None = Field(None, description="How many more problems there are.")


class FailureAnswer(BaseModel):
    """Nothing was kept."""

    error: Failure


class LivePrompt(BaseModel):
    """A version of a prompt, and the label it was asked by."""

    name: str
    version: int
    label: str | None
    system: str
    user: str
    inputs: list[str]
    model: str
    fingerprint: str
