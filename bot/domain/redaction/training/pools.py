"""Names and addresses to train on, drawn from the locale data of Faker (MIT)."""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from faker import Faker
from faker.providers import person as person_locales

_CYRILLIC_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщыэюяіїєґ"
_CYRILLIC_ROMAN = "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya i yi ye g"
_GREEK_LETTERS = "αβγδεζηθικλμνξοπρστυφχψως"
_GREEK_ROMAN = "a v g d e z i th i k l m n x o p r s t y f ch ps o s"
_ROMAN = {
    **dict(zip(_CYRILLIC_LETTERS, _CYRILLIC_ROMAN.split(), strict=True)),
    **dict(zip(_GREEK_LETTERS, _GREEK_ROMAN.split(), strict=True)),
    "ъ": "",
    "ь": "",
}
_STREETS = """
en_US en_US en_US en_GB en_GB en_CA en_AU en_IE en_NZ en_IN de_DE de_DE de_AT de_CH fr_FR fr_FR
fr_CH fr_CA es_ES es_MX es_AR es_CL it_IT pt_BR pt_PT nl_NL nl_BE sv_SE no_NO da_DK fi_FI pl_PL
cs_CZ sk_SK hu_HU hr_HR sl_SI ro_RO et_EE lt_LT lv_LV tr_TR el_GR uk_UA
"""
STREET_LOCALES = _STREETS.split()
"""Locales to draw addresses from, the likely ones more than once."""


@dataclass(frozen=True, slots=True)
class People:
    """First and last names of one locale, Latin letters or their own script."""

    first: tuple[str, ...]
    last: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Pieces of addresses of one locale."""

    streets: tuple[str, ...]
    cities: tuple[str, ...]
    postcodes: tuple[str, ...]
    states: tuple[str, ...]
    countries: tuple[str, ...]


def romanised(name: str) -> str:
    """Cyrillic and Greek names in Latin letters, roughly as passports do; others as they are."""
    lower = name.lower()
    if not any(char in _ROMAN for char in lower):
        return name
    return "".join(_ROMAN.get(char, char) for char in lower).title()


def people() -> list[People]:
    """One entry per locale of Faker that has enough names; non-Latin ones twice, once romanised."""
    pools = []
    for module in pkgutil.iter_modules(person_locales.__path__):
        provider = importlib.import_module(f"{person_locales.__name__}.{module.name}").Provider
        first, last = _names(provider, "first"), _names(provider, "last")
        if len(first) < 20 or len(last) < 10:
            continue
        pools.append(People(first, last))
        if not first[0].isascii() and romanised(first[0]) != first[0]:
            pools.append(People(tuple(map(romanised, first)), tuple(map(romanised, last))))
    return pools


def english_first_names() -> frozenset[str]:
    """First names of the English-speaking locales, lower case."""
    modules = (
        importlib.import_module(f"{person_locales.__name__}.{name}") for name in ("en_US", "en_GB", "en_IN")
    )
    return frozenset(name.lower() for module in modules for name in _names(module.Provider, "first"))


def _names(provider: type, part: str) -> tuple[str, ...]:
    found: set[str] = set()
    for attribute in dir(provider):
        if part in attribute and ("name" in attribute or "romanized" in attribute):
            found.update(_flat(getattr(provider, attribute)))
    return tuple(sorted(name for name in found if re.fullmatch(r"[^\W\d_][^\d_(){}]{1,24}", name)))


def _flat(values: object) -> Iterable[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, Mapping | Sequence | set | frozenset):
        for value in values:
            yield from _flat(value)


def places(locale: str, seed: int, size: int = 250) -> Places:
    """``size`` streets, towns, postcodes, states and countries of one locale, empty where it has none."""
    fake = Faker(locale)
    fake.seed_instance(seed)

    def draw(*names: str) -> tuple[str, ...]:
        method = next((getattr(fake, name) for name in names if hasattr(fake, name)), None)
        return tuple(str(method()) if method else "" for _ in range(size))

    return Places(
        draw("street_name"), draw("city"), draw("postcode"), draw("state_abbr", "state"), draw("country")
    )
