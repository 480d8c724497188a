"""Themes: tickets grouped by what they are about, named in their own words, followed over time.

tickets + unit vectors
  -> graph       who is near whom                  -> partition   groups at the resolution the data ask for
  -> grouping    seeds, samples, stragglers        -> identity    the ids they had last time
  -> edits       what people changed               -> naming, quotes, trend, parents -> building
"""

from bot.domain.clustering.building import build_themes
from bot.domain.clustering.edits import ThemeEdit, remember
from bot.domain.clustering.evidence import theme_evidence
from bot.domain.clustering.grouping import Granularity, Grouping, group_tickets

__all__ = [
    "Granularity",
    "Grouping",
    "ThemeEdit",
    "build_themes",
    "group_tickets",
    "remember",
    "theme_evidence",
]
