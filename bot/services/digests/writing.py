"""What people wrote about in a week: tickets by theme, as the themes were found last."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.digests import Need
from bot.domain.themes import Theme
from bot.domain.weeks import Week
from bot.services.themes import ThemeService
from bot.store import Store

TOP = 3


@dataclass(frozen=True, slots=True)
class Written:
    """The largest needs of a week; ``grouped`` of its ``tickets`` are in a theme."""

    needs: tuple[Need, ...] = ()
    tickets: int = 0
    grouped: int = 0


async def needs(store: Store, themes: ThemeService, week: Week, channel: str) -> Written:
    """Of all sources but those of another private channel than ``channel``. A ticket that came after the
    themes were found is in none, which ``grouped`` says."""
    async with store.read() as unit:
        arrived = await unit.arrivals.between(week.before().since, week.until)
    seen = [each for each in arrived if each.channel in ("", channel)]
    found: list[Need] = []
    grouped = 0
    for source in dict.fromkeys(each.source for each in seen):
        mine = [each for each in seen if each.source == source]
        now = {each.ticket for each in mine if each.at >= week.since}
        listed = await themes.listed(source)
        found += _counted(listed, now, {each.ticket for each in mine} - now)
        grouped += len(now & {ticket for theme in listed for ticket in theme.ticket_ids})
    largest = sorted(found, key=lambda need: -need.tickets)
    return Written(tuple(largest[:TOP]), sum(each.at >= week.since for each in seen), grouped)


def _counted(themes: Iterable[Theme], now: set[str], before: set[str]) -> Iterator[Need]:
    """Themes that somebody wrote about this week."""
    for theme in themes:
        members = set(theme.ticket_ids)
        if here := len(members & now):
            yield Need(theme.name, here, len(members & before), theme.quote, theme.quote_id)
