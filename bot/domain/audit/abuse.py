"""Abusive language in English tickets: whole words only, so that cockpits and Scunthorpe stay clean."""

import re
from collections.abc import Iterable

_STEMS = ("fuck", "motherfuck")
_ENDINGS = ("", "s", "ed", "er", "ers", "in", "ing", "ings", "face", "wit", "wits", "head", "heads", "up")
ABUSIVE: frozenset[str] = frozenset(stem + ending for stem in _STEMS for ending in _ENDINGS) | frozenset(
    # profanity
    "arse arsehole arseholes asshat asshats asshole assholes bastard bastards bitch bitches bitching bollocks "
    "bullshit cocksucker cocksuckers cunt cunts dickhead dickheads dipshit dipshits dumbass dumbasses fck fcking "
    "fkn fuk fukin fuking horseshit jackass jackasses knobhead shit shite shits shitshow shitty stfu twat twats "
    "wanker wankers wtf "
    # insults to people
    "cretin cretins halfwit idiot idiots imbecile imbeciles lowlife lowlifes moron morons nitwit nitwits retarded "
    "retards scumbag scumbags "
    # slurs
    "faggot faggots nigga nigger niggers tranny whore whores".split()
)
"""Mild words (damn, hell, crap, stupid, pissed, bloody) are left out: that is how cross customers talk. So are
words with an innocent use (scum, retard, tosser, dyke)."""

_STARRED = re.compile(
    r"\b(?:f[*@#$]{2,}k?|f[*@#$]ck|fu[*@#$]k|sh[*@#$]t|b[*@#$]tch|a[*@#$]{2}hole|c[*@#$]nt)"
)
_THREAT = re.compile(
    r"\b(?:will|ll|gonna|going to) (?:kill|murder|hurt|stab|shoot) (?:you|u)\b(?! an? )|\bhope you die\b"
)
_MASKS = frozenset("*@#$")


def is_abusive(words: Iterable[str], text: str) -> bool:
    """Whether a ticket swears, insults or threatens. ``words``: its lower-case words; ``text``: it itself,
    lower-case with single spaces, for starred-out words and threats."""
    if not ABUSIVE.isdisjoint(words):
        return True
    if not _MASKS.isdisjoint(text) and _STARRED.search(text):
        return True
    return " you" in text and _THREAT.search(text) is not None
