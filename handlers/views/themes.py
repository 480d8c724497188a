"""Themes: what the tickets are about, how many, whether it grows, and in whose words."""

from collections.abc import Sequence

from bot.domain.people import Role
from bot.domain.telling import quoted
from bot.domain.themes import Theme, Trend
from handlers.views.kit import (
    Block,
    Markup,
    Message,
    actions,
    bold,
    button,
    clip,
    context,
    dead,
    divider,
    escape,
    faint,
    feedback,
    fit,
    header,
    joined,
    line,
    markup,
    message,
    quote,
    section,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.shares import share_button
from handlers.views.stories.parts import count

CHARTED = 5
LABEL = 14  # Slack takes 20; five of these stand side by side without hiding each other
EMERGING = 6


def theme_list(scope: str, themes: Sequence[Theme], tickets: int, *, role: Role) -> Message:
    """Largest first, the emerging ones folded into a line; ``scope`` is the source they were found in and
    ``tickets`` how many it holds. Where Slack refuses the chart: ``without_charts``."""
    settled = sorted((x for x in themes if not x.emerging), key=lambda theme: -theme.tickets)
    emerging = [theme for theme in themes if theme.emerging]
    source = scope.split("@")[0]
    head = [
        header(f"What {source} is about"),
        context(
            markup(
                "{} in {} · trends compare the newest stretch with the one before it",
                count(len(settled), "theme"),
                count(tickets, "ticket"),
            )
        ),
        *_chart(settled),
    ]
    tail = [*_emerging(emerging), *_buttons(role, scope)]
    groups = [_theme(scope, theme, role) for theme in settled]
    if not groups:
        head.append(rich(line("No theme holds enough tickets yet.")))
    return message(*fit(groups, lambda n: _rest(settled[-n:]), head=head, tail=tail))


def without_charts(told: Message) -> Message:
    """The same for a workspace that does not know charts; each one's numbers stand below it anyway."""
    blocks = tuple(block for block in told.blocks if block["type"] != "data_visualization")
    return Message(told.text, blocks)


def trend_words(trend: Trend) -> str:
    """ "rising +12 (95 % +5…+19)", "" where nothing can be said."""
    if trend.change is None:
        return ""
    interval = (
        f" (95 % {trend.low:+d}…{trend.high:+d})" if trend.low is not None and trend.high is not None else ""
    )
    if trend.rising:
        return f"rising {trend.change:+d}{interval}"
    falling = trend.high is not None and trend.high < 0
    return f"{'falling' if falling else 'steady'} {trend.change:+d}{interval}"


def _theme(scope: str, theme: Theme, role: Role) -> list[Block]:
    people = count(theme.requesters, "person", "people") if theme.requesters else "people unknown"
    facts = [markup("{} · {}", count(theme.tickets, "ticket"), people)]
    if trend := trend_words(theme.trend):
        facts.append(markup("*{}*", trend) if theme.trend.rising else escape(trend))
    said = markup("*{}*  {}\n{}", theme.name, theme.id, joined(facts))
    shown = clip(dead(theme.quote), 200)
    told = rich(quote(words(quoted(shown)), faint(f"  {theme.quote_id}")))
    if role < Role.CONTRIBUTOR:
        return [section(said), told]
    draft = button("Draft story", "theme_draft", f"{scope}|{theme.id}")
    return [section(said, accessory=draft), told]


def _chart(themes: Sequence[Theme]) -> list[Block]:
    """Bars of the largest themes, told apart by id where their short names are the same."""
    if len(themes) < 2:
        return []
    labels: list[str] = []
    for theme in themes[:CHARTED]:
        name = clip(" ".join(dead(theme.name).split()), LABEL) or theme.id
        labels.append(name if name not in labels else clip(f"{theme.id} {name}", LABEL))
    points = [{"label": label, "value": theme.tickets} for label, theme in zip(labels, themes, strict=False)]
    chart = {
        "type": "bar",
        "series": [{"name": "Tickets", "data": points}],
        "axis_config": {"categories": labels},
    }
    return [{"type": "data_visualization", "title": "Tickets by theme", "chart": chart}]


def _rest(themes: Sequence[Theme]) -> Markup:
    """The themes there was no room for, named as far as a line goes."""
    named = ", ".join(f"{theme.name} ({theme.tickets})" for theme in themes[:12])
    return markup("{}: {}", f"{len(themes)} more", clip(named, 900))


def _emerging(themes: Sequence[Theme]) -> list[Block]:
    if not themes:
        return []
    lines = [
        line(words(theme.name, most=100), faint(f"  {count(theme.tickets, 'ticket')} · {theme.id}"))
        for theme in themes[:EMERGING]
    ]
    more = [line(f"and {len(themes) - EMERGING} more")] if len(themes) > EMERGING else []
    title = line(bold("Emerging"), ", too few tickets to be sure of")
    return [divider(), rich(title, *lines, *more)]


def _buttons(role: Role, scope: str) -> list[Block]:
    thumbs = feedback(f"themes:{scope}")
    if role < Role.CONTRIBUTOR:
        return [thumbs]
    return [actions(button("Draft stories…", "story_new"), share_button("themes", scope)), thumbs]
