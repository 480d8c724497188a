"""What promptfoo's files say, in the words that sets are read by; its own reading of them is asked."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from bot.domain.datasets.coding import assertion_from_json
from bot.domain.datasets.columns import Unfit
from bot.domain.scoring import Assertion
from bot.errors import InputError
from bot.promptfoo.assertions import from_words
from bot.promptfoo.csv_tests import test_of_row

_MOST_OF_ONE = 1_000  # cases that lists of values may make of one test


def parse_expected(text: str) -> Assertion | None:
    """The check that a cell writes (``contains: x``); None for plain words.

    Raises:
        Unfit: it is broken.
    """
    try:
        said = from_words(text.strip())
    except InputError as error:
        raise Unfit("expected", error.message.rstrip(".")) from None
    is_plain = said == {"type": "equals", "value": text.strip()}
    if "file://" in (text.strip()[:7], str(said.get("value"))[:7]):
        raise Unfit("expected", "a set holds its texts itself: file:// is not followed")
    return None if is_plain else assertion_from_json(said)


def plain_row(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A table's row whose special columns (``__expected``, ``__threshold`` …) are read as promptfoo does.

    Raises:
        Unfit: a special column says what cannot be.
    """
    special = {name: cell for name, cell in row.items() if name.startswith("__") and isinstance(cell, str)}
    if not special:
        return row
    try:
        test = test_of_row(special, "")
    except InputError as error:
        raise Unfit("__expected", error.message.removeprefix(": ").rstrip(".")) from None
    if "providerOutput" in test:
        raise Unfit("__providerOutput", "a set holds questions and right answers, no outputs")
    equal = (each["value"] for each in test["assert"] if each["type"] == "equals")
    said = {name: value for name, value in test.items() if name != "vars" and value not in ([], {})}
    plain = {name: cell for name, cell in row.items() if name not in special}
    return {"expected": next(equal, ""), **plain, **said}


def expanded(row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """One test for each combination where variables are lists, as promptfoo makes them; a case with an id of
    ours is one case.

    Raises:
        Unfit: there would be too many.
    """
    values, options = row.get("vars"), row.get("options")
    metadata = row.get("metadata")
    ours = "id" in row or (isinstance(metadata, dict) and "plumbline" in metadata)
    off = isinstance(options, dict) and options.get("disableVarExpansion")
    lists = (
        {name: each for name, each in values.items() if isinstance(each, list)}
        if isinstance(values, dict)
        else {}
    )
    if ours or off or not lists:
        yield row
        return
    many = 1
    for each in lists.values():
        many *= len(each)
    if many > _MOST_OF_ONE:
        raise Unfit("vars", f"its lists make {many:,} cases; at most {_MOST_OF_ONE:,} of one test")
    for chosen in product(*lists.values()):
        yield {**row, "vars": {**row["vars"], **dict(zip(lists, chosen, strict=True))}}
