"""All hops. A new way between two stages is one module and one line here."""

from bot.services.chain import candidates, cases, experiments, outputs, releases, stories, themes, tickets
from bot.services.chain.hop import Hop

HOPS: tuple[Hop, ...] = (
    *tickets.HOPS,
    *themes.HOPS,
    *stories.HOPS,
    *outputs.HOPS,
    *candidates.HOPS,
    *cases.HOPS,
    *experiments.HOPS,
    *releases.HOPS,
)
