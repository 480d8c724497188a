"""A model that needs no key: it answers with lines of the instructions it is given, and invents nothing.

``offline:brief`` says the one line of the prompt that speaks most of the question, ``offline:full`` up to
three. A prompt that lists choices ("Answer with one of: refund, delivery") gets the nearest of them. Where
no line fits, the fallback is said: the words behind "If you do not know, say:". Deterministic and free, so
that prompts can be compared without a key; no measure of what a language model would do.
"""

import math
import re
import time
from collections import Counter
from collections.abc import Sequence

from bot.domain.clustering.words import is_content, stem, tokens
from bot.errors import SettingsError
from bot.llm.text.wire import JsonObject, TextAccess, TextReply, TextRequest

LINES = {"brief": 1, "full": 3}
NEAR = 0.5  # of the best line's score that a further line must reach
LEAST = 1.2  # score under which no line speaks of the question
_CHOICES = re.compile(
    r"(?:answer|reply|respond) with (?:one of|exactly one of)[^:\n]*: *([^\n.]+)", re.IGNORECASE
)
_FALLBACK = re.compile(
    r"(?:if|when|where)[^\n:]*(?:not know|unsure|not sure|nothing fits)[^\n:]*: *(.+)", re.IGNORECASE
)
_LEAD = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s*")
DO_NOT_KNOW = "I do not know."


class Offline:
    """Chooses lines; ``most`` of them at most."""

    leaves = False
    price_at = None

    def __init__(self, most: int) -> None:
        self.lane = "offline"
        self._most = most

    def identity(self, request: TextRequest) -> JsonObject:
        return {"offline": self._most, "messages": list(request.messages), "prompt": request.prompt}

    async def complete(self, request: TextRequest) -> TextReply:
        started = time.perf_counter()
        told, asked = _halves(request)
        said = _choice(told, asked) or self._lines(told, asked)
        took = (time.perf_counter() - started) * 1000
        return TextReply(said, 0, 0, cost=0.0, latency_ms=took, finish_reason="stop")

    async def close(self) -> None:
        """Nothing is open."""

    def _lines(self, told: str, asked: str) -> str:
        found = _FALLBACK.search(told)
        lines = [line for line in _statements(told) if not _FALLBACK.search(line)]
        scored = sorted(
            zip(_scores(lines, asked), range(len(lines)), strict=True), key=lambda x: (-x[0], x[1])
        )
        best = scored[0][0] if scored else 0.0
        if best < LEAST:
            return found[1].strip() if found else DO_NOT_KNOW
        chosen = [number for score, number in scored[: self._most] if score >= NEAR * best]
        return " ".join(lines[number] for number in sorted(chosen))


def open_text(model: str, _config: JsonObject, _access: TextAccess) -> Offline:
    """``model`` is "brief" or "full". Raises SettingsError for another name."""
    if model not in LINES:
        raise SettingsError(
            f"The offline model has no kind {model!r}.", hint="There are offline:brief and offline:full."
        )
    return Offline(LINES[model])


def _halves(request: TextRequest) -> tuple[str, str]:
    """What it is told, and what it is asked: the last turn; in a prompt of one turn its last paragraph."""
    turns = [str(message.get("content") or "") for message in request.messages] or [request.prompt]
    if len(turns) > 1:
        return "\n".join(turns[:-1]), turns[-1]
    told, _, asked = turns[0].strip().rpartition("\n")
    return (told, asked) if told else ("", asked)


def _statements(told: str) -> list[str]:
    """Lines that state something; headings and questions do not."""
    lines = (_LEAD.sub("", line).strip() for line in told.splitlines())
    return [line for line in lines if line and not line.startswith("#") and not line.endswith(("?", ":"))]


def _choice(told: str, asked: str) -> str:
    found = _CHOICES.search(told)
    if found is None:
        return ""
    choices = [
        choice.strip(" .`\"'") for choice in re.split(r",|\bor\b|;", found[1]) if choice.strip(" .`\"'")
    ]
    about = [f"{choice} {_described(told, choice)}" for choice in choices]
    scores = _scores(about, asked)
    return choices[max(range(len(choices)), key=lambda number: (scores[number], -number))]


def _described(told: str, choice: str) -> str:
    """What the prompt says a choice means, "refund: money back", where it does."""
    found = re.search(rf"^\W*{re.escape(choice)}\W*[:=–-] *(.+)$", told, re.IGNORECASE | re.MULTILINE)
    return found[1] if found else ""


def _scores(lines: Sequence[str], asked: str) -> list[float]:
    """The weight of the words that each line shares with the question; words in many lines weigh less."""
    bags = [_words(line) for line in lines]
    in_lines = Counter(word for bag in bags for word in bag)
    wanted = _words(asked)

    def weight(word: str) -> float:
        return math.log(1 + len(bags) / in_lines[word])

    return [sum(weight(word) for word in bag & wanted) for bag in bags]


def _words(text: str) -> set[str]:
    return {stem(word) for word in tokens(text.casefold()) if is_content(word)}
