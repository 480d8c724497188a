"""Who speaks for a theme: its tickets' own clause, or the subject's want where that says too little."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.drafting.acts import Act
from bot.domain.drafting.choice import Spoken
from bot.domain.drafting.clauses import Clause
from bot.domain.drafting.english import names_cased, words
from bot.domain.drafting.kinds import Kind
from bot.domain.drafting.lexicon import FUNCTION_WORDS, STOPWORDS, VERBS
from bot.domain.drafting.reading import Picture, Reading
from bot.domain.drafting.sentences import is_plain

_CALLED = 0.3  # share of tickets from which their own noun stands in the want
_THING = re.compile(r"\[(\w+)\]")
_BARE = re.compile(
    r"\bsome(?:one|body)\b|\b(?:it|this|that|this one|that one|these|those|them|mine)$|\d| - ", re.IGNORECASE
)


def voiced(picture: Picture, spoken: Spoken | None) -> tuple[Picture, Spoken | None]:
    """The picture and the clause to write from; unchanged where the tickets' own clause will do."""
    kind = picture.kind
    if not kind.want or (spoken is not None and not kind.firm and _says_enough(spoken.clause, picture)):
        return picture, spoken
    if picture.tongue:
        return replace(picture, led=kind.act), None
    source = _typical(picture.core, kind) or (spoken.source if spoken else None)
    if source is None:
        return picture, spoken
    return replace(picture, led=kind.act), Spoken(clause_of(_with_thing(kind.want, picture)), source)


def _with_thing(want: str, picture: Picture) -> str:
    """ "the damaged [part]" with what the tickets themselves call it, where many call it one thing."""
    noun = names_cased(picture.noun)
    often = " " not in noun and noun not in VERBS and picture.shares.get(noun, 0.0) >= _CALLED
    return _THING.sub(noun if often else r"\1", want)


def clause_of(want: str) -> Clause:
    """ "know where my order is" -> know "where my order is"; anything else is a deed."""
    verb, _, rest = want.partition(" ")
    return Clause("know", rest, rest.split(" ")[0]) if verb == "know" else Clause("do", want)


def _says_enough(clause: Clause, picture: Picture) -> bool:
    """It names the subject with two words of its own, asks as most tickets do and names no day."""
    if clause.ask == "whether" and picture.act is not Act.POSSIBLE:
        return False
    content = [word for word in words(clause.text) if word not in STOPWORDS | FUNCTION_WORDS]
    if clause.form == "know" and len(content) == 1:
        content *= 1 + (f"my {content[0]}" in clause.text.lower())
    return (
        len(content) >= 2
        and picture.kind.pattern.search(f"{clause.ask} {clause.text}") is not None
        and not _BARE.search(clause.text)
    )


def _typical(readings: Sequence[Reading], kind: Kind) -> Reading | None:
    """The most central ticket that names the subject and can be quoted."""
    fit = [r for r in readings if kind.pattern.search(r.need) and is_plain(r.need)]
    return next((r for r in fit if len(words(r.need)) >= 5 and "[" not in r.need), fit[0] if fit else None)
