"""Words that a whole log uses: what many people write is nobody's name."""

import re
from collections import defaultdict
from collections.abc import Iterable

from bot.domain.redaction.lexicon import words
from bot.domain.redaction.tagger import tagger

FEWEST_WRITERS = 8
SMALLEST_SHARE = 0.01
_WORD = re.compile(r"[^\W\d_]{3,}")
CONTRACTIONS = words(
    """
    theres wheres heres whats thats hows whos ive youve weve theyve dont doesnt didnt cant couldnt wont isnt
    arent wasnt hasnt havent shouldnt wouldnt youre theyre lets
    """
)
"""Contractions without their sign, some of which are names elsewhere."""


def log_vocabulary(texts: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Lower-case words that at least 8 writers, and 1 % of all, use: products, brands, everyday words.

    ``texts`` are (text, writer) pairs; a writer's own name repeats in every mail of theirs, so writers are
    counted, not texts. First names are never in it, however common.
    """
    writers: dict[str, set[str]] = defaultdict(set)
    everybody: set[str] = set()
    for text, writer in texts:
        everybody.add(writer)
        for word in set(_WORD.findall(text.lower())):
            writers[word].add(writer)
    least = max(FEWEST_WRITERS, SMALLEST_SHARE * len(everybody))
    first_names = tagger().lexicon.first
    return frozenset(
        word for word, found in writers.items() if len(found) >= least and word not in first_names
    )


def only_of(common: frozenset[str], text: str) -> bool:
    """Whether a text consists of these words alone (short words and signs aside)."""
    found = _WORD.findall(text.lower())
    return bool(found) and all(word in common or word in CONTRACTIONS for word in found)
