"""`plumb story`: from a raw log to an exported story."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Outcome, Plumb


def stored_texts(data_dir: Path) -> dict[str, str]:
    with closing(sqlite3.connect(data_dir / "plumbline.db")) as connection:
        return dict(connection.execute("SELECT ticket_id, text FROM ticket").fetchall())


def test_themes_follow_the_needs(plumb: Plumb, log: Path) -> None:
    themes = plumb("story", "themes", str(log), "--format", "json").json
    assert {"id", "name", "quote", "tickets", "requesters", "trend", "ticket_ids"} <= set(themes[0])
    covered = [ticket_id for theme in themes for ticket_id in theme["ticket_ids"]]
    assert len(covered) == len(set(covered)) == 75
    for theme in themes:
        assert theme["tickets"] == len(theme["ticket_ids"])
        topics = [ticket_id.split("-")[0] for ticket_id in theme["ticket_ids"]]
        assert max(map(topics.count, topics)) / len(topics) >= 0.8


def test_theme_ids_are_stable_between_runs(plumb: Plumb, log: Path) -> None:
    first = plumb("story", "themes", str(log), "--format", "json").json
    second = plumb("story", "themes", "shop", "--format", "json").json
    assert [(theme["id"], theme["ticket_ids"]) for theme in first] == [
        (theme["id"], theme["ticket_ids"]) for theme in second
    ]


def test_what_people_change_about_themes_stays(plumb: Plumb, log: Path) -> None:
    first = plumb("story", "themes", str(log), "--format", "json").json
    one, two, three = (theme["id"] for theme in first[:3])
    moved = first[0]["ticket_ids"][-1]
    plumb(
        "story",
        "themes",
        "shop",
        "--rename",
        f"{one}=Lost parcels",
        "--merge",
        f"{three}={two}",
        "--move",
        f"{moved}={two}",
    )
    later = {theme["id"]: theme for theme in plumb("story", "themes", str(log), "--format", "json").json}
    assert later[one]["name"] == "Lost parcels"
    assert three not in later
    assert {*first[1]["ticket_ids"], *first[2]["ticket_ids"], moved} == set(later[two]["ticket_ids"])
    plumb("story", "themes", "shop", "--exclude", one)
    assert one not in {theme["id"] for theme in plumb("story", "themes", "shop", "--format", "json").json}


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--rename", "TH-99=x", "TH-99"), ("--merge", "TH-1=TH-99", "TH-99"), ("--rename", "TH-1", "--rename")],
)
def test_an_impossible_theme_edit_is_refused(
    plumb: Plumb, log: Path, option: str, value: str, said: str
) -> None:
    plumb("story", "themes", str(log), "--format", "json")
    refused = plumb("story", "themes", "shop", option, value, "--format", "json")
    assert refused.code == 3
    assert said in refused.json["error"]["message"]


@pytest.fixture
def drafted(plumb: Plumb, log: Path) -> list[dict[str, Any]]:
    outcome = plumb("story", "draft", str(log), "--all", "--format", "json")
    assert outcome.code == 0, outcome.err + outcome.out
    stories: list[dict[str, Any]] = outcome.json
    return stories


def test_every_quote_is_verbatim_in_its_ticket(drafted: list[dict[str, Any]], data_dir: Path) -> None:
    texts = stored_texts(data_dir)
    for story in drafted:
        assert story["citations"]
        for citation in story["citations"]:
            assert citation["quote"] in texts[citation["ticket_id"]]
        for example in (*story["examples"], story["cannot_do"]):
            assert example["input"] in texts[example["ticket_id"]]


def test_stories_differ_and_carry_numbers(drafted: list[dict[str, Any]]) -> None:
    assert len({story["want"] for story in drafted}) == len(drafted) >= 3
    for story in drafted:
        cited = {example["ticket_id"] for example in story["examples"]}
        assert len(cited) == len(story["examples"]) >= min(3, story["tickets"])
        assert len(story["criteria"]) >= 2
        assert all(criterion["unit"] and criterion["n"] > 0 for criterion in story["criteria"])
        assert story["drafted_by"] == "offline"


def test_drafting_again_replaces_untouched_drafts(plumb: Plumb, drafted: list[dict[str, Any]]) -> None:
    again = plumb("story", "draft", "shop", "--all", "--format", "json").json
    assert [story["id"] for story in again] == [story["id"] for story in drafted]
    assert len(plumb("story", "list", "--format", "json").json) == len(drafted)


def test_an_edited_story_is_never_overwritten(plumb: Plumb, drafted: list[dict[str, Any]]) -> None:
    first = drafted[0]["id"]
    edited = plumb(
        "story", "edit", first, "--set", "title=Parcels people can follow", "--by", "Ana", "--format", "json"
    )
    assert edited.json["title"] == "Parcels people can follow"
    plumb("story", "draft", "shop", "--all", "--format", "json")
    assert plumb("story", "show", first, "--format", "json").json["title"] == "Parcels people can follow"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("nonsense=1", "nonsense"),
        ("state=approved", "state"),
        ("criteria.0.n=many", "criteria.0.n"),
        ("criteria.99.n=3", "criteria.99.n"),
        ("examples.0.input=words nobody wrote", "examples"),
        ("examples=x", "examples"),
    ],
)
def test_an_impossible_edit_is_refused_by_name(
    plumb: Plumb, drafted: list[dict[str, Any]], change: str, said: str
) -> None:
    story = drafted[0]
    refused = plumb("story", "edit", story["id"], "--set", change, "--format", "json")
    assert refused.code == 3
    assert said in refused.json["error"]["message"]
    assert plumb("story", "show", story["id"], "--format", "json").json == story


def approve_first(plumb: Plumb, drafted: list[dict[str, Any]]) -> Outcome:
    return plumb("story", "approve", drafted[0]["id"], "--by", "Ana", "--format", "json")


def test_a_named_person_approves_and_export_follows(
    plumb: Plumb, drafted: list[dict[str, Any]], tmp_path: Path
) -> None:
    nothing = plumb("story", "export", "--as", "json")
    assert nothing.code == 3
    approved = approve_first(plumb, drafted)
    assert approved.code == 0, approved.out
    assert (approved.json["state"], approved.json["approved_by"]) == ("approved", "Ana")
    exported = plumb("story", "export", "--as", "csv", "--to", str(tmp_path / "out.csv"))
    assert exported.code == 0, exported.err
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 1
    assert plumb("story", "show", drafted[0]["id"], "--format", "json").json["state"] == "exported"


def test_too_little_evidence_cannot_be_approved(plumb: Plumb, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("id,message\n1,Where is my parcel?\n2,My parcel is late\n", encoding="utf-8")
    outcome = plumb("story", "draft", str(path), "--all", "--override", "trying it out", "--format", "json")
    assert outcome.code == 0, outcome.out
    refused = plumb("story", "approve", outcome.json[0]["id"], "--format", "json")
    assert refused.code == 1
    assert "three" in refused.json["error"]["message"].lower() or "3" in refused.json["error"]["message"]


def test_a_failed_audit_stops_drafting_until_somebody_says_why(
    plumb: Plumb, tmp_path: Path, data_dir: Path
) -> None:
    path = tmp_path / "same.csv"
    path.write_text(
        "id,message\n" + "".join(f"{n},Where is my parcel?\n" for n in range(40)), encoding="utf-8"
    )
    stopped = plumb("story", "draft", str(path), "--format", "json")
    assert stopped.code == 1
    assert stopped.json["error"]["code"] == "drafting_stopped"
    assert plumb("story", "list", "--format", "json").json == []
    allowed = plumb("story", "draft", str(path), "--override", "load test of the form", "--format", "json")
    assert allowed.code == 0, allowed.out
    with closing(sqlite3.connect(data_dir / "plumbline.db")) as connection:
        reasons = [row[0] for row in connection.execute("SELECT override_reason FROM import_run")]
    assert "load test of the form" in reasons


def test_unknown_things_are_named(plumb: Plumb) -> None:
    for arguments in (
        ("story", "show", "ST-99"),
        ("story", "themes", "nowhere"),
        ("story", "export", "--as", "docx"),
    ):
        outcome = plumb(*arguments)
        assert outcome.code == 3
        assert arguments[-1].split("-")[0] in outcome.out + outcome.err
        assert "Traceback" not in outcome.out + outcome.err


def test_an_unexpected_failure_shows_a_reference_and_no_traceback(
    plumb: Plumb, monkeypatch: pytest.MonkeyPatch, data_dir: Path
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("call zebra.canary@example.org")

    monkeypatch.setattr("bot.services.stories.StoryService.all", broken)
    outcome = plumb("story", "list", "--format", "json")
    assert outcome.code == 1
    error = json.loads(outcome.out)["error"]
    assert error["code"] == "unexpected"
    reference = error["hint"].split()[-1].rstrip(".")
    logged = (data_dir / "plumbline.log").read_text(encoding="utf-8")
    assert reference in logged
    assert "zebra" not in logged
