"""What goes into the slots of a template: names as people write them, brands, dates, codes, sentences."""

from collections.abc import Callable, Sequence

from faker import Faker

from bot.domain.redaction.cues import BRANDS
from bot.domain.redaction.masks import ANY, MASKS
from bot.domain.redaction.training.dice import Dice
from bot.domain.redaction.training.layouts import address
from bot.domain.redaction.training.pools import STREET_LOCALES, People, Places, people, places
from bot.domain.redaction.training.templates import lines

_TITLES = ("Mr.", "Mrs.", "Ms.", "Dr.", "Mr", "Mrs", "Miss", "Prof.", "dr.", "mr")
_MONTHS = ("January", "Feb", "March", "Apr", "May", "June", "Jul", "August", "Sept", "Oct", "Nov", "Dec")
_LATIN_SHARE = 0.92
_CODE = "abcdefghijklmnopqrstuvwxyz" + 2 * "0123456789"


def _working_life(seed: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Companies and jobs. One Faker per locale: one of several locales picks among them without our seed."""
    companies: list[str] = []
    jobs: list[str] = []
    for locale in ("en_US", "en_GB", "de_DE", "fr_FR", "es_ES"):
        fake = Faker(locale)
        fake.seed_instance(seed)
        companies += (str(fake.company()) for _ in range(300))
        jobs += (str(fake.job()).split(",")[0] for _ in range(120))
    return tuple(companies), tuple(jobs)


class Slots:
    """Draws values for slots; one locale for the names and one for the places of each sentence."""

    def __init__(self, dice: Dice, seed: int, real: Sequence[str]) -> None:
        self.dice = dice
        self.real = real
        self.people = people()
        self.latin = [pool for pool in self.people if pool.first[0][0] < "\u0250"]
        self.places = [places(locale, seed + i) for i, locale in enumerate(STREET_LOCALES)]
        self.companies, self.jobs = _working_life(seed)
        self.words = tuple(" ".join(lines("words")).split())
        self.verbs, self.languages = lines("verbs"), lines("languages")
        self.brands = (*sorted(BRANDS), *sorted(BRANDS), *lines("companies"))
        self.foreign = lines("foreign")

    def locale(self) -> tuple[People, Places]:
        pool = self.dice.pick(self.latin if self.dice.chance(_LATIN_SHARE) else self.people)
        return pool, self.dice.pick(self.places)

    def value(self, slot: str, pool: People, place: Places) -> str:
        """Text for one slot letter; templates.py says what each stands for."""
        if slot in MASKS:
            return MASKS[slot]
        dice = self.dice
        makers: dict[str, Callable[[], str]] = {
            "P": lambda: self.person(pool),
            "F": lambda: dice.pick(pool.first) if dice.chance(0.9) else self.person(pool),
            "A": lambda: address(dice, place),
            "O": self.organisation,
            "G": self.brand,
            "C": lambda: dice.pick(place.cities),
            "K": lambda: dice.pick(place.countries),
            "J": lambda: dice.pick(self.jobs),
            "V": lambda: dice.pick(self.verbs),
            "L": lambda: dice.pick(self.languages),
            "W": lambda: dice.pick(self.words),
            "N": lambda: str(dice.below(10 ** dice.between(1, 5))),
            "D": self.date,
            "X": lambda: dice.letters("0123456789abcdef", 7, 40),
            "Z": lambda: dice.pick(("", " ")).join(dice.letters(_CODE, 4, 8)),
            "B": self.sentence,
        }
        return makers[slot]()

    def person(self, pool: People) -> str:
        """A name as people write it: alone, in full, with an initial, a title, or the last name first."""
        dice = self.dice
        first, last = dice.pick(pool.first), dice.pick(pool.last)
        initial, title = dice.letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1, 1), dice.pick(_TITLES)
        forms = (
            (0.17, first),
            (0.06, last),
            (0.42, f"{first} {last}"),
            (0.08, f"{first} {initial}. {last}"),
            (0.05, f"{first} {initial} {last}"),
            (0.06, f"{title} {last}"),
            (0.04, f"{title} {first} {last}"),
            (0.06, f"{last}, {first}"),
            (0.02, f"{first} {last}{dice.pick((' II', ' III', ' Jr.', ' Sr.'))}"),
            (0.04, f"{first} {dice.pick(pool.last)}{dice.pick((' ', '-'))}{last}"),
        )
        return forms[dice.weighted([share for share, _ in forms])][1]

    def organisation(self) -> str:
        first, second = self.dice.pick(self.words), self.dice.pick(self.words)
        return self.dice.pick(
            (f"{first}{second}", f"{first} {second}", *(self.dice.pick(self.companies),) * 2)
        )

    def brand(self) -> str:
        brand = self.dice.pick(self.brands)
        return brand.title() if self.dice.chance(0.6) else brand

    def date(self) -> str:
        """A date or a time of day."""
        dice = self.dice
        day, month, year = dice.between(1, 28), dice.between(1, 12), dice.between(1990, 2029)
        hour, minute, name = dice.below(24), dice.below(60), dice.pick(_MONTHS)
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
        return dice.pick(forms)

    def sentence(self) -> str:
        """A real sentence of up to 160 characters, mistyped now and then, or one in another language."""
        dice = self.dice
        if dice.chance(0.12):
            text = dice.pick(self.foreign)
            for slot, sign in MASKS.items():
                text = text.replace(f"{{{slot}}}", sign)
            return text.replace("{N}", str(dice.below(90)))
        text = self.mistyped(dice.pick(self.real).strip())
        if dice.chance(0.12):  # any find may stand beside any word
            words = text.split(" ")
            words.insert(dice.below(len(words) + 1), dice.pick(ANY[:-2]))
            text = " ".join(words)
        return text if len(text) < 160 else text[:160].rsplit(" ", 1)[0]

    def mistyped(self, text: str) -> str:
        """Now and then a word shouted, a letter dropped or swapped: an unknown word is no name yet."""
        dice = self.dice
        if dice.chance(0.06):
            word = dice.pick(text.split() or ("now",))
            text = text.replace(word, word.upper(), 1)
        for _ in range(dice.weighted((0.6, 0.25, 0.1, 0.05))):
            i = dice.between(1, len(text) - 3) if len(text) > 12 else 0
            if i and text[i].isalpha() and text[i + 1].isalpha():
                change = dice.below(3)
                middle = ("", text[i] * 2, text[i + 1] + text[i])[change]
                text = text[:i] + middle + text[i + 1 + (change == 2) :]
        return text
