"""Drafts a user story from a theme's tickets without a model: deterministic, extractive, labelled as such.

    reading      each ticket's need sentence, speech acts, clause and circumstances; the theme's mix of them
    choice       the clause that speaks for the theme      ->  wants: title, role, want, benefit, decision
    selection    the tickets to cite                       ->  expected: what a right answer to each holds
    criteria     thresholds by risk, counted circumstances ->  framing: test form, latency, track, confidence

Different themes get different stories because their tickets differ: acts decide the shape, ``kinds`` what a
subject's record holds, ``conditions`` what the circumstances call for. No I/O, no randomness.
"""

from collections.abc import Sequence

from bot.domain.drafting.acts import Act
from bot.domain.drafting.angle import angled, subject_seen
from bot.domain.drafting.choice import Spoken, settled, theme_clause
from bot.domain.drafting.criteria import criteria_of, main_target, not_invent
from bot.domain.drafting.english import plural_verb, words
from bot.domain.drafting.expected import expected_for
from bot.domain.drafting.framing import (
    before_after_of,
    confidence_of,
    fairness_of,
    fallback_of,
    latency_of,
    non_goals_of,
    testable_of,
    track_of,
)
from bot.domain.drafting.kinds import HOME_KEYS, Kind, banks
from bot.domain.drafting.reading import Picture, Reading, read_theme
from bot.domain.drafting.roles import role_of
from bot.domain.drafting.selection import MOST_EXAMPLES, choose_edges, choose_examples
from bot.domain.drafting.voice import voiced
from bot.domain.drafting.wants import intent_of, sentence_of
from bot.domain.stories import CannotDo, Citation, EdgeCase, Example, StoryBody
from bot.domain.themes import ThemeEvidence

__all__ = ["draft_story"]


def draft_story(evidence: ThemeEvidence) -> StoryBody:
    """A story body drafted from ``evidence`` alone; raises DraftingStopped where no ticket has text.

    Fewer than three distinct tickets give a body that says so (confidence low, as many examples as there
    are); whether it may become ready is decided elsewhere.
    """
    picture = read_theme(evidence)
    spoken = theme_clause(picture)
    picture = picture.seen_as(subject_seen(picture, spoken))
    picture, spoken = voiced(picture, spoken)
    picture = picture.seen_as(angled(picture, spoken))
    if spoken is not None:
        speaker = "the assistant" if picture.kind.key in HOME_KEYS else picture.speaker
        spoken = Spoken(settled(spoken.clause, speaker), spoken.source)
    needs = [r.need for r in picture.readings]
    bank = banks(needs, [ticket.text for ticket in evidence.background])
    role = role_of(picture.kind, needs, _condition_shares(picture), bank=bank)
    sentence = sentence_of(picture, spoken, role)
    chosen = choose_examples(picture, spoken.source if spoken else None)
    examples, refusal = _split(chosen)
    edges = choose_edges(picture, chosen, spoken.source if spoken else None)
    target = main_target(picture.act, picture.kind)
    latency, latency_reason = latency_of(picture)
    track, advice = track_of(picture)
    return StoryBody(
        title=sentence.title,
        role=sentence.role,
        want=sentence.want,
        benefit=sentence.benefit,
        intent=picture.kind.intent or intent_of(picture.act),
        decision=sentence.decision,
        before_after=before_after_of(picture),
        examples=_examples(examples, picture),
        cannot_do=_cannot_do(refusal, picture.kind) if refusal else None,
        fallback=fallback_of(picture.kind),
        criteria=criteria_of(picture, sentence, refusal),
        testable=testable_of(picture, sentence, target),
        latency=latency,
        latency_reason=latency_reason,
        edge_cases=tuple(edge for r in edges if (edge := _edge(r, picture))),
        non_goals=non_goals_of(picture),
        track=track,
        track_advice=advice,
        fairness=fairness_of(picture),
        confidence=confidence_of(picture, _distinct(picture)),
        citations=tuple(Citation(ticket_id=r.ticket.ticket_id, quote=r.need) for r in chosen),
    )


def _split(chosen: Sequence[Reading]) -> tuple[Sequence[Reading], Reading | None]:
    """Examples, and the reading for the refusal: one that gives no number to look anything up by.

    With three readings or fewer all are examples, and the last serves the refusal too.
    """
    if len(chosen) <= 3:
        return chosen, chosen[-1] if chosen else None
    spare = chosen[1:]
    refusal = min(spare, key=lambda r: (any(c.isdigit() for c in r.need), len(r.need) > 90, -len(r.need)))
    return [r for r in chosen if r is not refusal][:MOST_EXAMPLES], refusal


def _examples(readings: Sequence[Reading], picture: Picture) -> tuple[Example, ...]:
    used: set[str] = set()
    return tuple(
        Example(
            ticket_id=r.ticket.ticket_id,
            input=r.need,
            expected=expected_for(r, picture.act_of(r), picture.kind, used),
        )
        for r in readings
    )


def _cannot_do(reading: Reading, kind: Kind) -> CannotDo:
    close = (
        f"and asks for {kind.check}"
        if kind.key in HOME_KEYS
        else f"and passes the thread to a colleague with {kind.check} as far as given"
    )
    return CannotDo(
        ticket_id=reading.ticket.ticket_id,
        input=reading.need,
        condition=kind.missing,
        expected=f"Says that {kind.missing}, {not_invent(kind)}, {close}.",
    )


def _edge(reading: Reading, picture: Picture) -> EdgeCase | None:
    if picture.tongue:
        return None
    unlike = (
        f"{reading.act.value}, where most tickets here {plural_verb(picture.act.value)}"
        if reading.act not in {picture.act, Act.PLAIN} and picture.led is None
        else ""
    )
    circumstances = "; ".join(condition.given for condition in reading.conditions[:2])
    rare = [
        w
        for w in words(reading.need)
        if 0 < picture.shares.get(w, 0) <= 1.5 / picture.size and len(w) > 3 and not w.endswith("ly")
    ]
    brought = f"brings in “{rare[0]}”, which no other ticket here does" if rare else ""
    note = unlike or circumstances or brought
    if not note:
        return None
    return EdgeCase(ticket_id=reading.ticket.ticket_id, quote=reading.need, note=note)


def _distinct(picture: Picture) -> int:
    return len({" ".join(words(reading.ticket.text)) for reading in picture.readings})


def _condition_shares(picture: Picture) -> dict[str, float]:
    counts: dict[str, float] = {}
    for reading in picture.readings:
        for condition in reading.conditions:
            counts[condition.key] = counts.get(condition.key, 0.0) + 1 / picture.size
    return counts
