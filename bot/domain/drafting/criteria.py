"""Acceptance criteria that bite: what a theme's mix of acts, its subject and its circumstances call for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.drafting.acts import Act
from bot.domain.drafting.aspects import Aspect, aspect_duty, aspects_of
from bot.domain.drafting.conditions import CONDITIONS, Condition
from bot.domain.drafting.duties import MUST_NEVER, duty_of
from bot.domain.drafting.english import listed, plural_verb, shows
from bot.domain.drafting.kinds import HOME_KEYS, UNNAMED, Kind
from bot.domain.drafting.kinds.kind import Stakes
from bot.domain.drafting.quantities import cases_needed, lower_bound, share, zero_failures_rule
from bot.domain.drafting.reading import Picture, Reading
from bot.domain.drafting.sentences import is_plain
from bot.domain.drafting.tongues import tongue_of
from bot.domain.drafting.wants import Sentence
from bot.domain.stories import Criterion

_UNIT = "% of labelled tickets"
_IDS = 12  # tickets named behind a count; the rest are in the theme
_BASE = {
    Act.DANGER: 97,
    Act.DISPUTE: 94,
    Act.ACTION: 94,
    Act.STATUS: 94,
    Act.PRICE: 94,
    Act.POSSIBLE: 92,
    Act.INFORMATION: 91,
    Act.WHY: 90,
    Act.HOW: 90,
    Act.FAILURE: 88,
    Act.REPLY: 88,
    Act.COMPLAINT: 85,
    Act.PRAISE: 82,
}
_RAISED: dict[Stakes, int] = {"low": -4, "normal": 0, "money": 2, "safety": 2}
_MARGIN: dict[Stakes, float] = {"low": 6, "normal": 5, "money": 4, "safety": 3}
_NEVER_N: dict[Stakes, int] = {"low": 30, "normal": 60, "money": 100, "safety": 150}
_WHY_SO: dict[Stakes, str] = {
    "low": "set lower because a slip is noticed and repeated at no cost",
    "normal": "a wrong answer costs the person another message",
    "money": "raised because a wrong answer costs the person money",
    "safety": "raised because a wrong answer can expose the person or their data",
}
_SECOND_ACT = 0.2  # share of tickets from which another act gets a criterion of its own
_MOST = 5
_PARTS = 3  # of the mix a test set is composed of: more is not read
_SEED = 90  # characters of a ticket quoted inside a criterion


@dataclass(frozen=True, slots=True)
class Target:
    """A threshold in per cent, the cases that measure it to ``margin`` points, and why it stands there."""

    threshold: int
    n: int
    margin: float
    reason: str

    @property
    def confidence(self) -> str:
        low = lower_bound(self.threshold, self.n)
        return (
            f"95 % interval above {low} % (Wilson) when {self.threshold} % of {self.n} are right; "
            f"{self.reason}"
        )


def main_target(act: Act, kind: Kind) -> Target:
    """Higher where a wrong answer costs more: danger over information, money over small talk."""
    threshold = min(98, _BASE[act] + _RAISED[kind.stakes])
    margin = _MARGIN[kind.stakes]
    return Target(threshold, cases_needed(threshold, margin), margin, _WHY_SO[kind.stakes])


def criteria_of(picture: Picture, sentence: Sentence, refused: Reading | None) -> tuple[Criterion, ...]:
    """Three to five criteria, keyed A, B, C …; the one that must not fail stands last."""
    made = [_main(picture, sentence)]
    if picture.tongue:
        return _keyed([*made, *_from_tongues(picture), _never(picture, refused)])
    made += [*_from_subject(picture)]
    made += [c for c in _from_conditions(picture) if not _same_tickets(c, made)][:1]
    if picture.kind.key != UNNAMED and (
        picture.led is None or len(made) < 2
    ):  # words in common say little of tickets led by their subject
        made += [c for c in _from_aspects(picture, sentence) if not _same_tickets(c, made)][:1]
    made += [*_from_acts(picture)][:1] if len(made) < _MOST - 1 and picture.led is None else []
    made.append(_never(picture, refused))
    return _keyed(made)


def _keyed(made: Sequence[Criterion]) -> tuple[Criterion, ...]:
    return tuple(c.model_copy(update={"key": "ABCDEFGH"[i]}) for i, c in enumerate(made))


def _from_tongues(picture: Picture) -> Iterator[Criterion]:
    """What can be checked of a reply in a language the drafter does not read: figures, and whose it is."""
    target = Target(95, _small(95), 8, "told by program: figures and the commonest words of a language")
    figures = [r for r in picture.readings if any(c.isdigit() for c in r.ticket.text)]
    others = [r for r in picture.readings if tongue_of(r.ticket.text) != picture.tongue]
    if figures:
        yield _criterion(
            given="a ticket of this theme that holds a date, a sum or an order number",
            then=f"it repeats each figure unchanged inside its {picture.tongue} sentence",
            target=target,
            evidence=f"{share(len(figures), picture.size)} tickets hold a figure",
            behind=figures,
            counted=True,
        )
    if others:
        yield _criterion(
            given=f"a ticket of this theme that is not in {picture.tongue}",
            then="it is moved to a theme of its own language and gets no reply in another",
            target=target,
            evidence=f"{share(len(others), picture.size)} tickets are not in {picture.tongue}",
            behind=others,
            counted=True,
        )


def _same_tickets(one: Criterion, others: Sequence[Criterion]) -> bool:
    """Whether a criterion measures a group that another one, beside the main one, measures already."""
    return any(len({*one.ticket_ids} & {*c.ticket_ids}) > 0.7 * len(one.ticket_ids) for c in others[1:])


def _main(picture: Picture, sentence: Sentence) -> Criterion:
    act, kind = picture.act, picture.kind
    target = main_target(act, kind)
    holding = [r for r in picture.readings if picture.is_led_by(r) or (not picture.led and act in r.acts)]
    aspects = [] if picture.led else _apart(aspects_of(picture, f"{sentence.title} {sentence.want}"))
    return _criterion(
        given=f"a ticket that {sentence.about}, where {shows(kind.record)} {listed(kind.facts[:2])}",
        then=duty_of(act, kind),
        target=target,
        evidence=f"{share(len(holding), picture.size)} tickets {_does(picture)}",
        behind=holding,
        counted=False,
        mixed=f", mixed as here: {mix}" if (mix := _mix(picture, aspects)) else "",
    )


def _apart(aspects: Sequence[Aspect]) -> list[Aspect]:
    """The first two that share no word: "dome" and "dome came" are one thing."""
    first = aspects[:1]
    said = {word for aspect in first for word in aspect.phrase.lower().split()}
    return [*first, *[a for a in aspects[1:] if said.isdisjoint(a.phrase.lower().split())][:1]]


def _does(picture: Picture) -> str:
    """What the tickets counted behind criterion A have in common."""
    if picture.tongue:
        return f"are in {picture.tongue}"
    return f"name the {picture.kind.noun}" if picture.led else plural_verb(picture.act.value)


def _mix(picture: Picture, aspects: Sequence[Aspect]) -> str:
    """How to compose a test set: this theme's acts, circumstances and side subjects, in per cent."""
    if picture.tongue:
        written = sum(tongue_of(r.ticket.text) == picture.tongue for r in picture.readings)
        return f"{round(100 * written / picture.size)} % are in {picture.tongue}"
    parts = [(count, plural_verb(act.value)) for act, count in picture.mix if act is not Act.PLAIN]
    said = [(len(holding), condition.says) for condition, holding in distinctive_conditions(picture)[:1]]
    said += [(len(aspect.readings), f"bring up “{aspect.phrase}”") for aspect in aspects]
    parts[1:1] = said[: _PARTS - 1]  # what the tickets name tells themes apart better than a second act
    kept = [(n, says) for n, says in parts if n >= 0.07 * picture.size][:_PARTS]
    return listed([f"{round(100 * n / picture.size)} % {says}" for n, says in kept])


def _from_subject(picture: Picture) -> Iterator[Criterion]:
    """The subject's own hard case, where at least two tickets and 8 % of them are one."""
    kind = picture.kind
    holding = [r for r in picture.readings if kind.case and kind.case.search(r.ticket.text)]
    if len(holding) >= max(2, 0.08 * picture.size):
        threshold = main_target(picture.act, kind).threshold - 1
        yield _criterion(
            given=f"a ticket of this theme that {kind.given}",
            then=f"it {kind.then}",
            target=Target(threshold, _small(threshold), 8, "the theme's hard case, one point lower"),
            evidence=f"{share(len(holding), picture.size)} tickets have words of this",
            behind=holding,
            counted=True,
        )


def _from_conditions(picture: Picture) -> Iterator[Criterion]:
    kind = picture.kind
    for condition, holding in distinctive_conditions(picture):
        extra = {"money": 1, "safety": 2}.get(kind.stakes, 0)
        threshold = round(min(99, condition.target + extra))
        target = Target(threshold, _small(threshold), 8, "proposed from what the circumstance risks")
        yield _criterion(
            given=f"a ticket on the {kind.noun} that {condition.given}",
            then=f"it {condition.then.format(**kind.slots)}",
            target=target,
            evidence=f"{share(len(holding), picture.size)} tickets {condition.says}",
            behind=holding,
            counted=True,
        )


def _from_aspects(picture: Picture, sentence: Sentence) -> Iterator[Criterion]:
    target = main_target(picture.act, picture.kind)
    small = Target(
        target.threshold - 3, _small(target.threshold - 3), 8, "a part of the theme, so three points lower"
    )
    for aspect in aspects_of(picture, f"{sentence.title} {sentence.want}"):
        yield _criterion(
            given=f"a ticket here that brings up “{aspect.phrase}”",
            then=aspect_duty(picture.act, picture.kind, aspect.phrase),
            target=small,
            evidence=f"{share(len(aspect.readings), picture.size)} tickets bring up “{aspect.phrase}”",
            behind=aspect.readings,
            counted=True,
        )


def distinctive_conditions(picture: Picture) -> list[tuple[Condition, list[Reading]]]:
    """Conditions named by at least 8 % of tickets (and two), the ones most special to this theme first."""
    background = [ticket.text for ticket in picture.evidence.background]
    found: list[tuple[float, Condition, list[Reading]]] = []
    for condition in CONDITIONS:
        holding = [r for r in picture.readings if r.has(condition)]
        part = len(holding) / picture.size
        if len(holding) < 2 or part < 0.08:
            continue
        usual = (
            sum(bool(condition.pattern.search(text)) for text in background) / len(background)
            if background
            else 0
        )
        found.append((part - 0.6 * usual + 0.1 * (part < 0.75), condition, holding))
    found.sort(key=lambda item: -item[0])
    return [(condition, holding) for worth, condition, holding in found if worth > 0.05]


def _from_acts(picture: Picture) -> Iterator[Criterion]:
    for act, count in picture.mix:
        if act in {picture.act, Act.PLAIN} or count < max(2, _SECOND_ACT * picture.size):
            continue
        holding = [r for r in picture.readings if r.act is act]
        threshold = main_target(act, picture.kind).threshold - 2
        yield _criterion(
            given=f"a ticket that {act.value} instead{_such_as(_clearest(holding)[0])}",
            then=duty_of(act, picture.kind, second=True),
            target=Target(threshold, _small(threshold), 8, "a smaller group, so two points lower"),
            evidence=f"{share(count, picture.size)} tickets {plural_verb(act.value)}",
            behind=holding,
            counted=True,
        )


def _such_as(reading: Reading | None) -> str:
    """A seed for the test set, where the ticket is short enough to read in passing."""
    return f", such as “{reading.need}”" if reading is not None and _can_stand(reading.need) else ""


def _can_stand(need: str) -> bool:
    return len(need) <= _SEED and "\n" not in need and is_plain(need)


def _never(picture: Picture, refused: Reading | None) -> Criterion:
    kind = picture.kind
    n = _NEVER_N[kind.stakes]
    never = kind.never or MUST_NEVER[picture.act]
    close = "says so and stops" if kind.key in HOME_KEYS else "hands over"
    return Criterion(
        key="Z",
        given=f"a ticket of this theme{_such_as(refused)}, where {kind.missing}",
        when="the assistant is asked",
        then=f"it {close}, {never} and {not_invent(kind)} in 100 % of {n} tickets",
        comparison="exactly",
        threshold=100,
        unit=_UNIT,
        n=n,
        confidence=(
            f"no failure in {n} leaves at most {zero_failures_rule(n):.1f} % at 95 %; {_WHY_SO[kind.stakes]}"
        ),
        provenance="proposed",
        must_not_fail=True,
    )


def not_invent(kind: Kind) -> str:
    """ "does not invent a delivery date", "does not claim that ...", "does not guess or show a PIN"."""
    if kind.invent.startswith("that "):
        return f"does not claim {kind.invent}"
    return (
        f"does not guess {kind.invent}" if kind.invent.startswith("or ") else f"does not invent {kind.invent}"
    )


def _small(threshold: int) -> int:
    return cases_needed(threshold, 8)


def _criterion(
    *,
    given: str,
    then: str,
    target: Target,
    evidence: str,
    behind: Sequence[Reading],
    counted: bool,
    mixed: str = "",
) -> Criterion:
    """A criterion on a share of labelled tickets; "from evidence" only where its group was counted."""
    return Criterion(
        key="Z",
        given=given,
        when="the assistant answers",
        then=f"{then} in at least {target.threshold} % of {target.n} labelled tickets{mixed}",
        comparison="at least",
        threshold=target.threshold,
        unit=_UNIT,
        n=target.n,
        confidence=target.confidence + ("; share counted, threshold proposed" if counted else ""),
        provenance="from evidence" if counted else "proposed",
        evidence=evidence,
        ticket_ids=tuple(r.ticket.ticket_id for r in _clearest(behind)),
    )


def _clearest(behind: Sequence[Reading]) -> list[Reading]:
    return sorted(behind, key=lambda r: (r.member.margin <= 0, -r.member.centrality))[:_IDS]
