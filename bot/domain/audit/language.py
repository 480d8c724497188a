"""Which language a ticket is in, or that it is too short to tell."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # ships no types

from bot.domain.audit.prints import PLACEHOLDER

UNKNOWN = "und"
"""ISO 639-2 for undetermined."""
SURE = 0.7
FAVOUR = 6.0
"""How much likelier one function word of a language makes it."""
READ = 600

CANDIDATES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn "
    "ko lo lt lv mk ml mn mr ms my ne nl no pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tl tr uk ur uz vi xh "
    "zh zu"
).split()
"""Languages people write to a support desk in. Latin, pidgins and small dialects are left out: short English
is taken for them far more often than anybody writes them."""

_FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "a an and are be been but can could did do does for from get has have how i i'm in is it it's me my "
        "not of on or that the this to was what when where which why will with would you your",
        "de": "aber auf auch bei bin bitte das dass dem den der die ein eine einen es für habe hat ich ihr ihre im "
        "in ist kann mein meine mich mir mit nicht noch oder sie sich und von warum was wenn wie wird zu zur",
        "fr": "à au aux avec ce cela ces cette dans de depuis des du elle en est et être fait il j'ai je la le les "
        "mais me mes mon ne nous ou où par pas peut plus pour pourquoi que qui sur un une votre vous",
        "es": "a al como con cuando de del donde el en es esta está este he la las lo los me mi mis muy no para "
        "pero por porque puedo que qué se si sin su tengo un una ya y",
        "pt": "a ao as com como da de do dos é ela ele em essa esse está eu foi já mais me mesmo meu minha não no "
        "na o os ou para pelo por porque posso que se sem ser só um uma você",
        "it": "a al anche che chi come con cosa da dal dei del della di dove e è era ho i il in io la le lo ma mi "
        "mia mio nel non per perché più posso quando questo se si sono su un una",
        "nl": "aan als bij dat de deze die dit een en er ge geen graag heb heeft het hoe ik in is kan maar met mij "
        "mijn na naar niet nog of om ook op te u uw van voor waar waarom wat wel zijn",
        "pl": "ale co czy dla do gdzie i jak jest jestem jeszcze kiedy mam mi moje mój na nie od o po pod proszę "
        "przez się są to w z za że",
        "sv": "att av den det du ej en ett för från har hur här i inte jag kan med men min mitt mig när och om på "
        "som så till var varför vi är",
    }.items()
}
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
        language: probability * FAVOUR ** len(found & _FUNCTION_WORDS.get(language, frozenset()))
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
    identifier.set_languages(CANDIDATES)
    return identifier
