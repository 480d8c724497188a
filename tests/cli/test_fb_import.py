"""`plumb fb import`: interactions out of files, on the command line."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.cli.fb_import import print_imported
from bot.importers.interactions import Problem
from bot.services.interactions.importing import Imported
from tests.cli.conftest import Plumb
from tests.unit.interactions.test_exports import OBSERVATION

CSV = (
    "Nr,at,Frage,output,latency_ms,colour\n"
    "1,2026-11-20T10:30:00Z,Where is my parcel?,On its way.,830,red\n"
    "2,2026-11-20T10:31:00Z,Where is it?,Here.,soon,red\n"
)
MAP = ("--map", "id=Nr,input=Frage")


def test_a_table_is_imported_once(plumb: Plumb, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(CSV)
    done = plumb("fb", "import", str(path), "--feature", "reply", *MAP)
    assert done.code == 0, done.err
    assert done.json == {
        "feature": "reply", "format": "csv", "read": 2, "added": 1, "known": 0, "put_aside": 1, "apart": 0,
        "sampled_out": 0, "ignored": {"colour": 2}, "dry_run": False,
        "notes": ["nobody has set reply up as a feature yet: plumb feature add reply"],
        "problems": [{"row": 2, "field": "latency_ms", "message": "latency_ms is no number.",
                      "hint": "Write 830 or 0.83, without a unit."}],
    }  # fmt: skip
    again = plumb("fb", "import", str(path), "--feature", "reply", *MAP)
    assert (again.json["added"], again.json["known"]) == (0, 1)


def test_a_dry_run_keeps_nothing(plumb: Plumb, tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    path.write_text(json.dumps(OBSERVATION) + "\n")
    tried = plumb("fb", "import", str(path), "--feature", "reply", "--dry-run").json
    assert (tried["format"], tried["read"], tried["added"], tried["dry_run"]) == ("langfuse", 1, 0, True)
    assert plumb("fb", "import", str(path), "--feature", "reply", "--format", "langfuse").json["added"] == 1


def test_refusals_say_what_to_do_and_exit_3(plumb: Plumb, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(CSV)
    for arguments, code in (
        ((str(path),), "no_column"),
        ((str(path), "--format", "yaml"), "bad_input"),
        ((str(path), "--map", "question=Frage"), "bad_input"),
        ((str(path), "--at", "soon"), "bad_input"),
        ((str(tmp_path / "none.csv"),), "not_found"),
    ):
        refused = plumb("fb", "import", *arguments, "--feature", "reply")
        assert refused.code == 3
        assert "Traceback" not in refused.err
        if "--format" not in arguments:
            assert refused.json["error"]["code"] == code
            assert refused.json["error"]["hint"]


def test_a_column_of_texts_named_prompt_is_not_taken_for_a_version(plumb: Plumb, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("id,at,prompt,response\n1,2026-11-20,Where is my parcel?,Here.\n")
    refused = plumb("fb", "import", str(path), "--feature", "reply")
    assert refused.code == 3
    assert "prompt is no reference" in refused.json["error"]["message"]
    assert "--map input=" in refused.json["error"]["hint"]
    assert plumb("fb", "import", str(path), "--feature", "reply", "--map", "input=prompt").json["added"] == 1


def test_people_read_what_was_taken(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [Problem(row, "at", "at is no date that can be read.", "Write [it].") for row in range(2, 12)]
    done = Imported(
        "csv", ["read as Latin-1"], read=20, accepted=10, added=7, known=1, put_aside=10, apart=3,
        sampled_out=2, problems=problems, ignored=Counter({"colour": 20}),
    )  # fmt: skip
    print_imported(done, "reply", False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "20 records read (csv): 7 added to reply, 1 known already, 10 put aside."
    assert lines[1:5] == [
        "  3 are no calls of a model and were left out",
        "  2 are not kept: the feature keeps a sample",
        "  not kept: colour",
        "  read as Latin-1",
    ]
    assert lines[5] == "  row 2: at is no date that can be read. Write [it]."
    assert lines[-1] == "  … and more (--json lists up to 1,000)"
