"""Reads texts/*.txt, all written for this purpose: one template or word a line, ``\\n`` for a line break.

Slots: {P} a person in any spelling, {F} a first name, {A} an address, {O} an organisation, {G} a brand,
{C} a town, {K} a country, {J} a job, {V} a verb, {L} a language, {W} a capitalised word that is no name,
{E} an e-mail, {H} a phone, {R} an order number, {N} a number, {D} a date or time, {X} a hash, {Z} a code,
{B} a real sentence.
"""

from importlib.resources import files

GROUPS = ("people", "addresses", "others", "foreign", "logs", "prose")
"""Groups of templates; corpus.py says how often each is drawn."""


def lines(name: str) -> tuple[str, ...]:
    """All lines of one file."""
    text = (files("bot.domain.redaction.training") / "texts" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.replace("\\n", "\n") for line in text.splitlines() if line)
