"""`plumb dataset` from the outside: files in, versions and candidates, files out."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bot.domain.stories import Story, StoryState
from bot.settings import load_settings
from bot.store import open_store
from tests.cli.conftest import Plumb
from tests.unit.checks.samples import STORY

ROWS = """input,expected,slice_lang,customer,threshold
Where is my parcel? I am at jo@example.com,parcel,en,Jo,
Money back please,refund,en,Bob,
Wo ist mein Paket?,parcel,de,Ann,
Can I have my money,contains: money,en,Bob,0.5
Money back please,refund,en,Bob,
Money back please,parcel,en,Bob,
Something broke,refund,en,Bob,high
"""


@pytest.fixture
def rows(tmp_path: Path) -> str:
    path = tmp_path / "Refunds 2026.csv"
    path.write_text(ROWS)
    return str(path)


@pytest.fixture
def refunds(plumb: Plumb, rows: str) -> str:
    assert plumb("dataset", "import", rows, "--set", "refunds", "--format", "json").code == 0
    return "refunds"


def test_an_import_says_what_it_did(plumb: Plumb, rows: str) -> None:
    done = plumb("dataset", "import", rows, "--by", "ann", "--note", "first ones").json
    assert (done["set"], done["version"], done["kept"]) == ("refunds-2026", 1, True)
    assert (len(done["added"]), done["duplicates"], len(done["conflicts"])) == (4, 1, 1)
    assert done["problems"] == [{"row": 7, "field": "threshold", "reason": "'high' is no number"}]
    assert done["redacted"] == {"EMAIL": 1}
    assert (done["scoring"]["labels"], done["scoring"]["own"]) == (3, 1)
    shown = plumb("dataset", "show", "refunds-2026@1").json
    assert shown["cases"][0]["vars"] == {"input": "Where is my parcel? I am at [EMAIL_1]"}
    assert shown["versions"][0]["author"] == "ann"
    assert [(x["value"], x["n"], x["enough"]) for x in shown["slices"]] == [
        ("en", 3, False),
        ("de", 1, False),
    ]


def test_a_preview_keeps_nothing(plumb: Plumb, rows: str) -> None:
    done = plumb("dataset", "import", rows, "--set", "refunds", "--preview")
    assert (done.json["kept"], done.json["version"]) == (False, 0)
    assert plumb("dataset", "list").json == []
    table = plumb("dataset", "import", rows, "--set", "refunds", "--preview", "--format", "table").out
    assert "refunds@1 would have 4 cases: 4 added" in table
    assert "row 7, threshold: 'high' is no number" in table


def test_people_see_tables(plumb: Plumb, refunds: str) -> None:
    assert "@1" in plumb("dataset", "list", "--format", "table").out
    shown = plumb("dataset", "show", refunds, "--format", "table").out
    assert "too few to judge (under 12)" in shown
    assert "3 cases: right only if the output equals the expected label" in shown
    assert "independent cases are too few" in plumb("dataset", "lint", refunds, "--format", "table").out
    assert "To show 10 points" in plumb("dataset", "size", refunds, "--format", "table").out
    assert "needs an answer" in plumb("dataset", "edge", refunds, "--format", "table").out


def test_edit_retire_and_diff(plumb: Plumb, refunds: str) -> None:
    first, second = plumb("dataset", "show", refunds).json["cases"][:2]
    edited = plumb("dataset", "edit", refunds, first["id"], "--field", "expected=delivery").json
    assert edited["changed"] == [{"id": first["id"], "fields": ["expected"]}]
    assert plumb("dataset", "retire", refunds, second["id"]).json["removed"] == [second["id"]]
    diff = plumb("dataset", "diff", "refunds@1", "refunds@3").json
    assert diff["changed"][0]["after"]["expected"] == "delivery"
    assert [case["id"] for case in diff["removed"]] == [second["id"]]
    assert len(plumb("dataset", "show", "refunds@1").json["cases"]) == 4
    assert "parcel -> delivery" in plumb("dataset", "diff", "refunds@2", "--format", "table").out


def test_candidates_wait_for_a_person(plumb: Plumb, refunds: str) -> None:
    proposed = plumb("dataset", "edge", refunds, "--by", "ann").json["candidates"]
    assert len(proposed) >= 7
    assert all(each["case"]["synthetic"] for each in proposed)
    unanswered = next(each["number"] for each in proposed if "expected" not in each["case"])
    done = plumb("dataset", "accept", refunds, str(unanswered), "--expected", "ask", "--by", "bob").json
    assert (done["version"], done["cases"][0]["expected"]) == (2, "ask")
    rest = [str(each["number"]) for each in proposed if each["number"] != unanswered]
    plumb("dataset", "reject", refunds, *rest, "--reason", "nobody writes that")
    assert plumb("dataset", "candidates", refunds).json == []
    assert len(plumb("dataset", "candidates", refunds, "--all").json) == len(proposed)
    again = plumb("dataset", "accept", refunds, rest[0])
    assert (again.code, again.json["error"]["code"]) == (3, "bad_input")
    assert "was rejected by" in again.json["error"]["message"]


@pytest.mark.parametrize(("form", "ending"), [("csv", "csv"), ("jsonl", "jsonl"), ("promptfoo", "yaml")])
def test_what_is_exported_comes_back(
    plumb: Plumb, refunds: str, tmp_path: Path, form: str, ending: str
) -> None:
    file = tmp_path / f"out.{ending}"
    assert plumb("dataset", "export", refunds, "--as", form, "--to", str(file)).code == 0
    done = plumb("dataset", "import", str(file), "--set", refunds, "--replace").json
    assert (done["added"], done["changed"], done["removed"], done["kept"]) == ([], [], [], False)
    copy = plumb("dataset", "import", str(file), "--set", "copy").json
    assert len(copy["added"]) == 4
    assert plumb("dataset", "show", "copy").json["cases"] == plumb("dataset", "show", refunds).json["cases"]


def test_the_promptfoo_export_is_a_list_of_tests(plumb: Plumb, refunds: str) -> None:
    tests = yaml.safe_load(plumb("dataset", "export", refunds, "--as", "promptfoo").out)
    assert [test["assert"][0]["type"] for test in tests] == ["equals", "equals", "equals", "contains"]
    assert tests[3]["threshold"] == 0.5


def test_from_a_log_to_a_set(plumb: Plumb, log: Path) -> None:
    assert plumb("data", "import", str(log), "--source", "shop").code == 0
    first = plumb("dataset", "first20", "shop", "--set", "starter").json
    assert len(first["added"]) == 20
    assert first["scoring"]["unanswered"] == 20
    again = plumb("dataset", "from-theme", "TH-1", "--set", "theme", "--most", "5").json
    assert len(again["added"]) == 5


def test_examples_of_a_story_that_nobody_approved_wait(plumb: Plumb, data_dir: Path) -> None:
    asyncio.run(_keep(data_dir, STORY))
    seen = plumb("dataset", "from-story", "ST-14", "--set", "cards", "--preview").json
    assert (len(seen["added"]), seen["kept"]) == (len(STORY.examples) + 1, False)
    waiting = plumb("dataset", "from-story", "ST-14", "--set", "cards").json
    assert len(waiting["candidates"]) == len(STORY.examples) + 1
    assert [line["version"] for line in plumb("dataset", "list").json] == [0]
    asyncio.run(_keep(data_dir, STORY.model_copy(update={"state": StoryState.APPROVED})))
    assert plumb("dataset", "from-story", "ST-14", "--set", "other").json["kept"]


async def _keep(data_dir: Path, story: Story) -> None:
    store = open_store(f"sqlite+aiosqlite:///{data_dir / 'plumbline.db'}", load_settings().team)
    async with store.write() as unit:
        await unit.stories.save(story, "bank", datetime(2026, 11, 16, tzinfo=UTC))
    await store.close()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("show", "nope"), "There is no set named 'nope'"),
        (("show", "No Name"), "is no name of a set"),
        (("import", "missing.csv"), "There is no file missing.csv"),
        (("export", "refunds", "--as", "pdf"), "no export format 'pdf'"),
        (("accept", "refunds", "1", "2", "--expected", "x"), "answer of one candidate"),
        (("edit", "refunds", "c-1", "--field", "expected"), "not of the form field=value"),
        (("first20", "nowhere", "--set", "x"), "no file or source named 'nowhere'"),
        (("from-theme", "TH-3", "--set", "x"), "There is no theme TH-3"),
        (("from-story", "ST-9", "--set", "x"), "ST-9"),
        (("from-feedback", "--set", "x"), "Nobody has corrected an output yet"),
        (("diff", "refunds@1", "other@1"), "There is no set named 'other'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    plumb: Plumb, refunds: str, arguments: tuple[str, ...], sentence: str
) -> None:
    done = (
        plumb("dataset", *arguments, "--format", "json")
        if arguments[0] != "export"
        else plumb("dataset", *arguments)
    )
    assert done.code == 3
    assert sentence in json.loads(done.out)["error"]["message"]
    assert "Traceback" not in done.out + done.err


def test_a_bad_file_is_one_sentence_and_changes_nothing(plumb: Plumb, tmp_path: Path) -> None:
    for name, data in (
        ("a.csv", b"\xff\xfe\x00"),
        ("b.yaml", b"- ["),
        ("c.json", b'{"a": NaN}'),
        ("d.csv", b"input\n,\n"),
    ):
        file = tmp_path / name
        file.write_bytes(data)
        done = plumb("dataset", "import", str(file), "--set", "x")
        assert done.code == 3
        assert name in done.json["error"]["message"]
    assert plumb("dataset", "list").json == []
