"""`plumb drift`: files in, files out, one sentence for what cannot be read."""

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Plumb


@pytest.fixture
def history(tmp_path: Path) -> Path:
    folder = tmp_path / "history"
    folder.mkdir()
    (folder / "series.csv").write_text(
        "series_id,kind,season_period\nvotes,proportion,0\nsegments,mix,0\nquiet,count,0\n", "utf-8"
    )
    votes = "".join(f"votes,{week},300,{270 if week < 12 else 200},\n" for week in range(16))
    quiet = "".join(f"quiet,{week},,,{100 + week % 3}\n" for week in range(16))
    (folder / "points.csv").write_text("series_id,week,n,successes,value\n" + votes + quiet, "utf-8")
    usual = "".join(f"segments,{week},smb,300\nsegments,{week},mid,300\n" for week in range(9))
    (folder / "mix.csv").write_text(
        f"series_id,week,category,count\n{usual}segments,8,=cmd()|x,80\n", "utf-8"
    )
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_backtest_writes_its_alarms(plumb: Plumb, history: Path, tmp_path: Path) -> None:
    done = plumb("drift", "backtest", str(history), "--out", str(tmp_path / "alarms.csv"))
    assert done.code == 0, done.err
    assert "Alarms: 2." in done.err
    found = rows(tmp_path / "alarms.csv")
    assert list(found[0]) == ["series_id", "week", "severity", "reason"]
    assert [(row["series_id"], row["week"], row["severity"]) for row in found] == [
        ("votes", "12", "large"),
        ("segments", "8", "large"),
    ]
    assert found[0]["reason"] == "66.7% of 300 since week 12, 90.0% of 3,600 before"
    assert found[1]["reason"].startswith("'=cmd()|x: 11.8%")  # no formula in a spreadsheet


def test_without_a_file_it_prints(plumb: Plumb, history: Path) -> None:
    done = plumb("drift", "backtest", str(history), "--format", "json")
    assert [row["series_id"] for row in done.json] == ["votes", "segments"]
    assert "votes" in plumb("drift", "backtest", str(history), "--format", "table").out


def test_causes_are_explained(plumb: Plumb, tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    cases.write_text(
        "case_id,period,model,language,n,successes\n"
        "one,before,m1,de,400,360\none,before,m1,en,400,361\none,before,m2,de,400,359\none,before,m2,en,400,360\n"
        "one,after,m1,de,400,362\none,after,m1,en,400,360\none,after,m2,de,400,270\none,after,m2,en,400,266\n"
        "two,before,m1,de,400,360\ntwo,before,m2,de,400,361\ntwo,after,m1,de,400,361\ntwo,after,m2,de,400,360\n",
        "utf-8",
    )
    done = plumb("drift", "explain", str(cases), "--out", str(tmp_path / "causes.csv"))
    assert done.code == 0, done.err
    assert rows(tmp_path / "causes.csv") == [
        {"case_id": "one", "cause": "rate_drop", "dim": "model", "value": "m2"},
        {"case_id": "two", "cause": "none", "dim": "", "value": ""},
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("case_id,period,n\n", "cases.csv has no column successes"),
        ("case_id,period,n,successes\na,before,3,2\n", "case a has no rows of one of its periods"),
        ("case_id,period,n,successes\na,then,3,2\n", "line 2: period is 'then', not before or after"),
        ("case_id,period,n,successes\na,before,3,4\n", "line 2: successes is '4', not at most n, 3"),
    ],
)
def test_cases_that_cannot_be_used_are_said(plumb: Plumb, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "cases.csv").write_text(text, "utf-8")
    done = plumb("drift", "explain", str(tmp_path / "cases.csv"))
    assert done.code == 3
    assert said in done.err + done.out
    assert "Traceback" not in done.err


def test_a_folder_that_is_not_there_is_said(plumb: Plumb, tmp_path: Path) -> None:
    done = plumb("drift", "backtest", str(tmp_path / "nothing"))
    assert done.code == 3
    assert "There is no file" in done.err + done.out


def test_a_file_that_cannot_be_written_is_said(plumb: Plumb, history: Path, tmp_path: Path) -> None:
    done = plumb("drift", "backtest", str(history), "--out", str(tmp_path / "no" / "alarms.csv"))
    assert done.code == 3
    assert "cannot be written" in done.err + done.out
