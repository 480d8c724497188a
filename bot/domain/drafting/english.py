"""English word forms a drafter needs: verb inflection, articles, lists, persons, proper nouns."""

import re
from collections.abc import Sequence

from bot.domain.drafting.lexicon import IRREGULAR, PROPER, VERBS, word_set

VOWELS = "aeiou"
_PAST_TO_BASE = {form: base for base, forms in IRREGULAR.items() for form in forms}
_DOUBLING = word_set(
    "stop plan ship drop chat refer transfer cancel cut get put set run sit hit shut "
    "swim swap"
    " log sign-up scan tip top grab bet let split quit begin permit commit submit admit rip flip plug"
)

_CONTRACTIONS = (
    (r"\b(ca)n'?t\b", "cannot"),
    (r"\bwon'?t\b", "will not"),
    (r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should)n'?t\b", r"\1 not"),
    (r"\b(i)'?m\b", "I am"),
    (r"\bi'?ve\b", "I have"),
    (r"\bi'd like\b", "I would like"),
    (r"\bi'll\b", "I will"),
    (r"\b(you|we|they)'re\b", r"\1 are"),
    (r"\b(you|we|they)'ve\b", r"\1 have"),
    (r"\b(it|that|there|where|what|who|how|when|why)'s (been|got|gone|come|taken)\b", r"\1 has \2"),
    (r"\b(it|that|there|where|what|who|how|when|why)'s\b", r"\1 is"),
    (r"\bwhats\b", "what is"),
    (r"\bwheres\b", "where is"),
    (r"\bhows\b", "how is"),
    (r"\bwanna\b", "want to"),
    (r"\bgonna\b", "going to"),
    (r"\bpls\b|\bplz\b", "please"),
    (r"\bu\b", "you"),
    (r"\bi\b", "I"),
)
_EXPAND = tuple((re.compile(pattern, re.IGNORECASE), new) for pattern, new in _CONTRACTIONS)

# First person to third person plural; verbs that must follow come first.
_SHIFTS = (
    (r"\bI am\b", "they are"),
    (r"\bam I\b", "are they"),
    (r"\bI was\b", "they were"),
    (r"\bI\b", "they"),
    (r"\bmyself\b", "themselves"),
    (r"\bmy\b", "their"),
    (r"\bmine\b", "theirs"),
    (r"\bme\b", "them"),
    (r"\bwe\b", "they"),
    (r"\bours?\b", "their"),
    (r"\bus\b", "them"),
)
_SHIFT = tuple((re.compile(pattern), new) for pattern, new in _SHIFTS)
_CLAUSE_OPENERS = word_set("whether that who how which where when why what until since")
_WORD = re.compile(r"[a-z][a-z'-]*", re.IGNORECASE)


def expand(text: str) -> str:
    """Contractions and common chat spellings written out; curly apostrophes made straight."""
    text = text.replace("\u2019", "'")
    for pattern, new in _EXPAND:
        text = pattern.sub(new, text)
    return text


def words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def third(verb: str) -> str:
    """Third person singular: fail -> fails, try -> tries."""
    special = {"be": "is", "have": "has", "do": "does", "go": "goes"}
    if verb in special:
        return special[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in VOWELS else verb + "s"


def past(verb: str) -> str:
    """Simple past: fail -> failed, get -> got."""
    if verb in IRREGULAR:
        return IRREGULAR[verb][0]
    return _suffixed(verb, "ed")


def gerund(verb: str) -> str:
    """Present participle: cancel -> cancelling, make -> making."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    return _suffixed(verb, "ing")


def _suffixed(verb: str, ending: str) -> str:
    if ending == "ed" and verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ied"
    if verb.endswith("e") and not (ending == "ing" and verb.endswith("ee")):
        return verb + "d" if ending == "ed" else verb[:-1] + "ing"
    return verb + verb[-1] + ending if verb in _DOUBLING else verb + ending


def base(word: str) -> str | None:
    """The base form of a known verb in any form, or None."""
    word = word.lower()
    if word in VERBS:
        return word
    if word in _PAST_TO_BASE:
        return _PAST_TO_BASE[word]
    return next((stem for stem in _stems(word) if stem in VERBS), None)


def _stems(word: str) -> list[str]:
    for ending in ("ing", "ied", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            tail = "y" if ending in ("ied", "ies") else ""
            shortened = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
            return [stem + tail, stem + "e", shortened]
    return []


def is_participle(word: str) -> bool:
    """A form that can open a predicate after a form of "be" or "have"."""
    word = word.lower()
    if word in _PAST_TO_BASE:
        return True
    return word.endswith(("ing", "ed")) and base(word) is not None


def article(noun: str) -> str:
    """ "a" or "an", by sound for the usual exceptions."""
    word = noun.lower()
    if re.match(r"(hour|honest|heir)|[aeio]|u(?!ni|se|sa|ti)", word):
        return "an"
    return "an" if re.match(r"(atm|sms|id|mpg|ssn|api|rv)\b", word) else "a"


def listed(items: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def plural(noun: str) -> str:
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun if noun.endswith("s") and not noun.endswith("ss") else noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in VOWELS else noun + "s"


def counted(n: int, noun: str) -> str:
    return f"{n} {noun if n == 1 else plural(noun)}"


def gives(fact: str) -> str:
    """ "gives the amount", "says whether it was sent"."""
    return f"says {fact}" if fact.split()[0] in _CLAUSE_OPENERS else f"gives {fact}"


def shows(record: str) -> str:
    """ "the ledger shows", "the state and its codes show"."""
    several = " and " in record or (
        record.split()[-1].endswith("s") and not record.endswith(("status", "ss"))
    )
    head = re.split(r" (?:of|on|for|in|about) ", record)[0]
    one = not several and not (head.endswith("s") and not head.endswith(("status", "ss", "'s")))
    return f"{record} {'shows' if one else 'show'}"


def plural_verb(phrase: str) -> str:
    """ "asks why" -> "ask why", for several tickets."""
    head, _, rest = phrase.partition(" ")
    return f"{head.removesuffix('s')} {rest}".strip()


def they(clause: str) -> str:
    """A first-person clause told of several people: "my card was" -> "their card was"."""
    for pattern, new in _SHIFT:
        clause = pattern.sub(new, clause)
    return clause


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def names_cased(text: str) -> str:
    """Known proper nouns and acronyms in their usual case: "apple pay" -> "Apple Pay"."""
    return PROPER_PATTERN.sub(lambda match: PROPER[match.group(0).lower()], text)


PROPER_PATTERN = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, PROPER), key=len, reverse=True)) + r")\b", re.IGNORECASE
)
