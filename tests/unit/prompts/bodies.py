"""Small stand-ins for what the offline drafter gives: a body whose numbers a model must not touch."""

from collections.abc import Sequence

from bot.domain.stories import (
    BeforeAfter,
    CannotDo,
    Citation,
    Confidence,
    Criterion,
    EdgeCase,
    Example,
    FairnessSlice,
    NonGoal,
    StoryBody,
    TestableForm,
)


def counted(text: str, ticket_ids: Sequence[str]) -> Criterion:
    """A criterion with a counted fact behind it, on at most as many tickets as it counts."""
    return Criterion(
        key="A", given="a ticket", when="it is answered", then="it says so in at least 90 % of 90 tickets",
        comparison="at least", threshold=90, unit="% of labelled tickets", n=90, confidence="95 % interval",
        provenance="from evidence", evidence=text, ticket_ids=tuple(ticket_ids),
    )  # fmt: skip


def offline_body(
    criteria: Sequence[Criterion] = (),
    examples: Sequence[tuple[str, str]] = (),
    edges: Sequence[tuple[str, str]] = (),
) -> StoryBody:
    """An offline draft; ``examples`` and ``edges`` are (ticket id, quote)."""
    return StoryBody(
        title="Offline title",
        role="customer",
        want="to know it",
        benefit="I can decide",
        intent="question",
        decision="whether to wait",
        before_after=BeforeAfter(
            before="people write in", after="the assistant answers", baseline="41 tickets in 9 weeks"
        ),
        examples=tuple(Example(ticket_id=t, input=q, expected="States the date first.") for t, q in examples),
        cannot_do=_refusal(*examples[0]) if examples else None,
        fallback="hand over",
        criteria=tuple(criteria),
        testable=TestableForm(
            task="t", input="i", output="o", threshold="at least 90 %", evaluation="by hand", sample_size=90,
            sample_size_hint="90 tickets",
        ),
        latency="batch",
        latency_reason="nobody waits",
        edge_cases=tuple(EdgeCase(ticket_id=t, quote=q, note="odd") for t, q in edges),
        non_goals=(NonGoal(theme_id="T9", text="Loans (theme T9)"),),
        track=3,
        track_advice="Track 3.",
        fairness=(FairnessSlice(field="plan", counts={"free": 20, "pro": 21}, max_gap_points=5.0),),
        confidence=Confidence(level="low", reason="41 tickets from one source."),
        citations=tuple(Citation(ticket_id=t, quote=q) for t, q in (*examples, *edges)),
    )  # fmt: skip


def _refusal(ticket_id: str, quote: str) -> CannotDo:
    return CannotDo(ticket_id=ticket_id, input=quote, condition="no record", expected="Hands over at once.")
