"""A model's words and the program's numbers, put together into one story."""

from collections.abc import Iterator, Sequence

from bot.domain.drafting.quantities import cases_needed, lower_bound, zero_failures_rule
from bot.domain.plain import live_parts
from bot.domain.stories import (
    BeforeAfter,
    CannotDo,
    Citation,
    Criterion,
    EdgeCase,
    Example,
    StoryBody,
    TestableForm,
)
from bot.domain.story_claims import without_how_often
from bot.domain.story_evidence import Shown
from bot.domain.story_words import SaidCriterion, StoryWords

MARGIN = 5.0  # points that the 95 % interval may reach below a threshold
NEVER_CASES = 60  # no failure among them leaves at most 4.9 %
TIMED_CASES = 60
TRACKS = {
    1: "recognise and route",
    2: "recognise and carry out",
    3: "limited generation",
    4: "answers without an agent",
}


def merge(words: StoryWords, offline: StoryBody, shown: Shown, theme_tickets: int) -> StoryBody:
    """``words`` with everything counted taken from ``offline``, the draft made without a model.

    Ids become the file's own; what names a ticket that was not shown, or quotes something live, is left out.
    Quotes are not yet checked against their tickets.
    """
    criteria = tuple(
        _criterion(key, said, shown) for key, said in zip("ABCDEF", words.criteria, strict=False)
    )
    examples = tuple(
        Example(ticket_id=shown.tickets[x.ticket_id].ticket_id, input=x.input, expected=x.expected)
        for x in words.examples
        if _may_stand(x.ticket_id, x.input, shown)
    )
    edges = tuple(
        EdgeCase(ticket_id=shown.tickets[x.ticket_id].ticket_id, quote=x.quote, note=x.note)
        for x in words.edge_cases
        if _may_stand(x.ticket_id, x.quote, shown)
    )
    refusal = _refusal(words, shown)
    return offline.model_copy(
        update={
            **{
                name: getattr(words, name)
                for name in ("title", "role", "want", "benefit", "intent", "decision")
            },
            "before_after": BeforeAfter(
                before=words.before, after=words.after, baseline=offline.before_after.baseline
            ),
            "examples": examples,
            "cannot_do": refusal,
            "fallback": words.fallback,
            "criteria": criteria,
            "testable": _testable(words, criteria, theme_tickets),
            "latency": words.latency,
            "latency_reason": words.latency_reason,
            "edge_cases": edges,
            "track": words.track,
            "track_advice": _advice(words),
            "non_goals": tuple(goal for goal in offline.non_goals if not live_parts(goal.text)),
            "citations": tuple(_citations(examples, refusal, edges, offline)),
        }
    )


def _may_stand(ticket_id: str, quote: str, shown: Shown) -> bool:
    return ticket_id in shown.tickets and not live_parts(quote)


def _refusal(words: StoryWords, shown: Shown) -> CannotDo | None:
    said = words.cannot_do
    if not _may_stand(said.ticket_id, said.input, shown):
        return None
    return CannotDo(
        ticket_id=shown.tickets[said.ticket_id].ticket_id,
        input=said.input,
        condition=said.condition,
        expected=said.expected,
    )


def _criterion(key: str, said: SaidCriterion, shown: Shown) -> Criterion:
    evidence, ticket_ids = _evidence(said, shown)
    then = without_how_often(said.then)
    reason = said.reason.rstrip(" .")
    values = {
        "given": said.given,
        "when": said.when,
        "key": key,
        "evidence": evidence,
        "ticket_ids": ticket_ids,
    }
    if said.must_not_fail:
        n = NEVER_CASES
        then, left = f"{then} in 100 % of {n} labelled tickets", zero_failures_rule(n)
        return Criterion(
            **values, then=then, comparison="exactly", threshold=100, unit="% of labelled tickets", n=n,
            provenance="proposed", must_not_fail=True,
            confidence=f"no failure in {n} leaves at most {left:.1f} % at 95 %; {reason}",
        )  # fmt: skip
    target = f"{said.comparison} {said.threshold:g}"
    if said.unit.startswith("%"):
        n, interval = _share(said)
        then = f"{then} in {target} % of {n} labelled tickets"
        confidence = f"{interval}; {reason}"
    else:
        n = TIMED_CASES
        then = f"{then}, {target} {said.unit} for 95 % of {n} labelled tickets"
        confidence = f"95th percentile of {n} labelled tickets; {reason}"
    return Criterion(
        **values, then=then, comparison=said.comparison, threshold=said.threshold, unit=said.unit, n=n,
        confidence=confidence, provenance="proposed",
    )  # fmt: skip


def _share(said: SaidCriterion) -> tuple[int, str]:
    """Cases that measure the share to ``MARGIN`` points, and what the interval must show."""
    if said.comparison == "at least":
        n = cases_needed(said.threshold, MARGIN)
        return n, f"95 % interval above {lower_bound(said.threshold, n)} % (Wilson) when the share is met"
    n = cases_needed(100 - said.threshold, MARGIN)
    return (
        n,
        f"95 % interval below {100 - lower_bound(100 - said.threshold, n)} % (Wilson) when the share is met",
    )


def _evidence(said: SaidCriterion, shown: Shown) -> tuple[str, tuple[str, ...]]:
    """A counted fact in the program's words, or the tickets that the model names, counted here."""
    fact = shown.facts.get(said.fact)
    if fact is not None:
        return fact.evidence, fact.ticket_ids
    named = dict.fromkeys(key for key in said.ticket_ids if key in shown.tickets)
    if not named:
        return "", ()
    text = f"{len(named)} of {len(shown.tickets)} tickets read for this draft, by the model's reading"
    return text, tuple(shown.tickets[key].ticket_id for key in named)


def _testable(words: StoryWords, criteria: Sequence[Criterion], theme_tickets: int) -> TestableForm:
    first = criteria[0] if criteria else None
    size = max((criterion.n for criterion in criteria), default=NEVER_CASES)
    missing = max(0, size - theme_tickets)
    more = f"about {missing} more are needed" if missing else "no more are needed"
    return TestableForm(
        task=words.test.task,
        input=words.test.input,
        output=words.test.output,
        threshold=f"{first.comparison} {first.threshold:g} {first.unit}" if first else "none yet",
        evaluation=words.test.evaluation,
        sample_size=size,
        sample_size_hint=f"Test set: {size} tickets answer all criteria; there are {theme_tickets}: {more}.",
    )


def _advice(words: StoryWords) -> str:
    launch = (
        " Launch limited generation first, as a draft an agent edits; answers without an agent only after"
        " criterion A holds for four weeks."
    )
    reason = words.track_reason.rstrip(" .")
    return f"Track {words.track}, {TRACKS[words.track]}: {reason}.{launch if words.track >= 3 else ''}"


def _citations(
    examples: Sequence[Example], refusal: CannotDo | None, edges: Sequence[EdgeCase], offline: StoryBody
) -> Iterator[Citation]:
    """What the story quotes, then what the program cites from other tickets."""
    quoted = {x.ticket_id: x.input for x in examples}
    if refusal is not None:
        quoted.setdefault(refusal.ticket_id, refusal.input)
    for edge in edges:
        quoted.setdefault(edge.ticket_id, edge.quote)
    yield from (Citation(ticket_id=ticket_id, quote=quote) for ticket_id, quote in quoted.items())
    for citation in offline.citations:
        if citation.ticket_id not in quoted and not live_parts(citation.quote):
            yield citation
