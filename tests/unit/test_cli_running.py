"""How a command line names files, sources and columns."""

from pathlib import Path

import pytest

from bot.cli.running import open_file, parse_mapping, source_of
from bot.errors import InputError


@pytest.mark.parametrize(
    ("file", "named", "source"),
    [
        ("exports/tickets.csv", "", "tickets"),
        ("tickets.csv.gz", "", "tickets"),
        ("tickets.csv", "support", "support"),
        ("-", "", "stdin"),
        (".csv", "", "csv"),
    ],
)
def test_a_source_is_named_after_its_file(file: str, named: str, source: str) -> None:
    assert source_of(file, named) == source


def test_columns_are_mapped_by_pairs() -> None:
    assert parse_mapping(["message=Body text", "id=key, created_at=opened"]) == {
        "message": "Body text",
        "id": "key",
        "created_at": "opened",
    }


@pytest.mark.parametrize("pair", ["message", "=body", "message=", "a=b,,"])
def test_a_malformed_pair_says_what_it_should_look_like(pair: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_mapping([pair])
    assert "--map" in caught.value.message
    assert "message=body" in caught.value.hint


def test_a_missing_file_or_a_folder_is_one_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(InputError) as caught:
            open_file(str(path), [], None)
        assert str(path) in caught.value.message
