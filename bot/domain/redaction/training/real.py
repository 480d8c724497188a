"""Real support sentences without names, as what the tagger must leave alone."""

import csv
import re
from pathlib import Path

from bot.domain.redaction.features import Lexicon
from bot.domain.redaction.lexicon import EVERYDAY_NAMES
from bot.domain.redaction.training.pools import english_first_names

_MOST_LINES = 12_000


def real_sentences(folder: Path, lexicon: Lexicon) -> list[str]:
    """Texts of the ticket corpora in ``folder``: every second row, the other half measures over-redaction.

    Some requests do name people and nobody labelled them: those with English first names are left out. Of
    chats, which hold many, only lines in common words are taken. Complaints are cut into sentences.
    """
    names = english_first_names() - EVERYDAY_NAMES
    texts = _half(folder / "banking77.csv")
    for request in (*_half(folder / "clinc150.csv"), *_half(folder / "bitext27.csv")):
        if names.isdisjoint(re.findall(r"[a-z]+", request.lower())):
            texts.append(request)
    for complaint in _half(folder / "cfpb_narr.csv"):
        texts += [
            piece.strip() for piece in re.split(r"(?<=[.!?])\s+(?=[A-Z])", complaint) if len(piece) > 15
        ]
    turns = [turn.strip() for chat in _half(folder / "multidogo_conv.csv") for turn in chat.split("\n")]
    texts += [turn for turn in turns[: 5 * _MOST_LINES] if _harmless(turn, lexicon)][:_MOST_LINES]
    return texts


def _half(path: Path) -> list[str]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row["text"] for i, row in enumerate(csv.DictReader(file)) if i % 2 == 0]


def _harmless(line: str, lexicon: Lexicon) -> bool:
    """Only words among the commonest, and those that are names too only among the very commonest."""
    words = re.findall(r"[^\W\d_]+", line.lower())
    return bool(words) and all(
        lexicon.rank.get(word, 9) == 0 or (lexicon.rank.get(word, 9) == 1 and word not in lexicon.first)
        for word in words
    )
