"""Small closed lists of words, written as plain text."""

from collections.abc import Iterable


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def holds(text: str, needles: Iterable[str]) -> bool:
    """Whether any needle is in the text: for short texts far quicker than an alternation in a pattern."""
    return any(needle in text for needle in needles)


EVERYDAY_NAMES = words(
    """
    the and for not will may mark bill rose grant hope joy grace faith dawn summer april june august
    page case price long short young old brown black white green gray grey king day new best good major
    sky art rich frank sunny team support customer service account company shop store group office user
    admin test guest bank law ray van von
    """
)
"""Parts of names that are words of every day: known names are removed in this case only as written."""

NOT_BEFORE_AT = words(
    """
    me us you them him her it is are was be look looking arrive arrived available sold bought ordered
    order shop stay staying meet work working live sign signed up login in on out here there online also
    only just not now directly found reach contact write email mail number account checkout
    """
)
"""Words before a spelt "at" that are no mailbox: "look at example dot com"."""
