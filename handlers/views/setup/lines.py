"""Features under watch, one line each in three layers, every figure with its n."""

from collections.abc import Iterator, Sequence

from bot.domain.metrics import Layer
from bot.domain.metrics import telling as say
from bot.domain.metrics.derived import Figure, Scorecard
from bot.domain.people import Role
from handlers.views.kit import (
    Block,
    Markup,
    Message,
    actions,
    button,
    context,
    fit,
    header,
    joined,
    line,
    markup,
    message,
    section,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.setup.parts import STAGE_BADGES, mark

LEGEND = "✅ minimum met · 🔻 not met · ⏳ cannot tell yet · shares with their 95 % interval"


def scorecard_line(card: Scorecard) -> Block:
    """Name and stage, then what is technical, what people say, and what it is for."""
    feature = card.feature
    title = markup("*{}* {} {}", feature.name, STAGE_BADGES[feature.stage], feature.title)
    layers = [
        markup("Technical: {}", _gist(say.headline(card, Layer.TECHNICAL))),
        markup("People: {}", _gist(say.headline(card, Layer.SATISFACTION))),
        markup("Business: {}", say.purpose(card)),
    ]
    said = joined([title, *layers], "\n")
    return section(said, accessory=button("Open", "feature_show", feature.name))


def _gist(figure: Figure | None) -> Markup:
    if figure is None:
        return markup("nothing came in yet")
    return markup("{} {}", mark(figure), say.gist(figure)) if mark(figure) else markup("{}", say.gist(figure))


def feature_list(cards: Sequence[Scorecard], *, role: Role, days: int) -> Message:
    """``days``: how far back the figures go."""
    watch = (
        [actions(button("Watch a feature…", "setup_open", style="primary"))] if role >= Role.REVIEWER else []
    )
    head = [header("Features under watch")]
    if not cards:
        return message(*head, *_nothing(), *watch)
    tail = [context(markup("The last {} days. {}", days, LEGEND)), *watch]
    return message(*fit([scorecard_line(card) for card in cards], _more, head=head, tail=tail))


def _nothing() -> Iterator[Block]:
    yield rich(
        line(
            "None yet. A feature is one thing that AI does in your product: sorting mail, drafting replies.",
            "\nUnder watch it has owners, a bar to reach, and numbers that say how sure they are.",
        )
    )


def _more(n: int) -> Markup:
    return markup("{} more", n)
