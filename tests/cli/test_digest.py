"""`plumb digest preview`: words, JSON, Slack's blocks, a picture."""

import json
from pathlib import Path

import pytest

from bot.cli.app import run
from handlers import entry
from tests.cli.conftest import Plumb


@pytest.fixture
def watched(plumb: Plumb) -> Plumb:
    assert plumb("feature", "add", "reply", "title=Replies", "--yes", "--by", "ana").code == 0
    return plumb


def test_a_feature_that_sent_nothing_is_said_to_be_silent(watched: Plumb) -> None:
    found = watched("digest", "preview", "--zone", "Europe/Berlin").json
    assert found["headline"].startswith("No data came in during ")
    assert found["zone"] == "Europe/Berlin"
    assert found["features"][0]["silent"] is True
    assert found["question"] == "Nothing came in from Replies this week. Does it still send?"
    told = watched("digest", "preview", "--format", "table").out
    assert "Replies: no data this week." in told
    assert "One question: Nothing came in" in told


def test_the_blocks_are_those_that_would_be_posted(watched: Plumb, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["digest", "preview", "--format", "blocks"], reach_slack=lambda: entry) == 0
    found = json.loads(capfd.readouterr().out)
    assert found["blocks"][0]["text"]["text"].startswith("No data came in")
    assert watched("digest", "preview", "--format", "blocks").code != 0  # without the bot


def test_a_picture_goes_to_a_file(watched: Plumb, tmp_path: Path) -> None:
    assert watched("digest", "preview", "-f", "png", "-o", str(tmp_path / "week.png")).code == 0
    assert (tmp_path / "week.png").read_bytes().startswith(b"\x89PNG")
    lost = watched("digest", "preview", "-f", "png", "-o", str(tmp_path / "no" / "week.png"))
    assert "No such file or directory" in lost.err + lost.out


def test_what_is_wrong_is_said(watched: Plumb) -> None:
    assert "no feature" in watched("digest", "preview", "nosuch").json["error"]["message"]
    assert "no time zone" in watched("digest", "preview", "--zone", "Berlin").json["error"]["message"]
