"""Ways of writing an address."""

from collections.abc import Sequence

from bot.domain.redaction.training.dice import Dice
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
)
_UNITS = ("Apt.", "Suite", "Apt", "Unit", "Flat", "Studio", "Floor", "#", "apartment", "Room")
_BOXES = ("P.O. Box", "PO Box", "Postfach", "Postbox")
_COUNTRY_CODES = ("DE", "GB", "US", "FR", "FI", "IT", "UK", "USA", "NL")
_GAPS = (", ", ", ", ", ", "\n", "\n ", " ", "\n\n", ",\n")
_CORNERS = ("the corner of", "the corner of", "corner of", "crossing of")


def address(dice: Dice, place: Places) -> str:
    """One address: number and street in either order, perhaps a flat, a town, a postcode, a country."""
    if dice.chance(0.06):
        return _military(dice)
    if dice.chance(0.05):
        other = _lead(dice, place) if dice.chance(0.3) else _street(dice, place)
        return f"{dice.pick(_CORNERS)} {_lead(dice, place)} and {other}"
    line = _with_unit(dice, _lead(dice, place))
    if dice.chance(0.12):
        return line
    gap = dice.pick(_GAPS)
    return f"{line}{gap}{_town(dice, place)}{_country(dice, place, gap)}"


def _street(dice: Dice, place: Places) -> str:
    name = dice.pick(place.streets)
    for full, short in _SHORT:
        if full in name and dice.chance(0.4):
            return name.replace(full, short)
    return f"{dice.pick(_PREFIXES)} {name}" if dice.chance(0.06) else name


def _lead(dice: Dice, place: Places) -> str:
    """Street and number, or a post box."""
    number = str(dice.below(10 ** dice.between(1, 4)) + 1)
    if dice.chance(0.4):
        number += dice.pick(("", "", "", "", "A", "b", "-3", "/2", "."))
    street = _street(dice, place)
    line = f"{number} {street}" if dice.chance(0.5) else f"{street} {number}"
    if dice.chance(0.05):
        line = f"{dice.pick(_BOXES)} {dice.digits(2, 5)}"
    return f"{dice.digits(2, 5)} {line}" if dice.chance(0.15) else line


def _with_unit(dice: Dice, line: str) -> str:
    if not dice.chance(0.3):
        return line
    unit = f"{dice.pick(_UNITS)} {dice.digits(1, 3)}{dice.pick(('', '', 'A', 'B'))}"
    return f"{line}{dice.pick((' ', ', ', ' ', chr(10)))}{unit}" if dice.chance(0.75) else f"{unit}, {line}"


def _town(dice: Dice, place: Places) -> str:
    city, code, state = dice.pick(place.cities), dice.pick(place.postcodes), dice.pick(place.states)
    if dice.chance(0.15):
        city = city.upper()
    if dice.chance(0.3):
        code = dice.digits(4, 5)
    forms: Sequence[str] = (
        f"{code} {city}",
        f"{city} {code}",
        f"{city}, {code}",
        city,
        f"{city}, {state} {code}",
        f"{city} {state} {code}",
        f"{city}\n, {state}\n {code}",
    )
    return dice.pick(forms)


def _country(dice: Dice, place: Places, gap: str) -> str:
    if not dice.chance(0.25):
        return ""
    country = dice.pick((dice.pick(place.countries), dice.pick(_COUNTRY_CODES)))
    code = f" {dice.digits(4, 5)}" if dice.chance(0.25) else ""
    return f"{dice.pick((gap, ', ', ' '))}{country}{code}"


def _military(dice: Dice) -> str:
    box = dice.pick(
        (
            f"Unit {dice.digits(4, 4)} Box {dice.digits(4, 4)}",
            f"PSC {dice.digits(4, 4)}, Box {dice.digits(4, 4)}",
        )
    )
    office = f"{dice.pick(('APO', 'FPO', 'DPO'))} {dice.pick(('AA', 'AE', 'AP'))}"
    return f"{box}{dice.pick((chr(10), ', '))}{office} {dice.digits(5, 5)}"
