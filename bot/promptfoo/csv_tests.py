"""A row of a test table -> a test: ``__expected``, ``__prefix`` and the other special columns."""

import re
from collections.abc import Mapping
from typing import Any

from bot.errors import InputError
from bot.promptfoo.assertions import finite_number, from_words

_CONFIGURED = re.compile(r"__expected(\d*)")


def tests_of_rows(rows: list[dict[str, str]], name: str) -> list[dict[str, Any]]:
    """A test for each row, described as in the table, else by its number. Raises InputError with the row."""
    return [
        {"description": f"Row #{number}", **test_of_row(row, f"{name} row {number}")}
        for number, row in enumerate(rows, start=1)
    ]


def test_of_row(row: Mapping[str, str], where: str) -> dict[str, Any]:
    """Keys as in a test of a config; columns without two leading underscores are vars."""
    cells = {key.strip(): value for key, value in row.items()}
    test: dict[str, Any] = {"vars": {}, "assert": [], "options": {}, "metadata": {}}
    thresholds: dict[int, float] = {}
    for key, value in cells.items():
        if key.startswith("__expected"):
            if value.strip():
                test["assert"].append(_words(value.strip(), where))
        elif key in {"__prefix", "__suffix"}:
            test["options"][key[2:]] = value
        elif key in {"__description", "__providerOutput"}:
            test.update({key[2:]: value} if value else {})
        elif key == "__threshold":
            threshold = finite_number(value)
            test.update({} if threshold is None else {"threshold": threshold})
        elif key.startswith("__metadata:"):
            test["metadata"].update(_metadata(key[len("__metadata:") :], value))
        elif key.startswith("__config:"):
            thresholds.update(_configured(key, value, where))
        elif key not in {"__metric", "__metadata"}:
            test["vars"][key] = value
    _configure(test, cells.get("__metric"), thresholds)
    return test


def _words(cell: str, where: str) -> dict[str, Any]:
    try:
        return from_words(cell)
    except InputError as error:
        raise InputError(f"{where}: {error.message}", hint=error.hint) from None


def _configure(test: dict[str, Any], metric: str | None, thresholds: Mapping[int, float]) -> None:
    for index, assertion in enumerate(test["assert"]):
        if metric is not None:
            assertion["metric"] = metric
        if index in thresholds:
            assertion["threshold"] = test["metadata"]["threshold"] = thresholds[index]


def _metadata(key: str, value: str) -> dict[str, Any]:
    if not value.strip():
        return {}
    if not key.endswith("[]"):
        return {key: value}
    return {key[:-2]: [part.strip().replace("\\,", ",") for part in re.split(r"(?<!\\),", value)]}


def _configured(key: str, value: str, where: str) -> dict[int, float]:
    """``__config:__expected2:threshold``: which assertion, counted from 0, and its threshold."""
    parts = key[len("__config:") :].split(":")
    if len(parts) != 2:
        return {}
    expected, what = _CONFIGURED.fullmatch(parts[0]), parts[1]
    number = int(expected[1] or 1) if expected else 0
    threshold = finite_number(value)
    if number < 1 or what != "threshold" or threshold is None:
        raise InputError(
            f"{where}: the column {key} with {value!r} sets nothing.",
            hint="Write __config:__expected:threshold, or __expected2 …, and a number in every row.",
        )
    return {number - 1: threshold}
