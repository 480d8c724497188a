"""Builds labelled sentences from templates, pools of names and addresses, and real support sentences."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from faker import Faker

from bot.domain.redaction.cues import BRANDS
from bot.domain.redaction.features import TOKEN, Lexicon
from bot.domain.redaction.masks import ANY, MASKS, mask
from bot.domain.redaction.placeholders import settle
from bot.domain.redaction.structured import find_structured
from bot.domain.redaction.training.foreign import FOREIGN, LOGS, PROSE, VERBS
from bot.domain.redaction.training.layouts import address
from bot.domain.redaction.training.pools import STREET_LOCALES, People, Places, people, places
from bot.domain.redaction.training.templates import ADDRESSES, COMPANIES, LANGUAGES, OTHERS, PEOPLE, WORDS

T = TypeVar("T")
LABELS = "OPA"
_SHARES = (0.3, 0.14, 0.08, 0.05, 0.06, 0.08, 0.13, 0.16)
_IN_THREADS = (0.4, 0.25, 0.1, 0.05, 0.2, 0.0)
_SLOT = re.compile(r"\{([A-Z])\}")
_FALLBACK = (
    "i still wait for an answer",
    "it does not work",
    "please help",
    "where is my order",
    "thank you",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and one label per token of ``features.tokenize``: O, P(erson) or A(ddress)."""

    text: str
    labels: str


class Corpus:
    """Draws sentences; everything follows from the seed and the real sentences given."""

    def __init__(self, seed: int, real: Sequence[str]) -> None:
        self.rng = np.random.default_rng(seed)
        self.people = people()
        self.latin = [pool for pool in self.people if pool.first[0][0] < "\u0250"]
        self.places = [places(locale, seed + i) for i, locale in enumerate(STREET_LOCALES)]
        self.real = real or _FALLBACK
        fake = Faker(["en_US", "en_GB", "de_DE", "fr_FR", "es_ES"])
        fake.seed_instance(seed)
        self.companies = tuple(str(fake.company()) for _ in range(1500))
        self.jobs = tuple(str(fake.job()).split(",")[0] for _ in range(600))
        self.words = tuple(WORDS.split())
        self.brands = (*sorted(BRANDS), *sorted(BRANDS), *(name.strip() for name in COMPANIES.split(",")))
        self.languages = tuple(LANGUAGES.split())
        self.verbs = tuple(VERBS.split())
        self.templates = tuple(
            tuple(
                line.replace("\\n", "\n").replace("{{", "\x01").replace("}}", "\x02")
                for line in group.strip().split("\n")
            )
            for group in (PEOPLE, ADDRESSES, OTHERS, FOREIGN, LOGS, PROSE)
        )

    def draw(self, size: int) -> Iterator[Sentence]:
        """``size`` sentences: about people, addresses, neither, in other languages, real ones, whole chats."""
        for kind in self.rng.choice(len(_SHARES), size=size, p=_SHARES):
            if kind < len(self.templates):
                yield self.filled(self.pick(self.templates[kind]))
            elif kind == len(self.templates):
                yield self.styled(self.mistyped(self.pick(self.real)), [])
            else:
                yield self.filled(self.thread())

    def thread(self) -> str:
        """A template of several lines or sentences: a chat, a rambling mail, with or without a person in it."""
        lines = ["{B}"] * int(self.rng.integers(1, 6))
        for _ in range(int(self.rng.integers(0, 4))):
            group = self.templates[int(self.rng.choice(len(self.templates), p=_IN_THREADS))]
            lines.insert(int(self.rng.integers(len(lines) + 1)), self.pick(group))
        return self.pick(("\n", "\n", " \n", " ", ". ", "\n\n")).join(lines)

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self.rng.integers(len(options)))]

    def chance(self, p: float) -> bool:
        return bool(self.rng.random() < p)

    def filled(self, template: str) -> Sentence:
        """A template with every slot filled, the spans of people and addresses kept."""
        pool = self.pick(self.latin if self.chance(0.92) else self.people)
        place = self.pick(self.places)
        text, spans, at = "", [], 0
        for slot in _SLOT.finditer(template):
            text += template[at : slot.start()]
            value = self.value(slot.group(1), pool, place)
            if slot.group(1) in "PFA":
                spans.append((len(text), len(text) + len(value), "A" if slot.group(1) == "A" else "P"))
            text += value
            at = slot.end()
        text += template[at:]
        return self.styled(text.replace("\x01", "{").replace("\x02", "}"), spans)

    def value(self, slot: str, pool: People, place: Places) -> str:
        if slot in MASKS:
            return MASKS[slot] * int(self.rng.integers(5, 12))
        if slot == "D":
            return self.date()
        if slot == "X":
            return self.letters("0123456789abcdef", 7, 40)
        if slot == "Z":
            return self.pick(("", " ")).join(
                self.letters("abcdefghijklmnopqrstuvwxyz0123456789" + "0123456789", 4, 8)
            )
        if slot == "N":
            return str(int(self.rng.integers(0, 10 ** int(self.rng.integers(1, 6)))))
        makers = {
            "P": lambda: self.person(pool),
            "F": lambda: self.pick(pool.first) if self.chance(0.9) else self.person(pool),
            "A": lambda: address(self.rng, place),
            "O": lambda: self.organisation(pool),
            "G": self.brand,
            "L": lambda: self.pick(self.languages),
            "C": lambda: self.pick(place.cities),
            "K": lambda: self.pick(place.countries),
            "J": lambda: self.pick(self.jobs),
            "W": lambda: self.pick(self.words),
            "B": lambda: self.body(),
            "V": lambda: self.pick(self.verbs),
        }
        return makers[slot]()

    def letters(self, alphabet: str, low: int, high: int) -> str:
        return "".join(self.pick(alphabet) for _ in range(int(self.rng.integers(low, high + 1))))

    def date(self) -> str:
        """A date or a time of day."""
        day, month, year = self.rng.integers(1, 29), self.rng.integers(1, 13), self.rng.integers(1990, 2030)
        hour, minute = self.rng.integers(0, 24), self.rng.integers(0, 60)
        name = self.pick(
            ("January", "Feb", "March", "Apr", "May", "June", "Jul", "August", "Sept", "Oct", "Nov", "Dec")
        )
        forms = (
            f"{year}-{month:02}-{day:02}",
            f"{month}/{day}/{year}",
            f"{day}.{month}.{year}",
            f"{name} {day}",
            f"{day} {name} {year}",
            f"{hour}:{minute:02}",
            f"{hour:02}:{minute:02}:{day:02}.{minute:03}",
            f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}",
            f"{day}{month}{year}",
        )
        return self.pick(forms)

    def body(self) -> str:
        if self.chance(0.12):
            text = self.pick(self.templates[3])
            return _SLOT.sub(lambda slot: MASKS.get(slot[1], "x") * 6, text)
        text = self.mistyped(self.pick(self.real).strip())
        if self.chance(0.12):  # any find may stand beside any word
            words = text.split(" ")
            words.insert(int(self.rng.integers(len(words) + 1)), self.pick(ANY[:-2]) * 8)
            text = " ".join(words)
        return text if len(text) < 160 else text[:160].rsplit(" ", 1)[0]

    def mistyped(self, text: str) -> str:
        """Now and then a word shouted, a letter dropped, doubled or swapped: an unknown word is no name yet."""
        if self.chance(0.06):
            word = self.pick(text.split() or ("now",))
            text = text.replace(word, word.upper(), 1)
        for _ in range(int(self.rng.choice(4, p=[0.6, 0.25, 0.1, 0.05]))):
            if len(text) > 12:
                i = int(self.rng.integers(1, len(text) - 2))
                if text[i].isalpha() and text[i + 1].isalpha():
                    change = int(self.rng.integers(3))
                    text = (
                        text[:i]
                        + ("", text[i] * 2, text[i + 1] + text[i])[change]
                        + text[i + 1 + (change == 2) :]
                    )
        return text

    def brand(self) -> str:
        brand = self.pick(self.brands)
        return brand.title() if self.chance(0.6) else brand

    def organisation(self, pool: People) -> str:
        kind = int(self.rng.integers(4))
        if kind == 0:
            return "".join(self.pick(self.words) for _ in range(2))
        if kind == 1:
            return f"{self.pick(self.words)} {self.pick(self.words)}"
        return self.pick(self.companies)

    def person(self, pool: People) -> str:
        """A name as people write it: alone, in full, with an initial, a title, or the last name first."""
        first, last = self.pick(pool.first), self.pick(pool.last)
        initial = chr(65 + int(self.rng.integers(26)))
        title = self.pick(("Mr.", "Mrs.", "Ms.", "Dr.", "Mr", "Mrs", "Miss", "Prof.", "dr.", "mr"))
        forms = (
            (0.17, first),
            (0.06, last),
            (0.42, f"{first} {last}"),
            (0.08, f"{first} {initial}. {last}"),
            (0.05, f"{first} {initial} {last}"),
            (0.06, f"{title} {last}"),
            (0.04, f"{title} {first} {last}"),
            (0.06, f"{last}, {first}"),
            (0.02, f"{first} {last}{self.pick((' II', ' III', ' Jr.', ' Sr.'))}"),
            (0.04, f"{first} {self.pick(pool.last)}{self.pick((' ', '-'))}{last}"),
        )
        return forms[int(self.rng.choice(len(forms), p=[share for share, _ in forms]))][1]

    def styled(self, text: str, spans: Sequence[tuple[int, int, str]]) -> Sentence:
        """As written, all lower case, or shouted: people type in all three ways."""
        style = self.rng.random()
        if style < 0.3:
            text = _same_length(text, str.lower)
        elif style < 0.34:
            text = _same_length(text, str.upper)
        elif style < 0.4 and spans:
            start, end, _ = spans[int(self.rng.integers(len(spans)))]
            text = text[:start] + _same_length(text[start:end], str.upper) + text[end:]
        elif style < 0.46 and spans:
            for start, end, _ in spans:
                text = text[:start] + _same_length(text[start:end], str.lower) + text[end:]
        text = mask(text, settle(text, find_structured(text)))
        labels = []
        for match in TOKEN.finditer(text):
            labels.append(next((kind for a, b, kind in spans if a <= match.start() < b), "O"))
        return Sentence(text, "".join(labels))


def _same_length(text: str, change: Callable[[str], str]) -> str:
    changed = change(text)
    return changed if len(changed) == len(text) else text


def real_sentences(folder: Path, lexicon: Lexicon) -> list[str]:
    """Texts of the ticket corpora without names: every second row only, the other half measures over-redaction.

    Chats do hold names: of those, lines in common words only.
    """
    texts = [text for name in ("banking77", "clinc150", "bitext27") for text in _half(folder / f"{name}.csv")]
    for complaint in _half(folder / "cfpb_narr.csv"):
        texts += [
            piece.strip() for piece in re.split(r"(?<=[.!?])\s+(?=[A-Z])", complaint) if len(piece) > 15
        ]
    lines = [line for chat in _half(folder / "multidogo_conv.csv") for line in chat.split("\n")]
    texts += [line.strip() for line in lines[:60_000] if _harmless(line, lexicon)][:12_000]
    return texts


def _half(path: Path) -> list[str]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row["text"] for i, row in enumerate(csv.DictReader(file)) if i % 2 == 0]


def _harmless(line: str, lexicon: Lexicon) -> bool:
    words = re.findall(r"[^\W\d_]+", line.lower())
    return bool(words) and all(
        lexicon.rank.get(word, 9) < 2 and (lexicon.rank[word] == 0 or word not in lexicon.first)
        for word in words
    )
