"""Every module in the folder is listed, under the names it gives."""

import pkgutil
from importlib import import_module

import pytest

import bot.importers
from bot.importers import IMPORTERS
from tests.unit.importers.reading import opened, refusal

MODULES = [m.name for m in pkgutil.iter_modules(bot.importers.__path__) if not m.ispkg]


@pytest.mark.parametrize("name", MODULES)
def test_every_importer_of_every_module_is_in_the_mapping(name: str) -> None:
    own = import_module(f"bot.importers.{name}").IMPORTERS
    assert own
    assert all(IMPORTERS[importer.kind] is importer for importer in own)


def test_the_mapping_holds_nothing_else_and_no_name_twice() -> None:
    listed = [i.kind for name in MODULES for i in import_module(f"bot.importers.{name}").IMPORTERS]
    assert sorted(listed) == sorted(IMPORTERS)


def test_a_kind_can_be_named() -> None:
    pasted = "id,message\n1,hello"
    assert opened(pasted, "x.csv", kind="text").texts == ["id,message", "1,hello"]
    assert opened(pasted, "x.txt", kind="csv").texts == ["hello"]


def test_an_unknown_kind_lists_the_known_ones() -> None:
    refused = refusal("message\nx", kind="lotus")
    assert refused.code == "unknown_kind"
    assert "zendesk-json" in refused.hint


def test_a_kind_that_does_not_fit_is_refused() -> None:
    assert refusal('[{"message": "x"}]', "x.json", kind="mbox").code in {"type_mismatch", "no_rows"}
    assert refusal("message\nx", "x.csv", kind="zendesk-json").code == "bad_json"
