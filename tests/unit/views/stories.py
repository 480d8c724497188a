"""Stories and themes made to measure: one text in every foreign field, and as many parts as wanted."""

from collections.abc import Sequence
from typing import Any

from bot.domain.stories import Story, StoryState
from bot.domain.themes import Member, Theme, Trend

LINE, PASSAGE = 300, 2000  # the longest Line and Text that a story may hold


def story_of(
    text: str,
    *,
    examples: int = 3,
    criteria: int = 2,
    edges: int = 2,
    citations: int = 3,
    findings: int = 2,
    slices: int = 2,
    state: StoryState = StoryState.DRAFT,
    story_id: str = "ST-1",
    merge_with: Sequence[str] = ("ST-2",),
) -> Story:
    """``text`` in every field that a ticket, a model or a person fills, cut to what the field may hold. Only
    ids that the code gives out are our own."""
    text = text.encode("utf-8", "ignore").decode()  # the store takes no lone surrogates
    line, passage = text[:LINE] or "x", text[:PASSAGE] or "x"
    quoted = {"ticket_id": text[:80], "quote": passage}
    data: dict[str, Any] = {
        "id": story_id, "theme_id": "TH-1", "theme_name": line, "tickets": 1199, "requesters": 3,
        "drafted_by": line, "prompt": line, "fingerprint": line, "state": state, "approved_by": line,
        "title": line, "role": line, "want": line, "benefit": line, "intent": "question", "decision": line,
        "before_after": {"before": passage, "after": passage, "baseline": line},
        "examples": [{"ticket_id": text[:80], "input": passage, "expected": passage}] * examples,
        "cannot_do": {"ticket_id": text[:80], "input": passage, "condition": line, "expected": passage},
        "fallback": passage,
        "criteria": [
            {
                "key": line, "given": passage, "when": passage, "then": passage, "comparison": "at least",
                "threshold": 95, "unit": line, "n": 200, "confidence": line, "provenance": "proposed",
                "evidence": text, "ticket_ids": [text[:80]] * 12, "must_not_fail": True,
            }
        ] * criteria,
        "testable": {
            "task": passage, "input": passage, "output": passage, "threshold": passage, "evaluation": passage,
            "sample_size": 200, "sample_size_hint": passage,
        },
        "latency": "batch", "latency_reason": line,
        "edge_cases": [{**quoted, "note": line}] * edges,
        "non_goals": [{"theme_id": "TH-2", "text": line}] * edges,
        "track": 3, "track_advice": passage,
        "fairness": [{"field": text, "counts": {text: 5}, "max_gap_points": 5.0}] * slices,
        "confidence": {"level": "low", "reason": passage},
        "citations": [quoted] * citations,
        "findings": [
            {"code": "x", "field": text, "severity": "error", "message": line},
        ] * findings,
        "merge_with": list(merge_with),
    }  # fmt: skip
    return Story.model_validate(data)


def theme_of(text: str, number: int = 1, *, tickets: int = 30, emerging: bool = False) -> Theme:
    return Theme(
        id=f"TH-{number}",
        name=text,
        phrases=(text, text),
        quote=text,
        quote_id=text[:80],
        members=tuple(Member(f"t{n}", 0.9, 0.1) for n in range(tickets)),
        requesters=tickets,
        trend=Trend((), 3, 1, 5, True),
        emerging=emerging,
    )
