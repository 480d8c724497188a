"""International bank account numbers (ISO 13616): country length and checksum, or shape and context."""

import re
from collections.abc import Iterator

from bot.domain.redaction.lexicon import words
from bot.domain.redaction.model import Span

_LENGTHS = {
    pair[:2]: int(pair[3:])
    for pair in words(
        """
        AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BI:27 BR:29 BY:28 CH:21 CR:22 CY:28
        CZ:24 DE:22 DJ:27 DK:18 DO:28 EE:20 EG:29 ES:24 FI:18 FK:18 FO:18 FR:27 GB:22 GE:22 GI:23
        GL:18 GR:27 GT:28 HN:28 HR:21 HU:28 IE:22 IL:23 IQ:23 IS:26 IT:27 JO:30 KW:30 KZ:20 LB:28
        LC:32 LI:21 LT:20 LU:20 LV:21 LY:25 MC:27 MD:24 ME:22 MK:19 MN:20 MR:27 MT:31 MU:30 NI:28
        NL:18 NO:15 OM:23 PK:24 PL:28 PS:29 PT:25 QA:29 RO:24 RS:22 RU:33 SA:24 SC:31 SD:18 SE:24
        SI:19 SK:24 SM:27 SO:23 ST:25 SV:28 TL:23 TN:24 TR:26 UA:29 VA:22 VG:24 XK:20 YE:30
        """
    )
}
"""Length of an IBAN by country: SWIFT IBAN registry, release 99."""

_HEAD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ -]?\d{2}(?=[ .-]?[A-Za-z0-9])")
_CUE = re.compile(r"\biban|\bbank|\baccount|\bkonto|transfer|\bcompte|\bcuenta|\bconto", re.IGNORECASE)


def checksum_holds(iban: str) -> bool:
    """ISO 7064 mod 97-10 over the compact form."""
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def find_ibans(text: str) -> Iterator[Span]:
    """All IBANs of folded text, grouped by anything or nothing."""
    for head in _HEAD.finditer(text):
        length = _LENGTHS.get(head.group()[:2].upper(), 0)
        end, compact = _walk(text, head.start(), length)
        if compact and (checksum_holds(compact) or _plausible(text, head.start(), end, compact)):
            yield Span("IBAN", head.start(), end)


def _walk(text: str, start: int, length: int) -> tuple[int, str]:
    """Collects ``length`` letters and digits with at most one separator between two; ("", 0) if it cannot."""
    compact: list[str] = []
    at = start
    while at < len(text) and len(compact) < length:
        char = text[at]
        if char.isascii() and char.isalnum():
            compact.append(char)
        elif char not in " .-" or text[at - 1] in " .-":
            return 0, ""
        at += 1
    whole = length > 0 and len(compact) == length and not text[at : at + 1].isalnum()
    return (at, "".join(compact)) if whole else (0, "")


def _plausible(text: str, start: int, end: int, compact: str) -> bool:
    """The checksum fails: take it by shape, in fours, mostly digits or near words of banking."""
    *fours, _ = re.split(r"[ .-]", text[start:end])
    if any(len(four) != 4 for four in fours):
        return False
    digits = sum(char.isdigit() for char in compact)
    return digits >= len(compact) - 6 or (
        digits >= 8 and _CUE.search(text[max(0, start - 60) : start]) is not None
    )
