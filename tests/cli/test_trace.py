"""`plumb trace` and `plumb fb flywheel`: any id, both ways, as text, JSON and a picture."""

from pathlib import Path

import pytest

from tests.cli.conftest import Plumb

TEXT = "# System\nNever promise a refund.\n# User\n{{ message }}\n"
CASES = 'input,expected\n"Where is my refund?","On Friday"\n"Where is my lamp?","On Monday"\n'


@pytest.fixture
def live(plumb: Plumb, tmp_path: Path) -> Plumb:
    """reply@1 in production, and a set of two cases."""
    prompt, cases = tmp_path / "reply.txt", tmp_path / "refunds.csv"
    prompt.write_text(TEXT, encoding="utf-8")
    cases.write_text(CASES, encoding="utf-8")
    assert plumb("prompt", "save", "reply", str(prompt), "--by", "ana").code == 0
    assert plumb("prompt", "promote", "reply@1", "--by", "bo", "--override", "the first one").code == 0
    assert plumb("dataset", "import", str(cases), "--set", "refunds", "--by", "ana").code == 0
    return plumb


def test_a_release_is_traced_to_its_prompt(live: Plumb) -> None:
    found = live("trace", "REL-1").json
    assert found["about"] == "release:REL-1"
    assert [node["name"] for node in found["nodes"]] == ["prompt:reply@1", "release:REL-1", "watch:REL-1"]
    assert found["links"][0] == {"cause": "prompt:reply@1", "effect": "release:REL-1", "says": "went live as"}
    assert found["nodes"][1]["by"] == "bo"


def test_the_text_is_indented_by_stage(live: Plumb) -> None:
    told = live("trace", "refunds@1", "--format", "text").out.splitlines()
    assert told[0] == "2 cases → refunds@1"
    assert told[2] == "2 cases"
    assert told[5].startswith("  └ 1 version of a set")
    assert told[6].startswith("    ▸ refunds@1  2 cases")


def test_a_picture_is_written_to_a_file(live: Plumb, tmp_path: Path) -> None:
    made = live("trace", "REL-1", "--out", str(tmp_path / "trace.svg"))
    assert made.code == 0
    assert (tmp_path / "trace.svg").read_bytes().startswith(b"<?xml")
    lost = live("trace", "REL-1", "--out", str(tmp_path / "nowhere" / "trace.png"), "--format", "png")
    assert lost.code != 0
    assert "cannot be written (No such file or directory)" in lost.err


def test_what_nobody_knows_is_said_in_a_sentence(live: Plumb) -> None:
    lost = live("trace", "ST-99")
    assert "Nothing is known as 'ST-99'." in lost.json["error"]["message"]


def test_the_stages_are_counted(live: Plumb) -> None:
    found = live("fb", "flywheel").json
    assert found["sentence"] == "0 👎 → 0 candidates → 0 accepted → 0 experiments → 1 release"
    assert found["stages"]["releases"] == {"count": 1, "ids": ["REL-1"]}
    assert "no feature" in live("fb", "flywheel", "nothing").json["error"]["message"]
