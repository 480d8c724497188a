"""`plumb feature`: set up by flags or questions, shown, changed, moved from stage to stage."""

import re

import pytest
import typer

from bot.cli.feature_asking import ask
from bot.cli.running import with_services
from bot.domain.features import Duty, Threshold, Track, Watched
from bot.sample.interactions import calls
from tests.cli.conftest import Plumb

SET_UP = (
    "title=Replies",
    "positive_rate=70/80",
    "override_rate=15%/10%",
    "accountable=ben",
    "minutes_saved=4",
)


@pytest.fixture
def watched(plumb: Plumb) -> Plumb:
    made = plumb("feature", "add", "reply", *SET_UP, "baseline=60 timed", "--by", "ada", "-f", "json")
    assert (made.code, made.json["stage"]) == (0, "shadow")
    assert made.json["thresholds"]["override_rate"] == {"minimum": 0.15, "goal": 0.1, "better": "lower"}
    return plumb


def test_from_nothing_to_what_a_scorecard_says(watched: Plumb) -> None:
    bare = watched("feature", "show", "reply", "-f", "table").out
    assert "0 interactions" in bare
    assert "cannot tell" in bare
    with_services(_record)
    card = watched("feature", "show", "reply", "--last", "10w", "-f", "json").json
    assert (card["interactions"], card["metrics"]["error_rate"]["n"]) == (600, 600)
    worth, metrics = card["worth"], card["metrics"]
    assert worth["minutes_saved"] == 4 * (worth["accepted"] + worth["edited"] / 2)
    known = metrics["override_rate"]
    assert known["value"] == pytest.approx(worth["overridden"] / known["n"])
    assert known["low"] < known["value"] < known["high"]
    assert metrics["positive_rate"]["standing"] == "cannot tell yet"  # nobody voted
    drawn = re.sub(r"\s+", " ", watched("feature", "show", "reply", "--last", "10w", "-f", "table").out)
    assert "Drafts for people, such as: a reply that an agent edits and sends." in drawn
    assert "edited, at half; baseline: 60 timed" in drawn


async def _record(services: object) -> None:
    from bot.bootstrap import Services

    assert isinstance(services, Services)
    now = services.clock.now()
    found = calls("reply", now, prompt="reply@1", labeller="chloe")
    async with services.store.write() as unit:
        await unit.interactions.add(found.interactions, now)


def test_changes_and_stages_are_a_record(watched: Plumb) -> None:
    assert watched("feature", "set", "reply", "positive_rate=none", "sampling=50%", "--by", "ben").code == 0
    refused = watched("feature", "stage", "reply", "pilot", "-f", "json")
    assert refused.json["error"]["message"] == "The note is missing."
    moved = watched("feature", "stage", "reply", "pilot", "--note", "120 votes", "--by", "ben", "-f", "table")
    assert moved.out == "reply is in pilot now, before in shadow.\n"
    log = watched("feature", "log", "reply", "-f", "json").json
    assert [(each["field"], each["before"], each["after"], each["by"], each["note"]) for each in log] == [
        ("stage", "", "shadow", "ada", "set up"),
        (
            "thresholds",
            "positive_rate at least 70 %, goal 80 %; override_rate at most 15 %, goal 10 %",
            "override_rate at most 15 %, goal 10 %",
            "ben",
            "",
        ),
        ("sampling", "100 %", "50 %", "ben", ""),
        ("stage", "shadow", "pilot", "ben", "120 votes"),
    ]
    assert watched("feature", "who", "-f", "json").json == {"reply": {"accountable": "ben"}}
    assert "Who is accountable, and moves the stage?" in watched("feature", "who", "-f", "table").out
    assert [each["stage"] for each in watched("feature", "list", "-f", "json").json] == ["pilot"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "Reply"), "'Reply' cannot name a feature."),
        (("add", "reply"), "There is a feature 'reply' already."),
        (("add", "other", "minutes_saved=4"), "baseline: Minutes saved need a source."),
        (
            ("set", "reply", "positive_rate=90/80"),
            "positive_rate: The goal, 80 %, must lie above the minimum",
        ),
        (("set", "reply", "title"), "'title' is not of the form field=value."),
        (("set", "reply"), "Nothing to set."),
        (("show", "replies"), "There is no feature 'replies'."),
        (("show", "reply", "--last", "month"), "'month' is no span of time."),
        (("stage", "reply", "half", "--note", "x"), "'half' is none of: shadow, pilot, gradual, full."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_wrong_is_one_sentence(watched: Plumb, words: tuple[str, ...], said: str) -> None:
    refused = watched("feature", *words, "-f", "json")
    assert refused.code == 3
    assert refused.json["error"]["message"].startswith(said)


def test_in_a_terminal_it_asks_until_it_understands(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(
        ["Sorting mail", "9", "1", "copilot", "", "", "@ben", "ben", "70 / 80", "90/80", "none", "15/10",
         "solved", "3", "", "40 timed", "", "2"]
    )  # fmt: skip
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: next(answers))
    found = ask(Watched("triage", channels=("C0MOSS",)), {"prompts": "reply"})
    assert found == Watched(
        "triage",
        title="Sorting mail",
        channels=("C0MOSS",),
        track=Track.CLASSIFY,
        owners={Duty.PROMPTING: "ben", Duty.ACCOUNTABLE: "ben"},
        thresholds=(Threshold("positive_rate", 0.7, 0.8), Threshold("override_rate", 0.15, 0.1, "lower")),
        business="solved",
        minutes_saved=3,
        baseline="40 timed",
        false_negative_cost=2,
    )
    assert next(answers, None) is None
    said = capsys.readouterr().out
    assert "'9' is none of: classify" in said
    assert "The goal, 80 %, must lie above the minimum, 90 %" in said
    assert "Minutes saved need a source." in said
