"""What people think of outputs, and why not: rates that say how far they carry, and people's own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.experiments.telling import SHARE, level, span
from bot.domain.feedback.rates import FEWEST, Rate
from bot.domain.feedback.reasons import Reason, Reasons, Remarks, Shift
from bot.domain.feedback.summary import Slice, Summary, Week
from bot.domain.people import Role
from handlers.views.feedback.parts import kind_name
from handlers.views.kit import (
    Block,
    Element,
    Markup,
    Message,
    actions,
    bold,
    bullets,
    button,
    clip,
    context,
    faint,
    feedback,
    fit,
    header,
    line,
    markup,
    message,
    quote,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.shares import share_button
from handlers.views.stories.parts import count

SUMMARY, REASONS, QUEUE = "fb_summary", "fb_reasons", "fb_queue"
ROWS, WEEKS, GROUPS = 6, 12, 5


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around numbers. ``feature`` "" is all of them; ``about`` are the words that ask for the
    same again; ``output`` names this answer for votes on it; ``cases``: a set and how many candidates wait
    in it."""

    feature: str
    span: str
    about: str
    output: str
    role: Role
    cases: tuple[str, int] = ("", 0)

    @property
    def title(self) -> str:
        known = kind_name(self.feature)
        return f"Feedback on {'all outputs' if not self.feature else known}"


def summary(found: Summary, frame: Frame) -> Message:
    """The rate first, then what it is made of; a chart of counts where there are weeks to compare."""
    head = [
        header(f"{frame.title} · {frame.span}"),
        rich(*_sentences(found)),
    ]
    parts = [
        _slices("By prompt version", found.by_prompt, "prompt not known"),
        _slices("By model", found.by_model, "model not known"),
        _kinds(found.by_kind),
        _weeks(found.by_week),
    ]
    tail = _buttons(frame, REASONS, bool(found.rate.n))
    return message(*fit([part for part in parts if part], _more, head=head, tail=tail))


def reasons(found: Reasons, frame: Frame) -> Message:
    """The reasons that people ticked, ranked, then what they wrote, in groups and their own words."""
    downs = f"{count(found.downs, '👎', '👎')} by {count(found.people, 'person', 'people')}"
    explained = f"{found.explained} with a reason, {found.written} with words"
    said = [line(bold(downs), f", {explained}.")] if found.downs else [line(bold("No 👎 in this span."))]
    if found.explained and found.explained < FEWEST:
        said.append(line(faint(f"Too few to judge: shares need {FEWEST} 👎 with a reason.")))
    head = [header(f"Why not: {frame.title.lower()} · {frame.span}"), rich(*said)]
    parts = [_ranked(found), *(_group(each) for each in found.remarks[:GROUPS])]
    tail = [*_about_changes(found), *_buttons(frame, SUMMARY, bool(found.downs))]
    return message(*fit([part for part in parts if part], _more, head=head, tail=tail))


def _more(n: int) -> Markup:
    return markup("{} more parts", n)


def _sentences(found: Summary) -> Iterator[Element]:
    first, *others = found.sentences
    yield line(bold(first))
    for each in others:
        yield line(words(each))
    if found.rate.n:
        yield line(
            faint(f"On {count(found.outputs, 'output')}; one vote a person and output, the last counts.")
        )
    else:
        yield line(
            faint("👍 👎 on any output count, by button or emoji; “Track this output” adds any message.")
        )


def _slices(title: str, found: Sequence[Slice], unknown: str) -> list[Block]:
    """Nothing where all votes are of one part: its rate stands above."""
    if len(found) < 2:
        return []
    lines = [line(bold(each.name or unknown), f"  {rate_words(each.rate)}") for each in found[:ROWS]]
    more = [line(f"{len(found) - ROWS} more")] if len(found) > ROWS else []
    return [rich(line(bold(title)), bullets(*lines, *more))]


def _kinds(found: Sequence[Slice]) -> list[Block]:
    named = [Slice(kind_name(each.name), each.rate) for each in found]
    return _slices("By kind of output", named, "other")


def rate_words(rate: Rate) -> str:
    """ "78.3 % 👍 of 120 (95 %: 70.1…84.8)", or the bare counts where they are too few."""
    if not rate.enough:
        return f"{rate.up} 👍 {rate.down} 👎, too few to judge"
    return f"{level(rate.share, SHARE)} 👍 of {rate.n:,} (95 %: {span(rate.interval, SHARE)})"


def _weeks(weeks: Sequence[Week]) -> list[Block]:
    """Counts, which a week of few votes does not overstate as a rate would; each stands in words below."""
    shown = weeks[-WEEKS:]
    if sum(bool(week.rate.n) for week in shown) < 2:
        return []
    labels = [f"{week.monday:%d %b}" for week in shown]
    counts = {"👍": [week.rate.up for week in shown], "👎": [week.rate.down for week in shown]}
    series = [{"name": name, "data": _points(labels, values)} for name, values in counts.items()]
    chart = {"type": "bar", "series": series, "axis_config": {"categories": labels}}
    block: Block = {"type": "data_visualization", "title": "Votes by week", "chart": chart}
    lines = [
        line(bold(label), f"  {rate_words(week.rate)}", faint("" if week.whole else "  part of a week"))
        for label, week in zip(labels, shown, strict=True)
    ]
    return [block, rich(line(bold("Weeks from Monday")), bullets(*lines))]


def _points(labels: Sequence[str], values: Sequence[int]) -> list[Block]:
    return [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]


def _ranked(found: Reasons) -> list[Block]:
    lines = [_reason(each, found.explained >= FEWEST) for each in found.reasons]
    return [rich(line(bold("Reasons")), bullets(*lines, ordered=True))] if lines else []


def _reason(each: Reason, enough: bool) -> Element:
    share = f", {level(each.share, SHARE)} (95 %: {span(each.interval, SHARE)})" if enough else ""
    by = f"  {each.n:,} by {count(each.people, 'person', 'people')}{share}" if each.n else "  none now"
    return line(bold(each.label), by, faint(shift_words(each.shift)))


def shift_words(shift: Shift) -> str:
    """ "  · +7 against the same span before"; "" where it is no more than chance would do."""
    if not shift.clear:
        return ""
    return "  · new" if shift.new else f"  · {shift.change:+d} against the same span before"


def _about_changes(found: Reasons) -> list[Block]:
    said = "Changes against the same span before are named where they are more than chance would do."
    return [context(markup("{}", said))] if found.downs else []


def _group(each: Remarks) -> list[Block]:
    by = f"  {count(each.n, 'remark')} by {count(each.people, 'person', 'people')}"
    quotes = [quote(words(f"“{clip(said.text, 220)}”")) for said in each.quotes]
    return [rich(line(bold(f"“{clip(each.label, 80)}”"), by, faint(shift_words(each.shift))), *quotes)]


def _buttons(frame: Frame, other: str, any_votes: bool) -> list[Block]:
    label = "Reasons" if other == REASONS else "Summary"
    row = [button(label, other, frame.about)] if any_votes else []
    if frame.role >= Role.REVIEWER:
        row.append(button("Outputs to judge", QUEUE, frame.feature))
    name, waiting = frame.cases
    if waiting and frame.role >= Role.CONTRIBUTOR:
        row.append(button(f"Review {count(waiting, 'case')}", "set_review", name))
    if any_votes and frame.role >= Role.CONTRIBUTOR:
        row.append(share_button(SUMMARY if other == REASONS else REASONS, frame.about))
    if not any_votes:
        return [actions(*row)] if row else []
    return [*([actions(*row)] if row else []), feedback(frame.output)]
