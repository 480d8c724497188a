"""Finds the sentence or turn of a ticket that states the need: always a verbatim slice of its text."""

import re
from collections.abc import Mapping

from bot.domain.drafting.acts import PATTERNS, Act
from bot.domain.drafting.clauses import read_clause
from bot.domain.drafting.english import expand, words
from bot.domain.drafting.lexicon import STOPWORDS

WHOLE = 180  # characters up to which a ticket is quoted whole
LONGEST = 320  # of a quote
_MAX_UNITS = 40

_TURN = re.compile(r"[^\n]+")
# A sentence ends at . ! or ? before white space, but not after an initial ("U.S.") or a short title ("Mr.").
_BREAK = re.compile(
    r"\n+|(?<=[!?])\s+|(?<=[.])(?<!\b[A-Za-z]\.)(?<!\b(?:Mr|Ms|Dr|St|No|vs)\.)(?<!\bMrs\.)\s+"
)
_SMALL_TALK = re.compile(
    r"^\W*(?:h(?:i+|ello|ey|ai|llo)\b(?: \w+)?|ok(?:ay|ey)?\b|no\b|yes\b|sure\b|thank\w*"
    r"|thx|bye|nothing\b|good (?:morning|day|evening)|"
    r"that(?:'s| is|s) (?:all|it)|my name is|i am \w+|im \w+|dear |to whom|sincerely|regards)",
    re.IGNORECASE,
)
_NOISE = re.compile(r"X{2,}|\{\$|\d{4,}|@|\bU\.?S\.? ?C|§|\[[A-Z_0-9]+\]")
_LIVE = re.compile(
    r"[<>`{}|@*]|\w://|\bwww\.|\b[\w-]{2,}\.(?:com|net|org|io|co|dev|app|ai|info|example)\b|\]\("
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]",
    re.IGNORECASE,
)
# Orders to a machine: such tickets are never seeds, examples or wordings of ours.
_ORDER = re.compile(
    r"\b(?:ignore|disregard|override|bypass|pretend|jailbreak\w*|reveal)\b"
    r"|\b(?:previous|prior|system|hidden|your) (?:instructions?|prompts?|rules)\b"
    r"|\b(?:system|assistant|user|human)\s*:|\byou are now\b|\bfrom now on\b|\bas an ai\b",
    re.IGNORECASE,
)
_NEEDING = (Act.DANGER, Act.DISPUTE, Act.STATUS, Act.WHY, Act.HOW, Act.ACTION, Act.FAILURE)


def units(text: str) -> list[str]:
    """Turns of a conversation, or sentences; each a stripped slice of ``text``."""
    lines = [line.strip() for line in _TURN.findall(text)]
    turns = len(lines) >= 3 and sum(len(line.split()) for line in lines) / len(lines) < 14
    parts = lines if turns else [part.strip() for part in _BREAK.split(text)]
    return [part for part in parts if part]


def need_of(text: str, weights: Mapping[str, float]) -> str:
    """The verbatim part of a ticket that says what it wants. ``weights``: how typical each word is, 0..1."""
    bare = text.strip()
    parts = units(bare)
    if len(parts) <= 1 or (len(bare) <= WHOLE and "\n" not in bare):
        return _fitted(bare)
    best = max(enumerate(parts[:_MAX_UNITS]), key=lambda pair: (_worth(pair[1], weights), -pair[0]))[1]
    return _fitted(best)


def is_plain(text: str) -> bool:
    """Whether a ticket's words hold nothing that a page or a model could take for more than words."""
    return _LIVE.search(text) is None and _ORDER.search(text) is None


def asking_part(quote: str, weights: Mapping[str, float]) -> str:
    """The one sentence inside a quote of several that carries the request."""
    parts = units(quote)
    return max(parts, key=lambda part: _worth(part, weights)) if len(parts) > 1 else quote


def _worth(part: str, weights: Mapping[str, float]) -> float:
    said = words(part)
    content = [word for word in said if word not in STOPWORDS]
    if not content:
        return -5.0
    text = expand(part)
    worth = 2.5 * min(1.5, sum(weights.get(word, 0.0) for word in set(content)))
    worth += 0.5 * min(3, sum(bool(PATTERNS[act].search(text)) for act in _NEEDING if act in PATTERNS))
    worth += 0.8 * ("?" in part)
    if len(said) <= 24:
        worth += 0.6 * (read_clause(part) is not None)
    worth -= 1.5 * bool(_SMALL_TALK.match(part)) * (len(said) < 8)
    worth -= 0.5 * min(4, len(_NOISE.findall(part)))
    worth -= 1.0 * (len(said) < 3) + 0.03 * max(0, len(said) - 28)
    return worth


def _fitted(part: str) -> str:
    """A long sentence cut at a comma or a word's end; still a slice of the ticket."""
    part = part.split("\n")[0].strip() if len(part) > LONGEST else part
    if len(part) <= LONGEST:
        return part
    head = part[:LONGEST]
    cut = max(head.rfind(", "), head.rfind("; "))
    if cut < LONGEST // 2:
        cut = head.rfind(" ")
    return head[:cut].rstrip(" ,;") if cut > 0 else head
