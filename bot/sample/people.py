"""Who writes: invented requesters with reserved addresses, numbers and streets."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sample.dice import Dice

RETURNING = 0.31
"""Chance that a ticket comes from somebody who wrote before."""
ABROAD = 0.05
"""Chance that somebody who writes English lives in a country with another language."""
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Person:
    """``price`` is one box in the money of the country; ``lag`` the days they leave an update waiting."""

    first: str
    last: str
    email: str
    phone: str
    address: str
    city: str
    country: str
    language: str
    plan: str
    money: str
    price: int
    serial: str
    lag: int

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


class Crowd:
    """Everybody who has written so far; ``writer`` finds the next one or makes them up."""

    def __init__(self, people: Mapping[str, Any]) -> None:
        self._data = people
        self._dice = Dice("crowd")
        self._known: dict[str, list[Person]] = {}
        self._emails: set[str] = set()
        self._heavy = {key: self._regular(fixed) for key, fixed in people["heavy"].items()}

    def writer(self, language: str, by: str | None) -> Person:
        if by is not None:
            return self._heavy[by]
        known = self._known.setdefault(language, [])
        if known and self._dice.chance(RETURNING):
            return self._dice.pick(known)
        known.append(self._newcomer(language))
        return known[-1]

    def _newcomer(self, language: str) -> Person:
        dice, data = self._dice, self._data
        country = self._country(language)
        place = data["countries"][country]
        names = data["languages"][language]
        first, last = dice.pick(names["first"]), dice.pick(names["last"])
        plan = dice.weighted(list(data["plans"]), [each["weight"] for each in data["plans"].values()])
        city = dice.pick(place["cities"])
        return Person(
            first=first,
            last=last,
            email=self._email(first, last),
            phone=self._digits(dice.pick(place["phones"])) if place["phones"] else "",
            address=self._address(place, city),
            city=city,
            country=country,
            language=language,
            plan=plan,
            money=place["money"],
            price=data["plans"][plan]["price"],
            serial=self._serial(),
            lag=dice.between(0, 6) if dice.chance(0.7) else dice.between(10, 60),
        )

    def _address(self, place: Mapping[str, Any], city: str) -> str:
        pattern: str = place["address"]
        street, postcode = self._dice.pick(place["streets"]), self._dice.pick(place["postcodes"])
        return pattern.format(number=self._dice.between(2, 96), street=street, city=city, postcode=postcode)

    def _country(self, language: str) -> str:
        places: Mapping[str, Any] = self._data["countries"]
        abroad = language == "en" and self._dice.chance(ABROAD)
        fitting = {code: each for code, each in places.items() if (each["language"] == language) != abroad}
        codes = list(fitting)
        return self._dice.weighted(codes, [fitting[code]["weight"] for code in codes])

    def _email(self, first: str, last: str) -> str:
        given, family = _ascii(first), _ascii(last)
        while True:
            local = self._dice.pick(
                (
                    f"{given}.{family}",
                    f"{given[0]}{family}",
                    f"{given}{family}{self._dice.between(51, 99)}",
                    f"{family}.{given}",
                    f"{given}_{family[:3]}",
                )
            )
            email = f"{local}@{self._dice.pick(self._data['domains'])}"
            if email not in self._emails:
                self._emails.add(email)
                return email

    def _serial(self) -> str:
        return f"SL-{self._dice.between(2, 9)}{self._dice.pick('KMTRX')}{self._dice.between(1000, 9999)}"

    def _digits(self, pattern: str) -> str:
        """``{3}`` in a number stands for three digits of the reserved range."""
        return re.sub(r"\{(\d)\}", lambda m: f"{self._dice.below(10 ** int(m[1])):0{m[1]}d}", pattern)

    def _regular(self, fixed: Mapping[str, Any]) -> Person:
        place = self._data["countries"][fixed["country"]]
        return Person(
            **fixed,
            city="Whitby",
            language=place["language"],
            money=place["money"],
            serial=self._serial(),
            lag=0,
        )


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())
