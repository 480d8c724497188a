"""Payment cards, US social security numbers and phone numbers: one pass over the runs of digits."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.redaction.model import Span

_RUN = re.compile(r"[+(]{0,2}\d(?:[ .\-/()_]{0,3}\d)+(?:\s?(?:ext\.?|x)\s?\d{1,6})?", re.IGNORECASE)
_NUMBER_WORDS = "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"
_WORD_NUMBER = rf"(?:{_NUMBER_WORDS})"
_SPOKEN = 7  # words that make a spoken number
_WORDS = re.compile(rf"\b{_WORD_NUMBER}(?:[ ,-]{{1,2}}{_WORD_NUMBER}){{6,}}\b", re.IGNORECASE)
_EACH_WORD = tuple(_NUMBER_WORDS.split("|"))
_GROUP = re.compile(r"\d+")
_WINDOW = 48
_CARD_SHORTEST, _CARD_LONGEST = 12, 19  # ISO/IEC 7812-1
_PHONE_LONGEST = 15  # ITU-T E.164

_CARD_CUE = re.compile(
    r"card|visa|master|amex|american express|credit|debit|\bcc\b|\bpan\b|karte|carte|tarjeta|carta|maestro",
    re.IGNORECASE,
)
_SSN_CUE = re.compile(r"\bssns?\b|social|\bsin\b|\bitin\b|\btax.?id|\bss ?(?:#|no|num)", re.IGNORECASE)
_PHONE_CUE = re.compile(
    r"phone|\bp?h(?:one)?[:.#]|\btel\b|tel[.:]|t[eé]l[eé]|\bmob(?:ile|il)?\b|\bcell|\bfax|\bdesk\b|\bcall|\btext\b|\bsms\b"
    r"|whats ?app|viber|telegram|signal|\breach|\banswer|\bdial|\bring\b|\bcontact|\bhandy\b|m[oó]vil|celular"
    r"|telefon|rufnummer|num[eé]ro|nummer|n[uú]mero|number|hotline|voicemail|callback|\bphn?\b|\bhome\b|\boffice\b",
    re.IGNORECASE,
)
_NO_CUE = re.compile(
    r"\b(?:sku|isbn|issn|ean|upc|gtin|asin|part|model|serial|imei|mac|item|product|version|build|release|firmware"
    r"|count|total|ratio|port|pid|pi|room|article|barcode|error|timestamp|epoch|commit|lat|lon|size|price|amount"
    r"|id)s?\W{0,3}(?:numbers?|no\.?|code|nr\.?|#|is|was|[a-z]{1,2})?\W{0,3}$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:19|20)\d\d([-/. ])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)\d\d(?!\d)"
)
_IIN = re.compile(r"4|5[0-9]|6[0-9]|3[04-9]|2[2-7]|1800|2131")
_LAYOUTS = frozenset({(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (4, 4, 4, 3), (4, 4, 5), (6, 13)})
_SHAPES = re.compile(
    r"\(\d{2,5}\)[ ]?\d{2,5}[ .-]?\d{2,5}(?:[ .-]?\d{2,5})?"  # (512) 280-5490, (030) 12 34 56
    r"|1?[ .-]?\d{3}([ .-])\d{3}\1\d{4}"  # 415-387-9991
    r"|\d{3}[ ]\d{3}-\d{4}"
    r"|0\d(?:([ .-])\d\d)(?:\2\d\d){3}"  # 06 80 73 22 97
    r"|0\d{1,4}[ /-]\d{3,4}[ -]?\d{3,5}"  # 07548 988335, 020 7946 0018
    r"|0\d{2,3}(?:[ ]\d{2,3}){3}"  # 0494 92 82 32
)


class _Group(NamedTuple):
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Digits that stand together, and the words before them."""

    text: str
    start: int
    end: int
    raw: str
    groups: tuple[_Group, ...]

    @property
    def before(self) -> str:
        return self.text[max(0, self.start - _WINDOW) : self.start]

    @property
    def count(self) -> int:
        return sum(end - start for start, end in self.groups)

    def digits(self, groups: Sequence[_Group]) -> str:
        return "".join(self.text[g.start : g.end] for g in groups)


def luhn(digits: str) -> bool:
    """Checksum of ISO/IEC 7812-1, annex B."""
    doubled = (sum(divmod(2 * int(d), 10)) for d in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def find_numbers(text: str) -> Iterator[Span]:
    """Cards, social security and phone numbers of folded text."""
    for match in _RUN.finditer(text):
        if match.end() - match.start() >= 7 and not _glued(text, match):
            yield from _classify(_run(text, match.start(), match.end()))
    for match in _WORDS.finditer(text) if _may_be_spoken(text) else ():
        kind = "CARD" if len(re.findall(_WORD_NUMBER, match.group(), re.IGNORECASE)) >= 13 else "PHONE"
        yield Span(kind, match.start(), match.end())


def _may_be_spoken(text: str) -> bool:
    """False only where _WORDS finds nothing: counting is far cheaper. Signs beyond ASCII have other cases."""
    if not text.isascii():
        return True
    lower = text.lower()
    return sum(map(lower.count, _EACH_WORD)) >= _SPOKEN


def _run(text: str, start: int, end: int) -> _Run:
    raw = text[start:end]
    if raw[0] == "(" and raw.count("(") > raw.count(")"):
        start += 1  # the bracket belongs to the sentence
    groups = tuple(_Group(*g.span()) for g in _GROUP.finditer(text, start, end))
    return _Run(text, start, end, text[start:end], groups)


def _glued(text: str, match: re.Match[str]) -> bool:
    """Part of a longer code such as a hash or an order number."""
    start, end = match.span()
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return before.isalnum() or after.isalnum() or before in "$€£¥_" or after == "_"


def _classify(run: _Run) -> Iterator[Span]:
    """Cards first, then what stands between them."""
    if run.count < 7:
        return
    against = _NO_CUE.search(run.before) is not None
    at = run.start
    for card in () if against else _cards(run):
        yield from _rest(run, at, card.start, against)
        yield card
        at = card.end
    yield from _rest(run, at, run.end, against)


def _rest(run: _Run, start: int, end: int, against: bool) -> Iterator[Span]:
    if end - start < 7:
        return
    piece = run if (start, end) == (run.start, run.end) else _run(run.text, start, end)
    if piece.count < 7:
        return
    found = _ssn(piece, against)
    if found:
        yield found
    elif not against:
        yield from _phones(piece)


def _cards(run: _Run) -> Iterator[Span]:
    """Luhn and issuer prefix, or 12 to 19 digits of any kind where the words speak of a card."""
    cued = _CARD_CUE.search(run.before) is not None
    first = 0
    while first < len(run.groups):
        last = _card_end(run, first, cued)
        if last:
            yield Span("CARD", run.groups[first].start, run.groups[last - 1].end)
        first = last or first + 1


def _card_end(run: _Run, first: int, cued: bool) -> int:
    """The longest card that starts with this group: one past its last group, 0 if there is none."""
    found, size = 0, 0
    for last in range(first + 1, min(first + _CARD_LONGEST, len(run.groups)) + 1):
        size += run.groups[last - 1].end - run.groups[last - 1].start
        if size > _CARD_LONGEST:
            break
        window = run.groups[first:last]
        if size >= _CARD_SHORTEST and (cued or _looks_like_card(window, run.digits(window), run)):
            found = last
    return found


def _looks_like_card(groups: Sequence[_Group], digits: str, run: _Run) -> bool:
    layout = tuple(g.end - g.start for g in groups)
    if run.raw.startswith("+") or len(digits) < 13 or not _IIN.match(digits):
        return False
    if layout in _LAYOUTS or (len(layout) == len(digits)):
        return True  # on shape, whatever the checksum says: failing closed
    return len(layout) == 1 and luhn(digits)


def _ssn(run: _Run, against: bool) -> Span | None:
    """Three, two and four digits, dashed, or any way where the words speak of one."""
    sizes = [g.end - g.start for g in run.groups]
    cued = _SSN_CUE.search(run.before) is not None
    if sizes == [9] and cued:
        return Span("SSN", run.groups[0].start, run.groups[0].end)
    for i in range(len(sizes) - 2):
        if sizes[i : i + 3] == [3, 2, 4]:
            start, end = run.groups[i].start, run.groups[i + 2].end
            dashed = end - start <= 11 and "-" in run.text[start:end]
            if cued or (len(sizes) == 3 and dashed and not against and run.raw[0] not in "+("):
                return Span("SSN", start, end)
    return None


def _phones(run: _Run) -> Iterator[Span]:
    """One number, or several that only a wide gap or nothing but their shape keeps apart."""
    count = run.count - _extension_digits(run)
    if count > _PHONE_LONGEST:
        for match in _SHAPES.finditer(run.raw):
            yield Span("PHONE", run.start + match.start(), run.start + match.end())
        return
    if _DATE.match(run.raw) or not _separated_like_phone(run):
        return
    international = run.raw.startswith(("+", "(+")) or (run.raw.startswith("00") and count >= 10)
    if international or _SHAPES.match(run.raw) or _PHONE_CUE.search(run.before) or _alone(run, count):
        yield Span("PHONE", run.start, run.end)


def _extension_digits(run: _Run) -> int:
    spelt = "x" in run.raw or "X" in run.raw
    return run.groups[-1].end - run.groups[-1].start if spelt and len(run.groups) > 1 else 0


def _separated_like_phone(run: _Run) -> bool:
    """No decimal number, no range: one dot means a fraction, slashes more than one a date."""
    between = run.text[run.groups[0].end : run.groups[1].start] if len(run.groups) == 2 else ""
    return between != "." and run.raw.count("/") <= 1


def _alone(run: _Run, count: int) -> bool:
    """A line of its own, in groups or 10 or 11 digits long: what people type when asked for their number."""
    line_start = run.text.rfind("\n", 0, run.start) + 1
    line_end = run.text.find("\n", run.end)
    line = run.text[line_start : line_end if line_end >= 0 else len(run.text)]
    return (10 <= count <= 11 or (len(run.groups) > 1 and count <= 12)) and line.strip(
        " \"'.,"
    ) == run.raw.strip()
