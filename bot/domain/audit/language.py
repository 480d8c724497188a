"""Which language a ticket is in, or that it is too short to tell."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # ships no types

from bot.domain.audit.lexicon import FUNCTION_WORDS, LANGUAGES
from bot.domain.audit.prints import PLACEHOLDER

UNKNOWN = "und"
"""ISO 639-2 for undetermined."""
SURE = 0.7
FAVOUR = 6.0
"""How much likelier one function word of a language makes it."""
READ = 600

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def language_of(text: str) -> str:
    """ISO 639-1 code, or ``und`` where the text is too short or too mixed to tell.

    A trained identifier (py3langid) alone calls some one-liners Latin or pidgin; the function words found
    in them are weighed in as further evidence.
    """
    words = _WORD.findall(PLACEHOLDER.sub(" ", text[:READ]).casefold().replace("’", "'"))
    if not words:
        return UNKNOWN
    found = set(words)
    weights = {
        language: probability * FAVOUR ** len(found & FUNCTION_WORDS.get(language, frozenset()))
        for language, probability in _identifier().rank(" ".join(words))
    }
    best = max(weights, key=weights.__getitem__)
    return best if weights[best] >= SURE * sum(weights.values()) else UNKNOWN


def language_mix(languages: Iterable[str]) -> dict[str, int]:
    """Tickets by language, the most frequent first, undetermined last."""
    counts = Counter(languages)
    return dict(sorted(counts.items(), key=lambda item: (item[0] == UNKNOWN, -item[1], item[0])))


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
