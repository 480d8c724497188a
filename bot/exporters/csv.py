"""CSV for spreadsheets: a row for each story, a line in the cell for each example, criterion or quote."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.domain.inert import clean
from bot.domain.stories import Criterion, Story
from bot.domain.telling import given_when_then
from bot.exporters._export import Export
from bot.exporters._table import table

Value = str | int | float

COLUMNS: Mapping[str, Callable[[Story], Value]] = {
    "id": lambda s: s.id,
    "title": lambda s: s.title,
    "as_a": lambda s: s.role,
    "i_want": lambda s: s.want,
    "so_that": lambda s: s.benefit,
    "intent": lambda s: s.intent,
    "decision": lambda s: s.decision,
    "state": lambda s: s.state.value,
    "approved_by": lambda s: s.approved_by,
    "theme_id": lambda s: s.theme_id,
    "theme": lambda s: s.theme_name,
    "tickets": lambda s: s.tickets,
    "requesters": lambda s: s.requesters,
    "before": lambda s: s.before_after.before,
    "after": lambda s: s.before_after.after,
    "baseline": lambda s: s.before_after.baseline,
    "example_count": lambda s: len(s.examples),
    "examples": lambda s: _lines(f"[{e.ticket_id}] “{e.input}” -> {e.expected}" for e in s.examples),
    "cannot_do": lambda s: _cannot_do(s),
    "fallback": lambda s: s.fallback,
    "criterion_count": lambda s: len(s.criteria),
    "accept_when": lambda s: _lines(map(_criterion, s.criteria)),
    "test_task": lambda s: s.testable.task,
    "test_input": lambda s: s.testable.input,
    "test_output": lambda s: s.testable.output,
    "test_threshold": lambda s: s.testable.threshold,
    "test_evaluation": lambda s: s.testable.evaluation,
    "sample_size": lambda s: s.testable.sample_size,
    "sample_size_hint": lambda s: s.testable.sample_size_hint,
    "latency": lambda s: s.latency,
    "latency_reason": lambda s: s.latency_reason,
    "track": lambda s: s.track,
    "track_advice": lambda s: s.track_advice,
    "edge_cases": lambda s: _lines(f"[{e.ticket_id}] “{e.quote}” {e.note}" for e in s.edge_cases),
    "non_goals": lambda s: _lines(f"{g.text} (theme {g.theme_id})" for g in s.non_goals),
    "fairness": lambda s: _lines(
        f"{f.field}: {', '.join(f'{k} {n}' for k, n in f.counts.items())}; at most {f.max_gap_points:g} apart"
        for f in s.fairness
    ),
    "confidence": lambda s: s.confidence.level,
    "confidence_reason": lambda s: s.confidence.reason,
    "citation_count": lambda s: len(s.citations),
    "citations": lambda s: _lines(f"[{c.ticket_id}] “{c.quote}”" for c in s.citations),
    "drafted_by": lambda s: s.drafted_by,
    "prompt": lambda s: s.prompt,
    "findings": lambda s: _lines(f"{f.severity} {f.field}: {f.message}" for f in s.findings),
    "merge_with": lambda s: ", ".join(s.merge_with),
}


def export(stories: Sequence[Story]) -> Export:
    """One row a story; the columns are those of ``COLUMNS``, in that order."""
    rows = [[column(story) for column in COLUMNS.values()] for story in stories]
    return Export("stories.csv", "text/csv; charset=utf-8", table(list(COLUMNS), rows))


def _lines(items: Iterable[str]) -> str:
    return "\n".join(map(clean, items))


def _cannot_do(story: Story) -> str:
    refusal = story.cannot_do
    if refusal is None:
        return ""
    return clean(f"[{refusal.ticket_id}] “{refusal.input}” ({refusal.condition}) -> {refusal.expected}")


def _criterion(criterion: Criterion) -> str:
    given, when, then = given_when_then(criterion)
    target = f"{criterion.comparison} {criterion.threshold:g} {criterion.unit}, n = {criterion.n}"
    evidence = f"; {criterion.evidence} [{', '.join(criterion.ticket_ids)}]" if criterion.evidence else ""
    return (
        f"{criterion.key}: Given {given}, when {when}, then {then}"
        f" ({target}; {criterion.confidence}; {criterion.provenance}{evidence})"
    )
