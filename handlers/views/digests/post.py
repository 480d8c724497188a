"""The digest as a post: one headline, what moved and how sure that is, the scorecard, what to do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.digests import Digest, FeatureWeek, Profile
from bot.domain.digests import telling as tell
from bot.domain.digests.asking import question
from bot.domain.digests.plots import positive, second
from bot.domain.digests.selection import Selection
from bot.domain.features import Duty
from bot.domain.metrics import telling as say
from bot.domain.metrics.changes import Change, Judged
from bot.domain.metrics.derived import Figure, Standing
from handlers.views.digests.charts import chart
from handlers.views.digests.parts import Part, part, put_together
from handlers.views.digests.scorecard import layers, rich_list, scorecard
from handlers.views.kit import (
    Block,
    Leaf,
    Message,
    actions,
    bold,
    bullets,
    button,
    context,
    faint,
    header,
    joined,
    line,
    markup,
    section,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.shares import share_button

WHY = "digest_why"
SHARE = "digest"
MOVED = {Profile.EXEC: 3, Profile.BUILD: 6}
BELOW, LEARNED, NEEDS = 5, 4, 3
SIGNS = {Judged.BETTER: "✅ ", Judged.WORSE: "🔻 "}
DUTIES = (Duty.ACCOUNTABLE, Duty.PROMPTING, Duty.VALIDATION, Duty.DATA)
ANSWERS = {"review": ("Review", "set_review"), "experiment": ("New experiment…", "exp_new")}
DECIDED = {"ship": "shipped", "keep": "kept as it was", "stop": "stopped"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around it. ``names``: people by their id, shown plainly so that nobody is called;
    ``late``: when it was due, where that is long ago; ``private``: a preview, which can be shared."""

    selection: Selection
    names: Mapping[str, str] = field(default_factory=dict)
    late: str = ""
    private: bool = False
    shareable: bool = False


def digest(found: Digest, frame: Frame) -> Message:
    """At most 15 blocks, each in words too."""
    profile = frame.selection.profile
    parts = [*_head(found, frame), *_moved(found, MOVED[profile])]
    parts += _exec(found) if profile is Profile.EXEC else _build(found, frame)
    return put_together([*parts, *_flywheel(found), *_question(found)], _tail(found, frame))


def _exec(found: Digest) -> Iterator[Part]:
    if found.features:
        yield layers(found)
    yield from chart(positive(found))


def _build(found: Digest, frame: Frame) -> Iterator[Part]:
    yield from scorecard(found)
    thumbs = positive(found)
    yield from chart(thumbs)
    if thumbs is None or not found.quiet:
        yield from chart(second(found))
    yield from _below(found, frame.names)
    yield from _needs(found, quotes=frame.private)
    yield from _learned(found)


def _head(found: Digest, frame: Frame) -> Iterator[Part]:
    yield part(header(tell.top(found)))
    about = [markup("Week {}", found.week.name[-2:]), markup("{}", tell.days(found.week))]
    if frame.private:
        about.append(markup("preview, only you see it"))
    yield part(context(joined(about)))
    if frame.late:
        yield part(
            context(
                markup(
                    "⏳ This was due on {}. I was not running then; only the newest is made up for.",
                    frame.late,
                )
            )
        )


def _moved(found: Digest, most: int) -> Iterator[Part]:
    """By feature, the worst first; what came before is told once, as "after"."""
    shown = found.moved[:most]
    elements: list[Block] = []
    for name in dict.fromkeys(week.feature.name for week, _ in shown):
        mine = [(week, change) for week, change in shown if week.feature.name == name]
        after = tell.after(mine[0][0])
        elements.append(line(bold(f"What moved in {tell.title(mine[0][0])}"), faint(f"  {after}")))
        elements.append(bullets(*(line(*_change(change)) for _, change in mine)))
    if len(found.moved) > most:
        elements.append(line(f"{len(found.moved) - most} more in the scorecard"))
    if elements:
        yield part(rich(*elements))


def _change(change: Change) -> Iterator[Leaf]:
    said, _, evidence = tell.moved(change).partition(" (")
    yield words(SIGNS.get(change.judged, ""))
    yield bold(said)
    yield words(f"  {evidence.removesuffix(')')}")


def _below(found: Digest, names: Mapping[str, str]) -> Iterator[Part]:
    below = [(week, figures) for week in found.features if (figures := _not_met(week))]
    lines = [line(*_standing(week, figures, names)) for week, figures in below[:BELOW]]
    if len(below) > BELOW:
        lines.append(line(f"{len(below) - BELOW} more features"))
    if lines:
        yield part(rich_list("Below its minimum", lines))


def _not_met(week: FeatureWeek) -> list[Figure]:
    return [figure for figure in week.card.standings if figure.standing is Standing.NOT_MET]


def _standing(week: FeatureWeek, figures: list[Figure], names: Mapping[str, str]) -> Iterator[Leaf]:
    said = ", ".join(
        f"{figure.metric.label.lower()} {say.value(figure)} ({say.bound(figure)})" for figure in figures
    )
    yield bold(tell.title(week))
    yield words(f": {said} · {owner(week, names)}")


def owner(week: FeatureWeek, names: Mapping[str, str]) -> str:
    """ "Ben Okafor answers for it"."""
    for duty in DUTIES:
        if user := week.feature.owners.get(duty, ""):
            return f"{names.get(user) or user} answers for it"
    return "nobody answers for it yet"


def _needs(found: Digest, *, quotes: bool) -> Iterator[Part]:
    """``quotes``: customers' own words stay in private answers, as guests may read a channel."""
    lines = []
    for need in found.needs[:NEEDS]:
        quote = f" “{need.quote}”" if need.quote and quotes else ""
        more = f"{need.tickets - need.before:+,}".replace("-", "−")
        change = f"  {need.tickets:,}, {more} against the week before"
        lines.append(line(bold(need.name), change, faint(quote)))
    if lines:
        of = f"{found.grouped:,} of the week's {found.tickets:,} tickets are in a theme"
        yield part(rich(line(bold("What people wrote about"), faint(f"  {of}")), bullets(*lines)))


def _learned(found: Digest) -> Iterator[Part]:
    lines = [
        line(bold(each.experiment), f" {DECIDED.get(each.decision, 'closed')}: {each.note}")
        for each in found.learned[:LEARNED]
    ]
    if lines:
        yield part(rich_list("What we learned", lines))


def _flywheel(found: Digest) -> Iterator[Part]:
    """Nothing where nothing came in."""
    if any(counted.count for _, counted in found.flywheel.stages):
        yield part(section(markup("*From feedback to releases*  {}", found.flywheel.sentence)))


def _question(found: Digest) -> Iterator[Part]:
    asked = question(found)
    if asked is not None:
        labelled = ANSWERS.get(asked.answer)
        answer = button(*labelled, asked.dataset) if labelled else None
        yield part(section(markup("*One question*  {}", asked.text), accessory=answer))


def _tail(found: Digest, frame: Frame) -> list[Block]:
    about = str(frame.selection)
    row = [button("Why this number", WHY, about)]
    if frame.shareable:
        row.append(share_button(SHARE, about))
    return [context(markup("{}", tell.small_print(found))), actions(*row)]
