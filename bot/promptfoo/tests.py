"""The tests of a config as objects: written in it, or read from CSV, JSON, JSONL and YAML files."""

from pathlib import Path
from typing import Any

from bot.errors import InputError
from bot.promptfoo.csv_tests import tests_of_rows
from bot.promptfoo.csv_text import read_csv
from bot.promptfoo.documents import load_json, load_yaml
from bot.promptfoo.reading import FILE, Source, has_magic, is_script
from bot.promptfoo.references import resolve_references

_ELSEWHERE = ("http://", "https://", "az://", "huggingface://", "hf://")
_ENOUGH = frozenset({"assert", "vars", "options", "metadata", "provider", "providerOutput", "threshold"})


def read_tests(given: Any, source: Source, where: str = "tests") -> list[dict[str, Any]]:
    """Every test, in order, its ``vars`` an object. Raises InputError."""
    if given is None or given == []:
        return []
    if isinstance(given, str):
        return _from_reference(given, where, source, alone=True)
    if isinstance(given, dict):
        return _generated(given, where, source)
    if not isinstance(given, list):
        raise InputError(f"{where} must be a file or a list of tests.")
    found: list[dict[str, Any]] = []
    for index, entry in enumerate(given):
        place = f"{where}[{index}]"
        if isinstance(entry, str):
            found += _from_reference(entry, place, source, alone=False)
        elif isinstance(entry, dict) and isinstance(entry.get("path"), str):
            found += _generated(entry, place, source)
        else:
            found.append(_checked(entry, place, source.folder, source))
    return found


def with_vars(test: dict[str, Any], where: str, folder: Path, source: Source) -> dict[str, Any]:
    """A test whose ``vars``, where they name YAML files, are what these hold."""
    given = test.get("vars")
    if not isinstance(given, str | list):
        return test
    vars_: dict[str, Any] = {}
    for name in [given] if isinstance(given, str) else given:
        pattern = str(folder / str(name))
        paths = [] if str(name).startswith(FILE) else source.glob(pattern)
        if not paths:
            source.say(
                f"{where}.vars: no vars are read from {name}; write a path that is there, without file://."
            )
        for path in paths:
            content = source.load(load_yaml(source.text(path, where), source.name(path)), source.name(path))
            vars_.update(content if isinstance(content, dict) else {})
    return {**test, "vars": vars_}


def _generated(entry: dict[str, Any], where: str, source: Source) -> list[dict[str, Any]]:
    path = str(entry.get("path") or "")
    if not path:
        raise InputError(f"{where} must be a file or a list of tests.")
    if not is_script(path) and entry.get("config"):
        source.say(f"{where}.config is not applied.")
    return _from_reference(path, where, source, alone=True)


def _from_reference(reference: str, where: str, source: Source, *, alone: bool) -> list[dict[str, Any]]:
    """Tests of a file, or of all files of a pattern. Alone, a file of JSON is taken as it is written."""
    if reference.startswith(_ELSEWHERE):
        raise InputError(
            f"{where}: {reference} lies elsewhere and is not fetched.", hint="Save it as a CSV file."
        )
    if is_script(reference):
        raise InputError(
            f"{where}: {reference} makes tests by a program, which is not run here.",
            hint="Run it once and save what it makes as JSON.",
        )
    paths = source.glob(reference) if has_magic(reference) else [source.path(reference)]
    if not paths:
        raise InputError(f"{where}: no file fits {reference}.", hint="Check the pattern.")
    return [test for path in paths for test in _of_file(path, where, source, alone=alone)]


def _of_file(path: Path, where: str, source: Source, *, alone: bool) -> list[dict[str, Any]]:
    text, name = source.text(path, where), source.name(path)
    if path.suffix == ".csv":
        return tests_of_rows(read_csv(text, name), name)
    if path.suffix == ".jsonl":
        content: Any = _json_lines(text, name)
    elif path.suffix == ".json":
        content = load_yaml(text, name) if alone else load_json(text, name)
    elif path.suffix in {".yaml", ".yml"}:
        content = load_yaml(text, name)
    else:
        raise InputError(
            f"{where}: {name} is no kind of file that tests are read from.",
            hint="Use .csv, .jsonl, .json or .yaml.",
        )
    plain = alone and path.suffix in {".json", ".jsonl"}
    if not plain:
        content = resolve_references(source.load(content, name), source)
    entries = content if isinstance(content, list) else [content]
    described = [_described(entry, row) if plain else entry for row, entry in enumerate(entries, start=1)]
    return [
        _checked(entry, f"{name} row {row}", path.parent, source)
        for row, entry in enumerate(described, start=1)
        if entry is not None
    ]


def _described(entry: Any, row: int) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {**entry, "description": entry.get("description") or f"Row #{row}"}


def _json_lines(text: str, name: str) -> list[Any]:
    return [
        load_json(line, f"{name} line {number}")
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]


def _checked(entry: Any, where: str, folder: Path, source: Source) -> dict[str, Any]:
    if isinstance(entry, str):
        path = folder / entry.removeprefix(FILE)
        entry = source.load(load_yaml(source.text(path, where), source.name(path)), source.name(path))
        folder = path.parent
    if not isinstance(entry, dict):
        raise InputError(f"{where} must be an object with `vars:` or `assert:`.")
    if not any(entry.get(key) not in (None, "") for key in _ENOUGH):
        raise InputError(
            f"{where} must have one of assert, vars, options, metadata, provider, providerOutput, threshold."
        )
    return with_vars(entry, where, folder, source)
