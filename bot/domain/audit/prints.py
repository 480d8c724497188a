"""Fingerprints: everything the audit needs to know of a ticket's text, in some 300 bytes.

Pure and picklable, so that worker processes can take them where they redact.
"""

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

from bot.domain.audit.abuse import is_abusive
from bot.domain.audit.minhash import band_keys

READ = 400
"""Characters of a ticket that near duplicates are judged by: bounds memory and the cost of long tickets."""
PLACEHOLDER = re.compile(r"\[[A-Z]+(?:_[A-Z]+)*(?:_\d+)?\]")
"""What redaction leaves behind, such as [EMAIL_1]."""

_TO_SPACE = {code: " " for code in range(128) if not chr(code).isalnum()}
_PUNCTUATION = str.maketrans(_TO_SPACE | {ord("'"): "", ord("’"): "", ord("“"): " ", ord("”"): " "})
_LONG_RUN = 60
_DAMAGE = re.compile("[\ufffd\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]|Ã[\x80-\xbf]|â€")


class TicketPrint(NamedTuple):
    """``exact``: hash of the text without case and spacing. ``words``: its first words, sorted; empty where
    it holds none. ``keys``: its MinHash band keys (128 bytes), or empty where near duplicates are off."""

    exact: int
    words: str
    keys: bytes
    has_words: bool
    readable: bool
    abusive: bool


def fingerprint(texts: Sequence[str], *, near_duplicates: bool = True) -> list[TicketPrint]:
    """One print per text, in order; the same in every process and for every way of batching."""
    normal = [" ".join(text.casefold().split()) for text in texts]
    bags = [text.translate(_PUNCTUATION).split() for text in normal]
    openings = [_opening(bag) for bag in bags]
    keys: Sequence[bytes] = [b""] * len(texts)
    if near_duplicates:
        keys = [row.tobytes() for row in band_keys(openings)]
    return [
        TicketPrint(_exact(text), opening, key, _has_words(raw), _is_readable(raw), is_abusive(bag, text))
        for raw, text, bag, opening, key in zip(texts, normal, bags, openings, keys, strict=True)
    ]


def _opening(words: Sequence[str]) -> str:
    """The words among the first ``READ`` characters, sorted, so that moving them about changes nothing."""
    return " ".join(sorted(" ".join(words)[:READ].split()))


def _exact(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _has_words(text: str) -> bool:
    """Whether a letter of any script is left once the placeholders are gone."""
    if "[" in text:
        text = PLACEHOLDER.sub(" ", text)
    return any(map(str.isalpha, text))


def _is_readable(text: str) -> bool:
    """False for binary or wrongly decoded text (more than one damaged character in twenty) and for encoded
    blobs (most of it in unbroken runs no language writes in Latin letters)."""
    if not text.isascii() or not text.isprintable():
        damaged = sum(1 for _ in _DAMAGE.finditer(text))
        if damaged * 20 > len(text):
            return False
    runs = (run for run in text.split() if len(run) > _LONG_RUN and run.isascii() and "://" not in run)
    return len(text) <= _LONG_RUN or sum(map(len, runs)) * 2 <= len(text)
