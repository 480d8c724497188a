"""`plumb exp compare`: tables, JSON and Markdown, exit codes, and one clear sentence for bad input."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli.app import run
from bot.domain.experiments.cells import CellKey
from bot.services.score_tables import read_scores
from tests.unit.experiments.made import BASE, NEW, Scores, pairs


def written(folder: Path, scores: Scores, name: str = "results.csv") -> str:
    rows = [f"c{i},{arm},{value}" for arm, values in scores.items() for i, value in enumerate(values)]
    path = folder / name
    path.write_text("\n".join(["case,arm,score", *rows]), encoding="utf-8")
    return str(path)


def compared(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = run(["exp", "compare", *arguments, "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("split", "code", "verdict"),
    [
        ((40, 16, 144), 0, "ship"),
        ((20, 20, 960), 0, "no difference"),
        ((16, 40, 144), 1, "worse"),
        ((6, 3, 31), 2, "need more cases"),
    ],
)
def test_the_verdict_is_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], split: tuple[int, int, int], code: int, verdict: str
) -> None:
    exit_code, found = compared(capsys, written(tmp_path, pairs(*split)))
    assert (exit_code, found["verdict"]) == (code, verdict)
    assert (found["needed_cases"] is not None) == (code == 2)


def test_the_keys_that_machines_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = compared(capsys, written(tmp_path, pairs(6, 3, 31)))
    one = found["comparison"]
    assert (one["baseline"], one["candidate"], one["n"]) == (BASE, NEW, 40)
    assert (one["wins"], one["losses"], one["ties"]) == (6, 3, 31)
    assert one["difference"] == pytest.approx(0.075)
    assert one["interval"][0] < 0 < one["interval"][1]
    assert one["p"] == pytest.approx(0.34375)  # 2 P(X <= 3) - P(X = 3) of nine coins: (260 - 84) / 512
    assert one["e_value"] == pytest.approx(512 / 840)  # 2^9 6! 3! / 10!
    assert [arm["arm"] for arm in found["arms"]] == [BASE, NEW]
    assert found["sentence"].startswith("Not enough data: reply@4 is at best 23 points better")
    assert found["comparisons"] == [one]


def test_the_base_is_the_first_arm_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, pairs(40, 16, 144))
    _, first = compared(capsys, file)
    code, turned = compared(capsys, file, "--base", NEW)
    assert first["notes"] == [f"compared with {BASE}, the first arm of the file (--base changes it)"]
    assert (code, turned["base"], turned["verdict"], turned["notes"]) == (1, NEW, "worse", [])


def test_margin_and_alpha(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, pairs(20, 20, 960))
    assert compared(capsys, file, "--margin", "0.005")[1]["verdict"] == "need more cases"
    _, found = compared(capsys, file, "--alpha", "0.01")
    assert found["comparison"]["level"] == pytest.approx(0.99)


@pytest.mark.parametrize("format_", ["table", "markdown"])
def test_people_see_arms_comparison_and_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    file = tmp_path / "r.csv"
    rows = [
        f"c{i},{arm},{(i % 3 > 0) if arm == BASE else 1},{'de' if i % 2 else 'en'},{cost},0.5"
        for arm, cost in ((BASE, 0.002), (NEW, 0.001))
        for i in range(60)
    ]
    file.write_text("\n".join(["case,arm,score,slice_language,cost,latency_ms", *rows]))
    assert run(["exp", "compare", str(file), "--format", format_]) == 0
    out = " ".join(capsys.readouterr().out.replace("&#8203;", "").split())
    for part in (
        "Ship reply@4: it is 33 points better than reply@3",
        "language=de",
        "20/0/40",
        "Read these cases",
    ):
        assert part in out


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = "case,arm,score\n1,a,pass\n1,b,fail\n2,a,true\n2,b,false\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    code, found = compared(capsys, "-")
    assert (code, found["comparison"]["losses"]) == (2, 2)


REFUSED = {
    "": "results.csv is empty.",
    "case,arm,score\n": "results.csv has a header but no rows.",
    "case,arm,result\n1,a,1\n": "results.csv has no column score; it has case, arm, result.",
    "case,arm,score,score\n1,a,1,1\n": "results.csv has two columns named score.",
    "case,arm,score\n1,a,ok\n": "results.csv, row 2: the column score has 'ok', which is not a number.",
    "case,arm,score\n1,a,inf\n": "results.csv, row 2: the column score has 'inf', which is not a number.",
    "case,arm,score,cost\n1,a,1,-2\n": (
        "results.csv, row 2: the column cost has -2, and it cannot be below 0."
    ),
    "case,arm,score\n1,a,1\n,b,1\n": "results.csv, row 3: the column case is empty.",
    "case,arm,score\n1,a,1,9\n": "results.csv, row 2: 4 fields, but the header has 3 columns.",
    "case,arm,score\n1,a,1\n2,a,0\n": "results.csv has only one arm, a; it takes two to compare.",
    "case,arm,score\n1,a,1\n2,b,0\n": "In results.csv, a shares no scored case with any other arm.",
    "case,arm,score,cluster\n1,a,1,x\n1,b,1,y\n": (
        "results.csv, row 3: case 1 is in cluster y, but in x further up."
    ),
}


@pytest.mark.parametrize("text", REFUSED, ids=[f"refusal {i}" for i in range(len(REFUSED))])
def test_bad_input_gets_one_sentence_and_exit_code_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "results.csv"
    file.write_text(text)
    code, found = compared(capsys, str(file))
    assert (code, found["error"]["message"]) == (3, REFUSED[text])
    assert found["error"]["hint"]


@pytest.mark.parametrize(
    "arguments", [["--base", "c"], ["--margin", "-1"], ["--margin", "nan"], ["--alpha", "0.7"]]
)
def test_bad_options(tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, found = compared(capsys, written(tmp_path, pairs(1, 1, 1)), *arguments)
    assert (code, len(found)) == (3, 1)


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = compared(capsys, str(tmp_path / "no.csv"))
    assert code == 3
    assert "cannot be read" in found["error"]["message"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_of_any_make(encoding: str, delimiter: str) -> None:
    text = 'Case,ARM,Score\r\n"1",é,1\r\n\r\n1,b,0\r\n'.replace(",", delimiter)
    table = read_scores(text.encode(encoding), "x.csv")
    assert table.arms == ("é", "b")
    assert [cell.score for cell in table.cells] == [1, 0]


def test_repeats_gaps_and_slices_are_noted() -> None:
    text = "case,arm,score,slice_kind\n1,a,1,x\n1,a,0,x\n1,b,,y\n"
    table = read_scores(text.encode(), "x.csv")
    assert [cell.key for cell in table.cells] == [
        CellKey("a", "1", 0),
        CellKey("a", "1", 1),
        CellKey("b", "1", 0),
    ]
    assert table.cells[2].error == "no score"
    assert table.cases[0].slices == {"kind": "x"}
    assert [note.split(";")[0] for note in table.notes] == [
        "1 pairs of case and arm have several rows",
        "1 rows have no score",
        "slice_kind differs between rows of a case (first 1)",
    ]


def test_text_that_is_not_utf_8() -> None:
    with pytest.raises(Exception, match="not UTF-8 text"):
        read_scores("case,arm,score\n1,é,1\n".encode("latin-1"), "x.csv")
