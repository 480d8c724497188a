"""Ways of writing an address."""

from collections.abc import Sequence

import numpy as np

from bot.domain.redaction.training.pools import Places


_SHORT = (
    ("Street", "St"),
    ("Road", "Rd"),
    ("Avenue", "Ave"),
    ("Drive", "Dr"),
    ("Lane", "Ln"),
    ("Boulevard", "Blvd."),
    ("Square", "Sq"),
    ("straße", "str."),
    ("Avenida", "Av."),
    ("Calle", "C."),
    ("avenue", "av."),
)
_PREFIXES = (
    "ul.",
    "ulica",
    "al.",
    "os.",
    "Ctra.",
    "Rua",
    "Via",
    "rue",
    "Calle",
    "R.",
    "C/",
    "ul",
    "Plac",
    "Av.",
    "Ulica",
)


def address(rng: np.random.Generator, place: Places) -> str:
    """One address: number and street in either order, perhaps a flat, a town, a postcode, a country."""

    def pick(options: Sequence[str]) -> str:
        return options[int(rng.integers(len(options)))]

    def chance(p: float) -> bool:
        return bool(rng.random() < p)

    def digits(low: int, high: int) -> str:
        length = int(rng.integers(low, high + 1))
        return "".join(str(d) for d in rng.integers(0, 10, size=length))

    def military() -> str:
        first = pick((f"Unit {digits(4, 4)} Box {digits(4, 4)}", f"PSC {digits(4, 4)}, Box {digits(4, 4)}"))
        return f"{first}{pick((chr(10), ', '))}{pick(('APO', 'FPO', 'DPO'))} {pick(('AA', 'AE', 'AP'))} {digits(5, 5)}"

    def street_name() -> str:
        name = pick(place.streets)
        for full, short in _SHORT:
            if full in name and chance(0.4):
                return name.replace(full, short)
        return f"{pick(_PREFIXES)} {name}" if chance(0.06) else name

    def lead() -> str:
        street, number = street_name(), str(int(rng.integers(1, 10 ** int(rng.integers(1, 5)))))
        number += pick(("", "", "", "", "A", "b", "-3", "/2", ".")) if chance(0.4) else ""
        line = f"{number} {street}" if chance(0.5) else f"{street} {number}"
        if chance(0.05):
            line = f"{pick(('P.O. Box', 'PO Box', 'Postfach', 'Postbox'))} {digits(2, 5)}"
        if chance(0.15):
            line = f"{digits(2, 5)} {line}"
        return line

    def unit() -> str:
        name = pick(("Apt.", "Suite", "Apt", "Unit", "Flat", "Studio", "Floor", "#", "apartment", "Room"))
        return f"{name} {digits(1, 3)}{pick(('', '', 'A', 'B'))}"

    if chance(0.06):
        return military()
    if chance(0.05):
        corner = pick(("the corner of", "the corner of", "corner of", "crossing of"))
        return f"{corner} {lead()} and {lead() if chance(0.3) else street_name()}"
    line = lead()
    if chance(0.3):
        line = (
            f"{line}{pick((' ', ', ', chr(10) + ' ', chr(10)))}{unit()}"
            if chance(0.75)
            else f"{unit()}, {line}"
        )
    if chance(0.12):
        return line
    city, code, state = pick(place.cities), pick(place.postcodes), pick(place.states)
    if chance(0.15):
        city = city.upper()
    if chance(0.3):
        code = digits(4, 5)
    towns = [
        f"{code} {city}",
        f"{city} {code}",
        f"{city}, {code}",
        city,
        f"{city}, {state} {code}",
        f"{city} {state} {code}",
    ]
    town = pick(towns)
    gap = pick((", ", ", ", ", ", "\n", "\n ", " ", "\n\n", ",\n"))
    country = f"{pick((gap, ', ', ' '))}{pick((pick(place.countries), pick(('DE', 'GB', 'US', 'FR', 'FI', 'IT', 'UK', 'USA', 'NL'))))}"
    tail = country if chance(0.25) else ""
    if tail and chance(0.25):
        tail += f" {digits(4, 5)}"
    return f"{line}{gap}{town}{tail}"
