"""The card of a feature: what it is, whose, where it stands in three layers, and what can be done next."""

from collections.abc import Iterator, Sequence

from bot.domain.features import Duty, Watched
from bot.domain.features.wording import AUTONOMY, STAGES, TRACKS
from bot.domain.metrics import Layer
from bot.domain.metrics import telling as say
from bot.domain.metrics.derived import Figure, Scorecard
from bot.domain.people import Role
from handlers.views.experiments.parts import cell, table
from handlers.views.kit import (
    Block,
    Message,
    actions,
    bold,
    bullets,
    button,
    channel_link,
    context,
    header,
    joined,
    line,
    markup,
    message,
    section,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.setup.parts import mark, owner
from handlers.views.shares import share_button

LAYERS = {Layer.TECHNICAL: "Technical", Layer.SATISFACTION: "People"}
SHARE = "feature"
EMPTY = "\u00a0"


def feature_card(
    card: Scorecard, *, role: Role, user: str = "", channels: Sequence[str] = (), place: str = "private"
) -> Message:
    """``user`` reads it; ``channels`` are those of its channels that may be named here."""
    feature = card.feature
    return message(
        header(f"{feature.name} · {feature.title}" if feature.title else feature.name),
        rich(*_what(feature)),
        *_about(feature, channels),
        *_verdict(card),
        *_figures(card),
        *_business(card),
        section(fields=[owner(feature, duty) for duty in Duty]),
        context(*_small_print(card)),
        *_buttons(feature, role, user, place),
    )


def _what(feature: Watched) -> Iterator[Block]:
    """In plain words."""
    name, example = TRACKS[feature.track]
    stage, _, meaning = STAGES[feature.stage].partition(": ")
    mode, _, last_word = AUTONOMY[feature.autonomy].partition(": ")
    said = ((stage, meaning), (mode, last_word), (name, f"for example, {example}"))
    yield line(*(part for label, text in said for part in (bold(label), f": {text}\n")))


def _about(feature: Watched, channels: Sequence[str]) -> Iterator[Block]:
    said = []
    if channels:
        said.append(joined([channel_link(channel) for channel in channels], " "))
    if feature.prompts:
        said.append(markup("Prompts: {}", ", ".join(feature.prompts)))
    if said:
        yield context(joined(said))


def _verdict(card: Scorecard) -> Iterator[Block]:
    """Where each threshold stands, in a sentence each: the first thing to read."""
    lines = [_standing(each) for each in card.standings]
    if lines:
        yield rich(line(bold("Where it stands")), bullets(*lines))


def _standing(figure: Figure) -> Block:
    bar = ", goal ".join(filter(None, (say.bound(figure), say.goal(figure))))
    now = f" {say.value(figure)} ({say.spread(figure)})" if figure.enough else ""
    return line(f"{mark(figure)} ", bold(f"{figure.metric.label}{now}"), f": {say.standing(figure)}; {bar}")


def _figures(card: Scorecard) -> Iterator[Block]:
    rows = []
    for layer, title in LAYERS.items():
        figures = [each for each in card.figures if each.metric.layer is layer and each.n]
        rows += [_row(title if number == 0 else EMPTY, figure) for number, figure in enumerate(figures)]
    if rows:
        yield table(("Layer", "Metric", "Now", "95 % interval", "n"), rows, right=2)
    else:
        yield rich(
            line("No interaction, vote or label came in yet. An intake key lets your product send them.")
        )


def _row(layer: str, figure: Figure) -> list[Block]:
    return [
        cell(layer, bold=layer != EMPTY),
        cell(figure.metric.label),
        cell(say.value(figure)),
        cell(say.spread(figure)),
        cell(f"{figure.n:,}"),
    ]


def _business(card: Scorecard) -> Iterator[Block]:
    said = [each for each in (say.business(card), *say.worth(card.worth)) if each]
    if said and (card.interactions or card.business):
        yield rich(line(bold("Business")), bullets(*(line(words(each)) for each in said)))


def _small_print(card: Scorecard) -> Iterator[str]:
    yield say.counted(card)
    for each in card.figures:
        if each.source:
            yield f"{each.metric.label}: {each.source}"
    if card.users:
        yield "Calls of one user are alike: intervals allow for that"


def _buttons(feature: Watched, role: Role, user: str, place: str) -> Iterator[Block]:
    row: list[Block] = []
    if role >= Role.REVIEWER:
        row.append(button("Change…", "setup_open", feature.name))
    if role >= Role.ADMIN or (user and feature.owners.get(Duty.ACCOUNTABLE) == user):
        row.append(button("Move stage…", "feature_stage", feature.name))
    if role >= Role.ADMIN:
        row.append(button("Intake key…", "setup_key", feature.name))
    if role >= Role.CONTRIBUTOR and place == "private":
        row.append(share_button(SHARE, feature.name))
    if row and place == "private":
        yield actions(*row)
