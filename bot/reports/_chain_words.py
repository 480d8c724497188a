"""Words within a width: measured in the font they are drawn in, cut or wrapped, without missing signs."""

from functools import cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font

SIGNS = {"👍": "▲", "👎": "▼", "️": ""}
"""What the font has no sign for, and what stands in."""
MISSING = "·"


@cache
def _font(*, bold: bool) -> FT2Font:
    return get_font(findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")))


@cache
def _advance(sign: str, *, bold: bool) -> float:
    """The width of one sign at one point, in inches."""
    font = _font(bold=bold)
    font.set_size(100, 72)
    return float(font.load_char(ord(sign)).linearHoriAdvance) / 65536 / 100 / 72


def drawable(text: str) -> str:
    """The text with only signs that the font has; a run of others becomes one dot."""
    for sign, other in SIGNS.items():
        text = text.replace(sign, other)
    known = [sign if _font(bold=False).get_char_index(ord(sign)) else "\0" for sign in " ".join(text.split())]
    parts = "".join(known).split("\0")
    kept = [part for number, part in enumerate(parts) if part or number in (0, len(parts) - 1)]
    return MISSING.join(kept)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """In inches, at ``size`` points."""
    return sum(_advance(sign, bold=bold) for sign in text) * size


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """As much of a text as there is room for, with … where something is left out."""
    text = drawable(text)
    if width(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width(f"{kept}…", size, bold=bold) > room:
        kept = kept[:-1]
    return f"{kept.rstrip(' ·,;')}…"


def wrapped(text: str, room: float, size: float, *, most: int) -> list[str]:
    """At most so many lines, the last of them cut."""
    lines: list[str] = []
    words = drawable(text).split()
    while words and len(lines) < most:
        taken = 1
        while taken < len(words) and width(" ".join(words[: taken + 1]), size) <= room:
            taken += 1
        if len(lines) == most - 1:
            taken = len(words)
        lines.append(_cut(" ".join(words[:taken]), room, size))
        words = words[taken:]
    return lines


def _cut(text: str, room: float, size: float) -> str:
    if width(text, size) <= room:
        return text
    while text and width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
