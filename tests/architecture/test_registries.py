"""A new importer, exporter, provider or lint is one file and one line: a file without its line fails here."""

import importlib
import pkgutil
from types import ModuleType
from typing import Any, NamedTuple

import pytest


class Registry(NamedTuple):
    """A folder, its mapping, and what a module in it offers: an attribute, or itself (None).

    ``only``: nothing else lies there. Modules with a leading underscore and packages are never listed.
    """

    folder: str
    mapping: str
    offers: str | None
    only: bool


REGISTRIES = [
    Registry("bot.exporters", "EXPORTERS", None, only=True),
    Registry("bot.importers", "IMPORTERS", "IMPORTERS", only=True),
    Registry("bot.llm", "PROVIDERS", "open_provider", only=False),
    Registry("bot.domain.checks", "FAMILIES", "LINTS", only=False),
]


def modules(folder: str) -> list[ModuleType]:
    package = importlib.import_module(folder)
    found = [m for m in pkgutil.iter_modules(package.__path__) if m.name[0] != "_" and not m.ispkg]
    return [importlib.import_module(f"{folder}.{m.name}") for m in found]


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.mapping)
def test_every_module_is_listed(registry: Registry) -> None:
    listed = list(getattr(importlib.import_module(registry.folder), registry.mapping).values())
    offered: list[Any] = []
    for module in modules(registry.folder):
        value: Any = module if registry.offers is None else getattr(module, registry.offers, None)
        if value is None:
            assert not registry.only, f"{module.__name__} has no {registry.offers}"
            continue
        several = isinstance(value, tuple) and value not in listed
        missing = [item for item in (value if several else [value]) if item not in listed]
        assert not missing, f"{module.__name__} is not listed in {registry.folder}.{registry.mapping}"
        offered += value if several else [value]
    assert [value for value in listed if value not in offered] == []
