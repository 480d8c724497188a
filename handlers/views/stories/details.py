"""Everything a story says: examples, criteria, how it is tested, its edges, what it stands on."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.stories import Story
from bot.domain.telling import TRACKS, sentence, without_lead
from handlers.views.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    button,
    context,
    faint,
    fit,
    header,
    joined,
    line,
    markup,
    message,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.stories.parts import (
    cited,
    count,
    criterion_sentence,
    drafted,
    finding,
    ids,
    labelled,
    provenance,
    standing,
    told,
)  # fmt: skip

Group = list[Block]
PASSAGE = 700  # characters of one field; more is in the export
FOUND = 10


def details(story: Story) -> Message:
    """All of a story, in the order in which one reads it."""
    groups = [
        *_change(story), *_examples(story), *_criteria(story), *_testing(story), *_running(story),
        *_borders(story), *_edges(story), *_fairness(story), *_evidence(story), *_to_look_at(story),
    ]  # fmt: skip
    head = [header(f"{story.id} · {story.title}"), context(standing(story)), told(story, PASSAGE)]
    cases = button("Examples as cases…", "set_from_story", story.id)
    tail = [context(drafted(story)), *([actions(cases)] if story.examples else [])]
    shown = fit(
        groups, lambda n: markup("{} more parts; an export holds all of them", n), head=head, tail=tail
    )
    return message(*shown)


def edge_cases(story: Story) -> Message:
    """Tickets of the theme that are unlike the others, and needs that are left to other stories."""
    head = [header(f"Edge cases of {story.id}"), context(markup("{}", story.title))]
    groups = [*_edges(story), *_borders(story)]
    if not groups:
        return message(*head, rich(line("None found: the tickets of this theme are much alike.")))
    tail = [actions(button("Show all", "story_show", story.id))]
    return message(*fit(groups, lambda n: markup("{} more under Show all", n), head=head, tail=tail))


def _parted(title: str, elements: Iterable[Sequence[Element]]) -> Iterator[Group]:
    """Elements under a bold title; each may be left out where room ends, the title stays with the first."""
    for number, element in enumerate(elements):
        yield [header(title), rich(*element)] if number == 0 else [rich(*element)]


def _change(story: Story) -> Iterator[Group]:
    change = story.before_after
    pairs = (("Before", change.before), ("After", change.after), ("Baseline", change.baseline))
    yield [rich(*(_pair(name, text) for name, text in (*pairs, ("Decision", story.decision))))]


def _pair(label: str, text: str) -> Element:
    return labelled(label, words(sentence(text), most=PASSAGE))


def _examples(story: Story) -> Iterator[Group]:
    shown = [
        [
            line(
                bold(f"{number}  "), *cited(example.input, example.ticket_id, PASSAGE),
                "\n→  ", words(sentence(example.expected), most=PASSAGE),
            )
        ]
        for number, example in enumerate(story.examples, 1)
    ]  # fmt: skip
    if refusal := story.cannot_do:
        said = cited(refusal.input, refusal.ticket_id, PASSAGE)
        expected = words(sentence(refusal.expected), most=PASSAGE)
        shown.append(
            [
                line(
                    bold("Cannot do  "), words(f"when {refusal.condition}: "), *said,
                    "\n→  ", expected,
                )
            ]
        )  # fmt: skip
    else:
        shown.append([labelled("Cannot do", "none given yet")])
    yield from _parted("Examples", shown)


def _criteria(story: Story) -> Iterator[Group]:
    shown = []
    for criterion in story.criteria:
        told_ = [bold(f"{criterion.key}  "), words(criterion_sentence(criterion), most=1200)]
        notes = f"\n{provenance(criterion)} · {criterion.confidence}"
        element = [*told_, faint(notes, most=400)]
        if criterion.evidence:
            element += [faint(f"\n{criterion.evidence}  ", most=400), ids(criterion.ticket_ids)]
        shown.append([line(*element)])
    yield from _parted("Accept when", shown or [[line("No criterion yet.")]])


def _testing(story: Story) -> Iterator[Group]:
    form = story.testable
    size = f"{count(form.sample_size, 'case')}: {without_lead(form.sample_size_hint, 'test set')}"
    pairs = (
        ("Task", form.task), ("Input", form.input), ("Output", form.output), ("Threshold", form.threshold),
        ("Evaluation", form.evaluation), ("Test set", size),
    )  # fmt: skip
    yield from _parted("How it is tested", [[_pair(name, text) for name, text in pairs]])


def _running(story: Story) -> Iterator[Group]:
    kind = TRACKS[story.track]
    advice = without_lead(story.track_advice, rf"(?:track {story.track}\W+)?{kind}")
    pairs = (
        ("Fallback", story.fallback),
        ("Latency", f"{story.latency}: {story.latency_reason}"),
        ("Track", f"{story.track}, {kind}: {advice}"),
        ("Confidence", f"{story.confidence.level}: {story.confidence.reason}"),
    )
    yield from _parted("When it runs", [[_pair(name, text) for name, text in pairs]])


def _borders(story: Story) -> Iterator[Group]:
    shown = [[line(words(goal.text, most=PASSAGE), faint(f"  {goal.theme_id}"))] for goal in story.non_goals]
    yield from _parted("Not in this story", shown)


def _edges(story: Story) -> Iterator[Group]:
    shown = [
        [line(*cited(case.quote, case.ticket_id, PASSAGE), "\n→  ", words(sentence(case.note), most=PASSAGE))]
        for case in story.edge_cases
    ]
    yield from _parted("Edge cases", shown)


def _fairness(story: Story) -> Iterator[Group]:
    shown = []
    for part in story.fairness:
        sizes = ", ".join(f"{name} {size:,}" for name, size in list(part.counts.items())[:12])
        gap = f"{sizes}; at most {part.max_gap_points:g} points apart (proposed)"
        shown.append([_pair(part.field, gap)])
    yield from _parted("Compare between", shown)


def _evidence(story: Story) -> Iterator[Group]:
    shown = [[line(*cited(each.quote, each.ticket_id, PASSAGE))] for each in story.citations]
    yield from _parted("Evidence", shown)


def _to_look_at(story: Story) -> Iterator[Group]:
    lines = [finding(found) for found in story.findings[:FOUND]]
    if story.merge_with:
        lines.append(markup("⚠️ May say the same as {}", ", ".join(story.merge_with[:4])))
    if lines:
        yield [context(joined(lines, "\n"))]
