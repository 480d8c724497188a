"""What stands around the examples: before and after, test form, latency, track, confidence, non-goals."""

from collections import Counter
from statistics import median

from bot.domain.drafting.acts import Act
from bot.domain.drafting.choice import presentable, settled
from bot.domain.drafting.clauses import read_clause
from bot.domain.drafting.criteria import Target
from bot.domain.drafting.english import counted, gives, listed, names_cased, plural_verb, they, words
from bot.domain.drafting.kinds import HOME_KEYS, UNNAMED, Kind
from bot.domain.drafting.quantities import wilson
from bot.domain.drafting.reading import Picture
from bot.domain.drafting.sentences import is_plain, need_of
from bot.domain.drafting.tongues import tongue_of
from bot.domain.drafting.wants import Sentence
from bot.domain.stories import (
    BeforeAfter,
    Confidence,
    FairnessSlice,
    Latency,
    Level,
    NonGoal,
    TestableForm,
)
from bot.domain.themes import Theme

_LINE = 300
_LONG_TICKET = 80  # words
_SEGMENT_LEAST = 5  # tickets of a segment from which results can be compared
_MOST_SEGMENTS = 8


def before_after_of(picture: Picture) -> BeforeAfter:
    evidence = picture.evidence
    volume = counted(picture.size, "ticket")
    span = f" in {counted(evidence.weeks, 'week')}" if evidence.weeks else ""
    trend = evidence.theme.trend
    moving = (
        f", {trend.change:+d} against the stretch before" if trend.rising and trend.change is not None else ""
    )
    people = f" from {_people(evidence.theme.requesters)}" if evidence.theme.requesters else ""
    return BeforeAfter(
        before=f"{_today(picture)} ({volume}{span}{moving})",
        after=_tomorrow(picture),
        baseline=f"{volume}{people}{span}; minutes per ticket are not measured",
    )


def _today(picture: Picture) -> str:
    kind = picture.kind
    if picture.tongue:
        return f"people write in {picture.tongue} and wait for somebody who reads it"
    if kind.key in HOME_KEYS:
        return f"people say what they want and then go to {kind.record} themselves"
    return f"people write in and wait while an agent {_WORK.get(picture.act, 'looks up')} {kind.record}"


def _tomorrow(picture: Picture) -> str:
    kind = picture.kind
    if kind.key in HOME_KEYS:
        done = "does it in the same turn and" if picture.act is Act.ACTION else "answers in the same turn and"
        return f"the assistant {done} {gives(kind.facts[-1])}; where {kind.missing}, it says so and stops"
    if picture.tongue:
        return f"each ticket is answered in {picture.tongue} by the story of its need; a reader sees the rest"
    done = _AFTER[picture.act].format(**kind.slots)
    return f"{done}; an agent sees only the tickets where {kind.missing}"


def fallback_of(kind: Kind) -> str:
    if kind.key in HOME_KEYS:
        return f"say what was understood and that {kind.missing}, ask for {kind.check}, and change nothing"
    return (
        f"hand over to a person with the thread, the words the ticket used and {kind.check} as far as given"
    )


_WORK = {
    Act.ACTION: "works through",
    Act.DISPUTE: "compares their account with",
    Act.DANGER: "searches",
    Act.HOW: "writes out the steps, checking",
}
_AFTER = {
    Act.STATUS: "the assistant reads {record} and answers in the same minute",
    Act.WHY: "the assistant names the cause found in {record}",
    Act.HOW: "the assistant gives the steps and names {check} as what is needed",
    Act.POSSIBLE: "the assistant gives yes, no or only if, with the rule behind it",
    Act.PRICE: "the assistant quotes the amount from {record}",
    Act.ACTION: "the assistant reads back {check} and prepares the change, which an agent releases",
    Act.FAILURE: "the assistant rules causes out with {record} and gives the fix to try",
    Act.DISPUTE: "the assistant opens the case and fills in {fact}, and an agent decides",
    Act.DANGER: "the first safe step is offered within the first answer, and a person on duty takes over",
    Act.INFORMATION: "the assistant answers with {fact} from {record}",
    Act.COMPLAINT: "the complaint reaches a named person with the facts from {record}",
    Act.PRAISE: "the thanks reach the team, and no agent has to file them",
    Act.REPLY: "the assistant goes on with the open task",
}


def testable_of(picture: Picture, sentence: Sentence, target: Target) -> TestableForm:
    kind, size = picture.kind, picture.size
    missing = max(0, target.n - size)
    more = f"about {missing} more are needed" if missing else "no more are needed"
    return TestableForm(
        task=f"answer tickets that {plural_verb(sentence.about)}",
        input=f"one redacted ticket, with {kind.record} as of that day",
        output=f"{_OUTPUT[picture.act]} holding {listed(kind.facts[:2])}",
        threshold=(
            f"at least {target.threshold} % right, with the 95 % interval no wider than "
            f"{target.margin:g} points below"
        ),
        evaluation=_evaluation(picture.act, kind),
        sample_size=target.n,
        sample_size_hint=(
            f"Test set: {target.n} tickets answer A to within {target.margin:g} points; there are "
            f"{size}, so {more}."
        ),
    )


_OUTPUT = {
    Act.STATUS: "one to three sentences",
    Act.WHY: "one cause and one remedy,",
    Act.HOW: "numbered steps, at most five,",
    Act.POSSIBLE: "yes, no or only if, then a reason",
    Act.PRICE: "an amount with its currency, then a sentence",
    Act.ACTION: "a read-back, then a confirmation",
    Act.FAILURE: "one cause to test and one fix,",
    Act.DISPUTE: "a case form",
    Act.DANGER: "one action, then two sentences",
    Act.COMPLAINT: "a name and a day, then a record",
    Act.PRAISE: "one line",
    Act.REPLY: "the next turn of the open task,",
    Act.INFORMATION: "one sentence",
}


def _evaluation(act: Act, kind: Kind) -> str:
    if act in {Act.STATUS, Act.PRICE, Act.INFORMATION}:
        return (
            f"compare each stated value with {kind.record} by program; a person reads the rest, "
            f"blind to the version"
        )
    if act in {Act.ACTION, Act.DANGER}:
        return (
            f"replay on a test account and compare {kind.record} before and after; two people read every miss"
        )
    if act in {Act.POSSIBLE, Act.HOW}:
        return (
            f"a person who knows {kind.rules[0]} marks each answer right or wrong; a second marks "
            f"50 of them to measure agreement"
        )
    return (
        "two agents label each ticket without seeing the answer; a third settles "
        "differences; their agreement is reported"
    )


def latency_of(picture: Picture) -> tuple[Latency, str]:
    length = median(len(words(reading.ticket.text)) for reading in picture.readings)
    kind = picture.kind
    if length >= _LONG_TICKET:
        return (
            "batch",
            (
                f"half of these tickets run over {length:.0f} words and go to a case file; nobody "
                f"waits on the line"
            ),
        )
    if kind.stakes == "low" and picture.act in {Act.ACTION, Act.REPLY} and length <= 14:
        return (
            "real-time (under 200 ms)",
            f"a spoken command of about {length:.0f} words; a pause makes people say it twice",
        )
    if picture.act is Act.DANGER:
        return "near-real-time (under 2 s)", "harm goes on while the person waits"
    return (
        "near-real-time (under 2 s)",
        f"the person waits in the chat to learn {kind.facts[0]}; reading {kind.record} comes first",
    )


def track_of(picture: Picture) -> tuple[int, str]:
    kind, act = picture.kind, picture.act
    if act in {Act.COMPLAINT, Act.PRAISE}:
        return (
            1,
            (
                "Track 1, recognise and route: the message reaches the right person with a label; no "
                "reply is generated until routing holds its threshold."
            ),
        )
    if act is Act.ACTION and kind.key in HOME_KEYS and kind.stakes == "low":
        return (
            2,
            (
                f"Track 2, recognise and carry out: a fixed action with {kind.check} filled in; the "
                f"reply is a fixed line. Generated replies come later, where people ask for them."
            ),
        )
    if act is Act.INFORMATION and kind.stakes == "low":
        return (
            2,
            (
                f"Track 2, look up and show: {kind.facts[0]} comes from {kind.record} unchanged; "
                f"wording is fixed. Generated wording comes later, where thumbs ask for it."
            ),
        )
    source = f"{kind.facts[0]} is read from {kind.record}"
    launch = "launch limited generation first, as a draft an agent edits"
    guard = {
        Act.DANGER: "the freeze or hand-over is a fixed button, never generated",
        Act.DISPUTE: "the case form is filled in, the decision stays with a person",
        Act.ACTION: (
            "nothing is carried out without a yes, and an agent releases it until the override rate is known"
        ),
    }.get(act, "words come from a template the agent can edit")
    return (
        3,
        (
            f"Track 3, limited generation: {source}; {guard}. So {launch}; answers without an "
            f"agent (track 4) only after criterion A holds for four weeks."
        ),
    )


def fairness_of(picture: Picture) -> tuple[FairnessSlice, ...]:
    """Segments with at least two values of five tickets or more, and at most eight values."""
    slices = []
    for field in sorted({name for t in picture.evidence.tickets for name in t.fields}):
        counts = Counter(t.fields[field] for t in picture.evidence.tickets if t.fields.get(field))
        kept = {value: n for value, n in counts.most_common() if n >= _SEGMENT_LEAST}
        if len(kept) >= 2 and len(counts) <= _MOST_SEGMENTS:
            gap = 5.0 if picture.kind.stakes in {"money", "safety"} else 8.0
            slices.append(FairnessSlice(field=field, counts=kept, max_gap_points=gap))
    return tuple(slices[:3])


def confidence_of(picture: Picture, distinct: int) -> Confidence:
    evidence, size = picture.evidence, picture.size
    ambiguous = sum(member.margin < 0 for member in evidence.theme.members)
    people = evidence.theme.requesters
    who = f" from {_people(people)}" if people else ", people unknown"
    sources = f", {counted(len(evidence.sources), 'source')}" if evidence.sources else ""
    text = f"{counted(size, 'ticket')}{who}{sources}"
    if distinct < 3:
        return Confidence(
            level="low",
            reason=(
                f"{text}; only {counted(distinct, 'distinct ticket')}, and a story needs three before "
                f"it can become ready."
            ),
        )
    lead = sum(picture.is_led_by(reading) for reading in picture.readings)
    low, high = (round(100 * bound) for bound in wilson(lead, size))
    doubt = (
        f"; {ambiguous} of the {size} sit nearer to another theme"
        if ambiguous
        else "; none sits nearer to another theme"
    )
    tongues = Counter(tongue_of(reading.ticket.text) for reading in picture.readings)
    tongue = _tongues_said(tongues)
    if picture.tongue:
        return Confidence(
            level="low",
            reason=(
                f"{text}, {tongue}; grouped by language more than by need, and drafted without reading "
                f"{picture.tongue}: a reader of {picture.tongue} should name the needs first."
            ),
        )
    built = f"name the {picture.kind.noun}" if picture.led else "lead with the act the story is built on"
    level: Level = (
        "high"
        if size >= 100 and (people or 0) >= 50 and ambiguous <= 0.05 * size and len(evidence.sources) > 1
        else "medium"
    )
    if picture.kind.key == UNNAMED:
        doubt += "; they share no subject the drafter knows: read them before building"
        level = "low"
    if size < 15 or ambiguous > 0.3 * size or lead < 0.25 * size:
        level = "low"
    return Confidence(
        level=level,
        reason=(f"{text}, {tongue}; {lead} {built} (95 % interval {low}–{high} %){doubt}."),
    )


def _tongues_said(tongues: Counter[str]) -> str:
    """ "English only", or "36 in German, 13 in English"."""
    if set(tongues) == {"English"}:
        return "English only"
    return ", ".join(f"{n} in {name}" for name, n in tongues.most_common(3))


def _people(n: int) -> str:
    return "1 person" if n == 1 else f"{n} people"


def non_goals_of(picture: Picture) -> tuple[NonGoal, ...]:
    return tuple(
        NonGoal(theme_id=theme.id, text=_neighbour(theme)[:_LINE])
        for theme in picture.evidence.neighbours[:2]
    )


def _neighbour(theme: Theme) -> str:
    """What a neighbouring theme asks, from its most central quote, with its name to find it by."""
    quote = " ".join(need_of(theme.quote, {}).split())
    clause = read_clause(quote)
    where = f"theme “{names_cased(theme.name)}”, {counted(theme.tickets, 'ticket')}"
    if clause is None or not presentable(clause.text):
        return (
            f"tickets such as “{quote[:140].strip()}” ({where})" if is_plain(quote) else f"tickets of {where}"
        )
    text = they(settled(clause, "the company").text)
    if clause.form == "know":
        return f"people who ask {text} ({where})"
    return (
        f"people who ask to {text} ({where})"
        if clause.form in {"do", "get"}
        else f"people who report that {text} ({where})"
    )
