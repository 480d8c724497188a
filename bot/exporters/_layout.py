"""One layout of a story for every surface that reads like prose; a ``Style`` says how it is marked up."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.stories import Criterion, Finding, Story
from bot.domain.telling import (
    TRACKS,
    article,
    given_when_then,
    people_of,
    quoted,
    sentence,
    without_lead,
)

Lines = list[str]

MAX_IDS = 6  # a line of ids beyond that is skipped by every reader; JSON and CSV hold them all


@dataclass(frozen=True, slots=True)
class Style:
    """``say`` makes data inert; ``strong`` marks words in a sentence and ``label`` a word before one; the
    rest stands before items, between the lines of a paragraph, and before the next lines of an item."""

    say: Callable[[str], str]
    strong: Callable[[str], str]
    label: Callable[[str], str]
    heading: Callable[[str], str]
    number: Callable[[int], str]
    bullet: str
    task: str
    line_break: str
    indent: str


def facts(story: Story) -> str:
    """Where a story stands, in one line of our own words and counts."""
    drafted = "drafted without a model" if story.drafted_by == "offline" else f"drafted by {story.drafted_by}"
    state = f"{story.state.value} by {story.approved_by}" if story.approved_by else story.state.value
    return " · ".join([story.id, f"{story.tickets} tickets", people_of(story), story.intent, state, drafted])


def layout(story: Story, style: Style, *, review: bool) -> str:
    """Everything below the title, sections apart by blank lines. ``review`` adds what the checks found."""
    sections = [_opening(story, style), _change(story, style), _examples(story, style)]
    sections += [_cannot_do(story, style), _criteria(story, style), _test(story, style)]
    sections += [_running(story, style), _borders(story, style), _fairness(story, style)]
    sections += [_confidence(story, style), _evidence(story, style)]
    if review:
        sections.append(_review(story, style))
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _opening(story: Story, s: Style) -> Lines:
    told = [
        f"{s.strong(article(story.role))} {s.say(story.role)}",
        f"{s.strong('I want')} {s.say(story.want)}",
        f"{s.strong('so that')} {s.say(sentence(story.benefit))}",
    ]
    return [s.say(facts(story)), "", _broken(told, s)]


def _change(story: Story, s: Style) -> Lines:
    change = story.before_after
    pairs = [("Before", change.before), ("After", change.after), ("Baseline", change.baseline)]
    pairs.append(("Decision", story.decision))
    return [_broken([_pair(label, text, s) for label, text in pairs], s)]


def _examples(story: Story, s: Style) -> Lines:
    lines = [s.heading("Examples"), ""]
    for i, example in enumerate(story.examples, 1):
        said = f"{s.say(quoted(example.input))} {_ids([example.ticket_id], s)}"
        lines.append(_item(s.number(i), [said, f"→ {s.say(sentence(example.expected))}"], s))
    return lines if story.examples else []


def _cannot_do(story: Story, s: Style) -> Lines:
    refusal = story.cannot_do
    if refusal is None:
        return [s.heading("Cannot do"), "", "None given yet."]
    said = f"{s.say(quoted(refusal.input))} {_ids([refusal.ticket_id], s)}, {s.say(refusal.condition)}"
    item = _item(s.bullet, [said, f"→ {s.say(sentence(refusal.expected))}"], s)
    return [s.heading("Cannot do"), "", item]


def _criteria(story: Story, s: Style) -> Lines:
    lines = [s.heading("Accept when"), ""]
    lines += [_item(s.task, _criterion(criterion, s), s) for criterion in story.criteria]
    return lines if story.criteria else [*lines, "No criterion yet."]


def _criterion(criterion: Criterion, s: Style) -> Iterator[str]:
    given, when, then = given_when_then(criterion)
    yield f"{s.label(s.say(criterion.key))} {s.say(f'Given {given}, when {when}, then {sentence(then)}')}"
    notes = [f"n = {criterion.n}", criterion.confidence, criterion.provenance]
    if criterion.must_not_fail:
        notes.append("must not fail")
    yield s.say(" · ".join(notes))
    if criterion.evidence:
        yield f"{s.say(criterion.evidence)} {_ids(criterion.ticket_ids, s)}".rstrip()


def _test(story: Story, s: Style) -> Lines:
    form = story.testable
    pairs = [
        ("Task", form.task),
        ("Input", form.input),
        ("Output", form.output),
        ("Threshold", form.threshold),
    ]
    pairs += [
        ("Evaluation", form.evaluation),
        ("Test set", f"{form.sample_size} cases: {without_lead(form.sample_size_hint, 'test set')}"),
    ]
    return [s.heading("How it is tested"), "", *_bullets([_pair(label, text, s) for label, text in pairs], s)]


def _running(story: Story, s: Style) -> Lines:
    kind = TRACKS[story.track]
    advice = without_lead(story.track_advice, rf"(?:track {story.track}\W+)?{kind}")
    track = f"{story.track}, {kind}: {advice}"
    latency = f"{story.latency}: {story.latency_reason}"
    pairs = [("Fallback", story.fallback), ("Latency", latency), ("Track", track)]
    return [_broken([_pair(label, text, s) for label, text in pairs], s)]


def _borders(story: Story, s: Style) -> Lines:
    lines: Lines = []
    if story.non_goals:
        goals = "; ".join(f"{goal.text} (theme {goal.theme_id})" for goal in story.non_goals)
        lines.append(_pair("Not in this story", goals, s))
    if story.edge_cases:
        lines += ["", s.heading("Edge cases"), ""] if lines else [s.heading("Edge cases"), ""]
        lines += _bullets(
            [f"{_cited(e.quote, e.ticket_id, s)}: {s.say(e.note)}" for e in story.edge_cases], s
        )
    return lines


def _fairness(story: Story, s: Style) -> Lines:
    if not story.fairness:
        return []
    lines = []
    for part in story.fairness:
        sizes = ", ".join(f"{name} {count}" for name, count in part.counts.items())
        lines.append(
            _pair(part.field, f"{sizes}; at most {part.max_gap_points:g} points apart (proposed)", s)
        )
    return [s.heading("Compare between"), "", *_bullets(lines, s)]


def _confidence(story: Story, s: Style) -> Lines:
    return [_pair("Confidence", f"{story.confidence.level}: {story.confidence.reason}", s)]


def _evidence(story: Story, s: Style) -> Lines:
    if not story.citations:
        return []
    return [
        s.heading("Evidence"),
        "",
        *_bullets([_cited(c.quote, c.ticket_id, s) for c in story.citations], s),
    ]


def _review(story: Story, s: Style) -> Lines:
    lines = [_found(finding, s) for finding in story.findings]
    if story.merge_with:
        lines.append(f"May be the same story as {s.say(', '.join(story.merge_with))}.")
    return [s.heading("To look at"), "", *_bullets(lines, s)] if lines else []


def _found(finding: Finding, s: Style) -> str:
    return f"{s.label(finding.severity)} {s.say(finding.field)}: {s.say(finding.message)}"


def _cited(quote: str, ticket_id: str, s: Style) -> str:
    return f"{s.say(quoted(quote))} {_ids([ticket_id], s)}"


def _ids(ticket_ids: Sequence[str], s: Style) -> str:
    named = ", ".join(ticket_ids[:MAX_IDS]) + (
        f" … {len(ticket_ids)} in all" if len(ticket_ids) > MAX_IDS else ""
    )
    return f"({s.say(named)})" if ticket_ids else ""


def _pair(label: str, text: str, s: Style) -> str:
    return f"{s.label(s.say(label))} {s.say(sentence(text))}"


def _broken(lines: Sequence[str], s: Style) -> str:
    """Lines of one paragraph, each on a line of its own."""
    return s.line_break.join(lines)


def _bullets(lines: Sequence[str], s: Style) -> Lines:
    return [s.bullet + line for line in lines]


def _item(mark: str, lines: Iterable[str], s: Style) -> str:
    return mark + (s.line_break + s.indent).join(lines)
