"""`plumb data`: what an import takes, refuses and never keeps."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Plumb


def test_importing_twice_adds_nothing(plumb: Plumb, log: Path) -> None:
    first = plumb("data", "import", str(log), "--format", "json")
    assert first.code == 0, first.err
    assert {key: first.json[key] for key in ("source", "accepted", "skipped", "duplicates", "problems")} == {
        "source": "shop",
        "accepted": 75,
        "skipped": 0,
        "duplicates": 0,
        "problems": [],
    }
    again = plumb("data", "import", str(log), "--format", "json")
    assert (again.json["accepted"], again.json["duplicates"]) == (0, 75)


def test_a_bad_row_is_kept_aside_with_its_number(plumb: Plumb, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("id,message\n1,Where is my parcel?\n2,\n3,It is still not here\n", encoding="utf-8")
    report = plumb("data", "import", str(path), "--format", "json").json
    assert (report["accepted"], report["skipped"]) == (2, 1)
    assert [problem["row"] for problem in report["problems"]] == [2]


def test_a_refused_file_exits_3_and_changes_nothing(plumb: Plumb, tmp_path: Path, log: Path) -> None:
    plumb("data", "import", str(log), "--format", "json")
    broken = tmp_path / "shop.json"
    broken.write_text('[{"id": 1, "message": "half', encoding="utf-8")
    refused = plumb("data", "import", str(broken), "--source", "shop", "--format", "json")
    assert refused.code == 3
    assert refused.json["error"]["code"] == "bad_json"
    assert refused.json["error"]["hint"]
    assert plumb("data", "import", str(log), "--format", "json").json["duplicates"] == 75


def test_a_changed_ticket_is_updated_not_doubled(plumb: Plumb, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("id,message\n1,Where is my parcel?\n2,I want a refund\n", encoding="utf-8")
    plumb("data", "import", str(path))
    path.write_text("id,message\n1,Where is my parcel? It came broken\n2,I want a refund\n", encoding="utf-8")
    report = plumb("data", "import", str(path), "--format", "json").json
    assert (report["accepted"], report["duplicates"]) == (0, 1)
    assert any("updated" in note for note in report["notes"])


CANARIES = {
    "mail": "zebra.canary@example.org",
    "card": "4111 1111 1111 1111",
    "iban": "DE89370400440532013000",
    "phone": "+1 212 555 0147",
}


def test_nothing_personal_reaches_the_data_folder(plumb: Plumb, data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [
        f'{n},boss{n}@example.net,"Please call, my data is {value}, thanks"'
        for n, value in enumerate(CANARIES.values())
    ]
    path.write_text("id,email,message\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert plumb("data", "import", str(path), "--format", "json").json["accepted"] == len(CANARIES)
    kept = b"".join(file.read_bytes() for file in data_dir.rglob("*") if file.is_file())
    for value in (*CANARIES.values(), "boss1@example.net"):
        assert value.encode() not in kept
        assert value.replace(" ", "").encode() not in kept


def test_redact_gives_spans_into_the_original(plumb: Plumb, tmp_path: Path) -> None:
    text = "Mail me at zebra.canary@example.org about it"
    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps({"id": "a", "text": text}) + "\n", encoding="utf-8")
    (line,) = plumb("data", "redact", str(path), "--spans").out.splitlines()
    row = json.loads(line)
    (span,) = row["spans"]
    assert row["id"] == "a"
    assert text[span["start"] : span["end"]] == "zebra.canary@example.org"
    assert "zebra" not in row["text"]


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": 1, "text": 5}'])
def test_redact_names_the_line_it_cannot_read(plumb: Plumb, tmp_path: Path, line: str) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"id": 0, "text": "fine"}\n' + line + "\n", encoding="utf-8")
    outcome = plumb("data", "redact", str(path))
    assert outcome.code == 3
    assert "line 2" in outcome.out + outcome.err


def test_an_audit_grades_without_keeping(plumb: Plumb, log: Path) -> None:
    report = plumb("data", "audit", str(log), "--format", "json").json
    assert report["accepted"] == 75
    assert report["grade"] in {"A", "B", "C", "D"}
    assert plumb("data", "audit", "shop", "--format", "json").code == 3
