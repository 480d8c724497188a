"""A new importer, exporter, provider or lint is one file and one line: a file without its line fails here."""

import importlib
import pkgutil
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import pytest

REGISTRIES = [
    # folder, its mapping, what a listed module defines (None: every module without a leading underscore)
    ("bot.exporters", "EXPORTERS", None),
    ("bot.importers", "IMPORTERS", None),
    ("bot.llm", "PROVIDERS", "open_provider"),
    ("bot.domain.checks", "FAMILIES", "LINTS"),
]


def modules(folder: str, defines: str | None) -> list[str]:
    package = importlib.import_module(folder)
    names = [
        f"{folder}.{found.name}" for found in pkgutil.iter_modules(package.__path__) if found.name[0] != "_"
    ]
    return [name for name in names if defines is None or hasattr(importlib.import_module(name), defines)]


def listed(mapping: Mapping[str, Any]) -> set[str]:
    """The modules that a mapping's values are, or come from."""
    found: set[str] = set()
    for value in mapping.values():
        if isinstance(value, ModuleType):
            found.add(value.__name__)
        elif isinstance(value, tuple):
            found |= {item.__module__ for item in value}
        else:
            found.add(getattr(value, "__module__", type(value).__module__))
    return found


@pytest.mark.parametrize(("folder", "name", "defines"), REGISTRIES, ids=[name for _, name, _ in REGISTRIES])
def test_every_module_is_listed(folder: str, name: str, defines: str | None) -> None:
    mapping = getattr(importlib.import_module(folder), name, None)
    if mapping is None:
        pytest.skip(f"{folder} has no {name} yet")
    assert set(modules(folder, defines)) == listed(mapping)
