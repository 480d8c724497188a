"""The aims of redaction, held against the labelled development data where they lie beside the repository."""

import csv
import json
import runpy
from typing import Any

import pytest

from bot.domain.redaction import redact
from tests.paths import SHARED_DATA, needs_shared_data

STRUCTURED = ("CARD", "EMAIL", "IBAN", "IP", "ORDER_ID", "PHONE", "SECRET", "SSN", "URL_TOKEN")


@pytest.fixture(scope="module")
def table() -> dict[str, Any]:
    lines = (SHARED_DATA / "pii" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["group"] != "wnut"]
    predicted = {
        row["id"]: {
            "spans": [{"type": s.type, "start": s.start, "end": s.end} for s in redact(row["text"]).spans]
        }
        for row in rows
    }
    scorer = runpy.run_path(str(SHARED_DATA / "pii" / "score.py"))
    result: dict[str, Any] = scorer["table"](predicted, {row["id"]: row for row in rows})
    return result


@needs_shared_data
@pytest.mark.parametrize("kind", STRUCTURED)
def test_structured_types(table: dict[str, Any], kind: str) -> None:
    assert table[kind]["leak_recall"] >= 0.995
    assert table[kind]["precision"] >= 0.95


@needs_shared_data
def test_names_addresses_and_the_rest(table: dict[str, Any]) -> None:
    assert table["PERSON"]["leak_recall"] >= 0.85
    assert table["ADDRESS"]["leak_recall"] >= 0.75
    assert table["_over_redaction"] <= 0.05


@needs_shared_data
def test_bank_customers_keep_their_words() -> None:
    """Rows that no training saw; hardly any holds personal data."""
    with (SHARED_DATA / "tickets" / "banking77.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)][1::2]
    touched = [text for text in texts if redact(text).spans]
    assert len(touched) <= 0.003 * len(texts), touched
