"""Histories on file: what is read, what is refused in one sentence, and that the labels are never opened."""

import gzip
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.domain.drift.series import Kind, Mean, Mix, Share, Total
from bot.errors import InputError, NotFound
from bot.services.drift.history import Written, read_history
from bot.services.drift.replay import reason, replay
from tests.paths import REPO

SERIES = "series_id,kind,season_period\n"
POINTS = "series_id,week,n,successes,mean,sd,value\n"


class Counting:
    """Vectors by length of text; remembers what it was asked."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> "np.typing.NDArray[np.float32]":
        self.asked += texts
        return np.eye(50, dtype=np.float32)[[len(text) % 50 for text in texts]]


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_every_kind_is_read_in_the_order_of_weeks(tmp_path: Path) -> None:
    made = folder(
        tmp_path,
        series=SERIES + "p,proportion,0\nn,numeric,7\nc,count,\nm,mix,0\nt,texts,0\nempty,count,0\n",
        points=POINTS + "p,1,8.0,5.0,,,\np,0,4,4,,,\np,2,0,,,,\nn,0,3,,1.5,,\nc,0,,,,,7\nc,1,,,,,\n",
        mix="series_id,week,category,count\nm,0,a,3\nm,0,b,0\nm,1,a,0\n",
    )
    with gzip.open(made / "texts.csv.gz", "wt", encoding="utf-8") as file:
        file.write('series_id,week,text\nt,0,"one, two"\nt,0,\nt,1,three\n')
    read = {series.id: weeks for series, weeks in read_history(made)}
    assert read == {
        "p": [Share(0, 4, 4), Share(1, 8, 5)],
        "n": [Mean(0, 3, 1.5, 0.0)],
        "c": [Total(0, 7.0)],
        "m": [Mix(0, {"a": 3, "b": 0})],
        "t": [Written(0, ("one, two",)), Written(1, ("three",))],
        "empty": [],
    }
    assert next(series for series, _ in read_history(made)).kind is Kind.PROPORTION


@pytest.mark.parametrize(
    ("series", "points", "said"),
    [
        ("series_id\n", "", "series.csv has no column kind"),
        (SERIES + "s,colour,0\n", "", "series.csv, line 2: kind is 'colour'"),
        (SERIES + "s,count,0\ns,count,0\n", "", "line 3: s is there twice"),
        (SERIES + "s,count,-1\n", "", "line 2: season_period is '-1', not a whole number"),
        (SERIES + "s,count,0\n", POINTS + "x,0,,,,,1\n", "points.csv, line 2: series_id is 'x'"),
        (SERIES + "s,count,0\n", POINTS + "s,0,,,,,much\n", "line 2: value is 'much', not a number"),
        (SERIES + "s,count,0\n", POINTS + "s,0,,,,,inf\n", "line 2: value is 'inf', not a number"),
        (SERIES + "s,count,0\n", POINTS + "s,0,,,,,1\ns,0,,,,,1\n", "line 3: this week is there twice"),
        (SERIES + "s,count,0\n", POINTS + "s,0\n", "line 2: it has not as many fields"),
        (SERIES + "s,proportion,0\n", POINTS + "s,0,3,4,,,\n", "line 2: successes is '4', not at most n, 3"),
        (SERIES + "s,proportion,0\n", POINTS + "s,0,3.5,1,,,\n", "line 2: n is '3.5', not a whole number"),
        (SERIES + "s,mix,0\n", POINTS + "s,0,3,1,,,\n", "line 2: s is of kind mix"),
        (SERIES + ",mix,0\n", "", "line 2: series_id is empty"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(
    tmp_path: Path, series: str, points: str, said: str
) -> None:
    files = {"series": series} | ({"points": points} if points else {})
    with pytest.raises(InputError) as caught:
        read_history(folder(tmp_path, **files))
    assert said in caught.value.message


def test_broken_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_history(tmp_path)
    folder(tmp_path, series=SERIES + "t,texts,0\n")
    (tmp_path / "texts.csv.gz").write_bytes(b"no gzip")
    with pytest.raises(InputError, match=r"texts.csv.gz cannot be read"):
        read_history(tmp_path)
    (tmp_path / "series.csv").write_bytes(SERIES.encode() + b"\xff,count,0\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read_history(tmp_path)


def test_a_replay_embeds_each_text_once_and_redacts_what_it_quotes(tmp_path: Path) -> None:
    usual = "".join(f"t,{week},{'x' * (1 + i)} {week}\n" for week in range(6) for i in range(40))
    new = "".join(f"t,6,mail {i:02} {'y' * 36} jo@example.org\n" for i in range(20))
    made = folder(
        tmp_path, series=SERIES + "t,texts,0\n", texts="series_id,week,text\n" + usual + new + "t,6,x 1\n"
    )
    embedder = Counting()
    raised = list(replay(made, embedder))
    assert [(found.series, found.alarm.week) for found in raised] == [("t", 6)]
    assert len(embedder.asked) == len(set(embedder.asked))
    assert "such as: mail" in reason(raised[0].alarm)
    assert "jo@example.org" not in reason(raised[0].alarm)


def test_no_code_of_ours_reads_the_labels() -> None:
    """The labels are for scoring alone."""
    ours = [*(REPO / "bot").rglob("*.py"), *(REPO / "handlers").rglob("*.py")]
    assert [
        path for path in ours if "labels.csv" in (text := path.read_text("utf-8")) or "labels_meta" in text
    ] == []
