"""Chooses among the tickets' own clauses the one that speaks for the theme."""

import re
from collections import Counter
from dataclasses import dataclass

from bot.domain.drafting.acts import Act
from bot.domain.drafting.clauses import Clause
from bot.domain.drafting.english import names_cased, third, words
from bot.domain.drafting.lexicon import FUNCTION_WORDS, STOPWORDS, VERBS, word_set
from bot.domain.drafting.reading import Picture, Reading
from bot.domain.drafting.sentences import is_plain

_LEAST_WORTH = 0.35
_LONGEST, _WIDEST = 14, 120  # words, characters
_FINALISTS = 25
_POLLED = 150  # most central tickets asked
_STATE_ACTS = frozenset({Act.FAILURE, Act.STATUS, Act.DISPUTE, Act.DANGER, Act.COMPLAINT})
_BAD_END = re.compile(
    (
        r"\b(?:to|for|of|the|a|an|my|in|on|at|with|and|or|but|I|you|your|if|is it|that|this"
        r"|from|by|can|as|so|need|want|how|what|when|like for|be|will|it is|there is|do|does|are|was|like"
        r"|which|up to)$"
    ),
    re.IGNORECASE,
)
_BAD_INSIDE = re.compile(
    r"[\"?!;:()\[\]<>{}*/&+]| - |\b(?:crap|shit|please|help|hi|hello|thanks|asap|XX+|because|since"
    r"|so that|in order to|as soon as|damn|fuck\w*|bloody|etc|ur|ya|urgent)\b|\b(?:and|or"
    r"|but)$"
    r"|\bwhy not\b|[a-z]\. |^(?:when|if) .*,|, (?:I|my|can|could|how|do|what|is|do"
    r"|please)\b|\b(?:to|is|are|was|do|can) (?:is|are|do|to|can)\b",
    re.IGNORECASE,
)
_SUBJECTS = re.compile(r"\b(?:I|they|he|she|we|you|it)\b")
_SOFT = re.compile(r"\b(?:good|best|better|nice|great|quick\w*|easy|soon|fast\w*|possible)\b", re.IGNORECASE)
_YOU_VERB = re.compile(r"\byou (?P<verb>[a-z]+)\b", re.IGNORECASE)
_MODALS = word_set("can could will would should may might must cannot did had")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The chosen clause, in first person, and the ticket it came from."""

    clause: Clause
    source: Reading


def theme_clause(picture: Picture) -> Spoken | None:
    """The clause most tickets would recognise as theirs, or None when no ticket has a clean one."""
    if picture.tongue:
        return None
    repeats = Counter(r.clause.text.lower() for r in picture.readings if r.clause)
    rated = [
        (worth, -i, r)
        for i, r in enumerate(picture.core)
        if (worth := _worth(picture, r, repeats)) is not None
    ]
    finalists = sorted(rated, key=lambda item: item[:2], reverse=True)[:_FINALISTS]
    if not finalists or finalists[0][0] < _LEAST_WORTH:
        return None
    best = max(finalists, key=lambda item: (item[0] + 2.0 * _support(picture, item[2]), item[1]))[2]
    return Spoken(best.clause, best) if best.clause else None


def _support(picture: Picture, candidate: Reading) -> float:
    """Mean likeness of all tickets to the candidate: the larger of two merged needs wins over the clearer."""
    return sum(
        picture.likeness(candidate, other) * (1.0 if candidate.act is other.act else 0.7)
        for other in picture.readings[:_POLLED]
    ) / min(picture.size, _POLLED)


def presentable(text: str) -> bool:
    """Whether a clause can stand in a sentence of ours: whole, one thing, at most 14 words."""
    if (
        len(text) > _WIDEST
        or not is_plain(text)
        or len(words(text)) > _LONGEST
        or _BAD_END.search(text)
        or _BAD_INSIDE.search(text)
    ):
        return False
    return len(_SUBJECTS.findall(text)) <= 2


def _worth(picture: Picture, reading: Reading, repeats: Counter[str]) -> float | None:
    clause = reading.clause
    if clause is None or (clause.form == "state" and reading.act not in _STATE_ACTS):
        return None
    text = clause.text
    said = words(text)
    content = [word for word in dict.fromkeys(said) if word not in STOPWORDS and word not in FUNCTION_WORDS]
    if not content or not presentable(text):
        return None
    shares = [picture.shares.get(word, 0.0) for word in content]
    worth = 1.6 * sum(shares) / len(shares) + 0.9 * min(
        1.6, sum(picture.weights.get(w, 0.0) for w in content)
    )
    worth += (
        0.7 * (reading.act is picture.act)
        + 0.25 * (picture.act in reading.acts)
        + 0.08 * min(4, repeats[text.lower()] - 1)
    )
    worth -= 0.3 * sum(share < max(0.05, 1.5 / picture.size) for share in shares)
    worth -= 0.35 * bool(re.search(r"\byou\b|\byour\b", text, re.IGNORECASE)) + 0.9 * bool(
        re.search(r"\b(?:and|or)\b", text)
    )
    worth -= 0.5 * bool(re.search(r"\d", text)) + 0.07 * max(0, len(said) - 9) + 0.25 * (len(content) < 2)
    worth -= (
        0.25 * (clause.form == "state")
        + 0.4 * bool(re.match(r"\w+ me\b", text))
        + 0.1 * (clause.form == "get")
    )
    worth -= 0.4 * bool(_SOFT.search(text)) * (clause.ask != "whether")
    worth -= 0.6 * (said[0] in {"help", "know", "see", "want", "be"} and clause.form == "do")
    return worth + 0.4 * reading.member.centrality + 0.4 * max(0.0, min(0.3, reading.member.margin))


def settled(clause: Clause, speaker: str) -> Clause:
    """ "you" becomes ``speaker`` ("the company", "the assistant"); names get their capitals."""
    text = clause.text
    if clause.form == "know" and clause.ask in {"how", "where"} and re.match(r"(?:how|where) to\b", text):
        text = re.sub(r"\byour\b", f"{speaker}'s", text, flags=re.IGNORECASE)

    def agreed(match: re.Match[str]) -> str:
        verb = match["verb"].lower()
        if verb in {"are", "were"}:
            return f"{speaker} {'is' if verb == 'are' else 'was'}"
        if verb == "have":
            return f"{speaker} has"
        return f"{speaker} {third(verb) if verb in VERBS and verb not in _MODALS else verb}"

    text = _YOU_VERB.sub(agreed, text)
    text = re.sub(r"\b(can|could|will|would|did|do|does) you\b", rf"\1 {speaker}", text, flags=re.IGNORECASE)
    text = re.sub(r"\byour\b", f"{speaker}'s", text, flags=re.IGNORECASE)
    text = re.sub(r"\byou\b", speaker, text, flags=re.IGNORECASE)
    text = re.sub(r"\ba (?=(?:atm|id|[aeio])[a-z]*\b)", "an ", text)
    return Clause(clause.form, names_cased(text), clause.ask)
