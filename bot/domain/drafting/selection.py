"""Which tickets a story cites: central, clearly of this theme, different in words and people."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from rapidfuzz import fuzz

from bot.domain.drafting.acts import Act
from bot.domain.drafting.english import words
from bot.domain.drafting.lexicon import STOPWORDS
from bot.domain.drafting.reading import Picture, Reading
from bot.domain.drafting.sentences import is_plain

MOST_EXAMPLES = 4
_MOST_CITED, _FEWEST_CITED = MOST_EXAMPLES + 1, 4
_CLEAR = 0.15  # margin: in four labelled logs .26 to .55 below it are of another need, .08 to .17 above
_SAME_WORDING = 80.0  # token_set_ratio from which two inputs are the same to a reader
_CLOSE = 0.6  # share of the clause's own words an example or an edge case must have
_PLACEHOLDER = re.compile(r"\[[A-Z_0-9]+\]")
_OLDEST = datetime(1970, 1, 1, tzinfo=UTC)
_MIN_WORDS = 3


def choose_examples(picture: Picture, source: Reading | None) -> tuple[Reading, ...]:
    """Up to four readings for examples and one more, last, for the case the assistant cannot do.

    Only tickets that clearly belong and speak of what the clause speaks of; where too few do, the next
    clearest make up three examples and the refusal, and the story cites no more than that.
    """
    ranked = _ranked(picture, source)
    chosen: list[Reading] = [source] if source is not None and _readable(source) else []
    clear = [r for r in ranked if _is_clear(r, source, picture)]
    while len(chosen) < _MOST_CITED and _take_first(chosen, clear):
        pass
    while len(chosen) < _FEWEST_CITED and _take_first(chosen, ranked):
        pass
    # One wording over and over: near repeats serve, other tickets still.
    spare = [*ranked, *(r for r in picture.readings if _readable(r))]
    while len(chosen) < _FEWEST_CITED and _take_first(chosen, spare, 97.0):
        pass
    if len(chosen) == _FEWEST_CITED - 1:
        _take_first(chosen, spare, 101.0)
    if not chosen:  # nothing but scraps: cite what there is
        chosen.append(picture.readings[0])
    return tuple(chosen)


def choose_edges(picture: Picture, taken: Sequence[Reading], source: Reading | None) -> tuple[Reading, ...]:
    """At most two tickets inside the theme but far from its centre: they share its words, not its shape."""
    used = {reading.ticket.ticket_id for reading in taken}
    rim = [r for r in reversed(picture.readings) if r.ticket.ticket_id not in used and _readable(r)]
    typical = {word for word, weight in picture.weights.items() if weight >= 0.15}
    if picture.led is not None:
        rim = [r for r in rim if picture.is_led_by(r)]
    inside = [
        r for r in rim[: max(4, picture.size // 2)] if r.member.margin >= _CLEAR and _shares(r, typical)
    ]
    if source is not None:
        inside = [r for r in inside if closeness(r, source, picture) >= _CLOSE]
    unusual = sorted(inside, key=lambda r: (-_oddness(r, picture), r.member.centrality, r.ticket.ticket_id))
    chosen: list[Reading] = []
    for reading in unusual:
        if len(chosen) < 2 and _differs(reading, [*taken, *chosen], _SAME_WORDING):
            chosen.append(reading)
    return tuple(chosen)


def closeness(reading: Reading, source: Reading, picture: Picture) -> float:
    """0..1: how much of what the theme's chosen clause speaks of this ticket speaks of too."""
    weights = picture.stem_weights
    total = sum(weights.get(stem, 0.0) for stem in source.stems)
    return sum(weights.get(stem, 0.0) for stem in source.stems & reading.stems) / total if total else 1.0


def _is_clear(reading: Reading, source: Reading | None, picture: Picture) -> bool:
    close = source is None or closeness(reading, source, picture) >= _CLOSE
    return close and reading.member.margin >= _CLEAR


def _ranked(picture: Picture, source: Reading | None) -> list[Reading]:
    """The clearest members first: centrality, margin, share of the theme's own words, and, lightly, date."""
    core = [r for r in picture.core if _readable(r)] or list(picture.core)
    if picture.led is not None:  # a subject speaks for the theme: cite who names it, where enough do
        named = [r for r in core if picture.is_led_by(r)]
        core = named if len(named) > MOST_EXAMPLES else core
    dated = sorted(r.ticket.created_at or _OLDEST for r in core)
    newest = {date: place / len(dated) for place, date in enumerate(dated)}

    def worth(reading: Reading) -> float:
        content = [w for w in dict.fromkeys(words(reading.need)) if w not in STOPWORDS]
        own = sum(picture.weights.get(w, 0.0) for w in content) / (len(content) or 1)
        recency = newest[reading.ticket.created_at or _OLDEST] if reading.ticket.created_at else 0.0
        return (
            1.5 * reading.member.centrality
            + 2.5 * min(reading.member.margin, 0.6)
            + 0.5 * own
            + 0.1 * recency
            + 0.05 * (reading.clause is not None)
            + 0.5 * (picture.likeness(reading, source) if source else 0.0)
            + 0.3 * (picture.act is reading.act)
        )

    return sorted(core, key=lambda r: (-worth(r), r.ticket.ticket_id))


def _readable(reading: Reading) -> bool:
    said = words(reading.need)
    crossed_out = reading.need.count("XX") + reading.need.count("[")
    return (
        len(said) >= _MIN_WORDS
        and crossed_out <= len(said) // 6
        and is_plain(_PLACEHOLDER.sub("", reading.need))
    )


def _take_first(chosen: list[Reading], candidates: Iterable[Reading], alike: float = _SAME_WORDING) -> bool:
    for reading in candidates:
        if _differs(reading, chosen, alike):
            chosen.append(reading)
            return True
    return False


def _differs(reading: Reading, chosen: Sequence[Reading], alike: float) -> bool:
    """Another ticket, another person where people are known, and other words."""
    text = " ".join(words(reading.need))
    for other in chosen:
        person = reading.ticket.requester
        if reading.ticket.ticket_id == other.ticket.ticket_id or (
            person and person == other.ticket.requester
        ):
            return False
        if fuzz.token_sort_ratio(text, " ".join(words(other.need))) >= alike:
            return False
    return True


def _shares(reading: Reading, typical: set[str]) -> bool:
    return any(word in typical for word in words(reading.need))


def _oddness(reading: Reading, picture: Picture) -> float:
    """What makes a ticket an edge case: a rare act, circumstances, length."""
    counts = dict(picture.mix)
    rare_act = 1.0 - counts.get(reading.act, 0) / picture.size
    lengthy = min(1.0, len(words(reading.need)) / 40)
    return rare_act + 0.3 * len(reading.conditions) + 0.5 * lengthy + (reading.act is Act.DANGER)
