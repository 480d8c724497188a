"""Reading what is typed behind the root command: verb, sub-verb, and the small grammar of drafting."""

import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from rapidfuzz import process

from bot.errors import InputError
from handlers.ids import channel_in

CLOSE_ENOUGH = 60  # rapidfuzz's score out of 100 under which no guess is offered


def split_words(text: str) -> list[str]:
    """Words, quoted phrases as one; a lone quote sign is just a sign."""
    straight = text.translate({0x201C: '"', 0x201D: '"', 0x201E: '"'})
    try:
        return shlex.split(straight, posix=True) if "'" not in straight else _split_double(straight)
    except ValueError:
        return straight.split()


def _split_double(text: str) -> list[str]:
    return [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', text)]


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, "" where none is close."""
    found = process.extractOne(word.lower(), list(known), score_cutoff=CLOSE_ENOUGH)
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class DraftWanted:
    """``/plumb story draft`` in words. ``origin`` is a file's or source's name, "" where none was said;
    ``channel`` with ``days`` stands for "from #support last 14d"."""

    origin: str = ""
    channel: str = ""
    days: float = 14.0
    top: int = 3
    granularity: str = "normal"
    seeds: tuple[str, ...] = ()
    override: str = ""


TOP_MOST = 20
_SPAN = re.compile(r"(\d{1,3})\s*(h|d|w|hours?|days?|weeks?)")
_SIZES = {"fewer": "fewer", "normal": "normal", "more": "more"}
_NOISE = {"please", "themes", "theme", "stories", "story", "the", "of"}


def parse_draft(text: str) -> DraftWanted:
    """Reads "from tickets.csv top 5 more themes about "login, refunds" because …".

    Raises:
        InputError: a word that means nothing here, naming it.
    """
    words, override = _because(split_words(text))
    wanted: dict[str, object] = {"override": override}
    position = 0
    while position < len(words):
        position += _take(words[position:], wanted)
    return DraftWanted(**wanted)  # type: ignore[arg-type]  # filled by _take with these very types


def _because(words: Sequence[str]) -> tuple[list[str], str]:
    lowered = [word.lower() for word in words]
    if "because" not in lowered:
        return list(words), ""
    at = lowered.index("because")
    return list(words[:at]), " ".join(words[at + 1 :])


def _take(words: Sequence[str], wanted: dict[str, object]) -> int:
    """Understands the first word with what follows it; returns how many words that took."""
    word, following = words[0].lower(), words[1] if len(words) > 1 else ""
    if word == "top":
        wanted["top"] = _count(following)
        return 2
    if word == "last":
        span = following + (words[2] if len(words) > 2 and following.isdigit() else "")
        wanted["days"] = days_of(span)
        return 3 if following.isdigit() else 2
    if word == "about":
        wanted["seeds"] = tuple(part.strip() for part in following.split(",") if part.strip())
        return 2
    if word in _SIZES:
        wanted["granularity"] = _SIZES[word]
        return 1
    if word in _NOISE:
        return 1
    if word == "from" and following:
        return 1 + _origin(following, wanted)
    if wanted.get("origin") or wanted.get("channel"):
        raise InputError(
            f"I did not understand “{words[0]}”.",
            hint="Like this: story draft from tickets.csv top 5",
        )
    return _origin(words[0], wanted)


def _origin(word: str, wanted: dict[str, object]) -> int:
    channel = channel_in(word)
    wanted["channel" if channel else "origin"] = channel or word
    return 1


def _count(word: str) -> int:
    if word.isdigit() and 1 <= int(word) <= TOP_MOST:
        return int(word)
    raise InputError(f"“top {word}” needs a number from 1 to {TOP_MOST}.", hint="For example: top 5")


def days_of(span: str) -> float:
    """ "14d", "2w", "36h" in days.

    Raises:
        InputError: it is none of these.
    """
    found = _SPAN.fullmatch(span.strip().lower())
    if not found:
        raise InputError(
            f"“last {span}” is no span of time.", hint="For example: last 14d, last 2w, last 36h"
        )
    hours = {"h": 1, "d": 24, "w": 168}[found.group(2)[0]]
    return timedelta(hours=int(found.group(1)) * hours) / timedelta(days=1)
