"""`plumb fb`: rates, reasons, labels and exports on the command line."""

import asyncio
import io
import json
import os
import pty
import sys
import termios
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.bootstrap import build_services
from bot.cli.fb_queue import answers_of
from bot.cli.running import load_settings
from bot.domain.feedback import Explanation, Given, Mark
from bot.domain.interactions import Interaction, Outcome
from tests.cli.conftest import Plumb

NOW = datetime.now(UTC)


@pytest.fixture
def reply(plumb: Plumb) -> Plumb:
    """A feature with 20 interactions: 12 liked, 3 disliked with a correction, one disputed, one edited."""

    async def fill() -> None:
        services = build_services(load_settings())
        rows = [
            Interaction(
                f"i{n}", "reply", NOW - timedelta(days=n / 2), input=f"Question {n}", output=f"Answer {n}",
                prompt="reply@3", model="small",
            )
            for n in range(20)
        ]  # fmt: skip
        edited = Interaction(
            "edited", "reply", NOW - timedelta(days=2), input="Where is it?", output="No idea",
            outcome=Outcome.EDITED, final="On its way",
        )  # fmt: skip
        async with services.store.write() as unit:
            await unit.interactions.add([*rows, edited], NOW)
        at = NOW - timedelta(hours=1)
        given = [Given(f"interaction:reply/i{n}", f"U{n}", Mark("button", "up", at)) for n in range(12)]
        for n in range(11, 14):
            why = Explanation(at, ("wrong_facts",), "wrong amount, ask jo@example.com", "It is 5 pounds")
            given += [
                Given(f"interaction:reply/i{n}", "U99", each) for each in (Mark("button", "down", at), why)
            ]
        await services.feedback.give(given)
        await services.close()

    asyncio.run(fill())
    return plumb


def test_summary_and_reasons_are_tables_for_people_and_json_for_machines(reply: Plumb) -> None:
    found = reply("fb", "summary", "reply", "--last", "8w").json
    rate = found["rate"]
    assert (rate["up"], rate["n"], rate["people"], rate["share"], rate["enough"]) == (12, 15, 13, 0.8, True)
    assert rate["low"] < 0.8 < rate["high"]
    assert (found["response"]["judged"], found["response"]["shown"]) == (14, 21)
    assert found["by_prompt"][0]["name"] == "reply@3"
    table = reply("fb", "summary", "reply", "--format", "table").out
    assert "80 % 👍 of 15 votes by 13 people (95 %:" in table
    assert "reply@3" in table
    why = reply("fb", "reasons", "reply").json
    assert (why["downs"], why["people"], why["reasons"][0]["n"], why["reasons"][0]["before"]) == (3, 1, 3, 0)
    (remark,) = why["remarks"]
    assert remark["n"] == 3
    assert remark["quotes"][0]["text"] == "wrong amount, ask [EMAIL_1]"
    assert "too few" in reply("fb", "reasons", "reply", "--format", "table").out
    assert reply("fb", "summary", "nothing").json["sentences"] == ["No votes"]


def test_bad_words_get_one_sentence(reply: Plumb) -> None:
    for words, message in (
        (("summary", "--last", "5y"), "'5y' is no span of time."),
        (("export", "--kind", "votes"), "There is no kind 'votes'."),
        (("label", "interaction:reply/i1", "maybe"), "'maybe' is no label."),
        (("label", "interaction:reply/none", "agree"), "There is no output interaction:reply/none."),
    ):
        done = reply("fb", *words)
        assert (done.code, done.json["error"]["message"]) == (3, message)


def piped(monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    """What stands behind standard input: a pipe that has ended."""
    reading, writing = os.pipe()
    os.write(writing, lines.encode())
    os.close(writing)
    monkeypatch.setattr(sys, "stdin", os.fdopen(reading))


def test_the_queue_takes_a_line_each_from_a_pipe(reply: Plumb, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, "d wrong amount of jo@example.com\na\ns\nu\nq\na\n")
    shown = reply("fb", "queue", "reply", "--by", "ann").json
    sys.stdin.close()
    assert len(shown) == 10
    assert shown[0]["output"] == "interaction:reply/i11"
    assert [each["label"] for each in shown] == ["disagree", "agree", None, "unsure"] + [None] * 6
    piped(monkeypatch, "agree\nnonsense\n")
    failed = reply("fb", "queue", "reply", "--by", "ann")
    sys.stdin.close()
    assert failed.code == 3
    assert "'nonsense' is no answer to interaction:reply/" in failed.json["error"]["message"]
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        left = reply("fb", "queue", "reply", "--size", "50", "--by", "ann").json
    assert len(left) == 21 - 4  # what was answered before the nonsense is kept
    assert reply("fb", "label", shown[1]["output"], "disagree", "--by", "bob").code == 0
    found = reply("fb", "agreement", "reply").json
    assert (found["items"], found["pairs"][0]["people"], found["enough"]) == (1, ["ann", "bob"], False)


def test_the_queue_takes_a_key_each_in_a_terminal(reply: Plumb, monkeypatch: pytest.MonkeyPatch) -> None:
    person, terminal = pty.openpty()
    os.write(person, b"?dq")  # typed ahead; a key that means nothing is passed over
    mode = termios.tcgetattr(terminal)
    with os.fdopen(terminal) as keyboard:
        monkeypatch.setattr(sys, "stdin", keyboard)
        shown = reply("fb", "queue", "reply", "--by", "ann", "--format", "table").out
        assert termios.tcgetattr(terminal) == mode  # as it was before
    os.close(person)
    assert "1 of 10 · interaction:reply/i11" in shown
    assert "people disagree about it · 1 👍 1 👎 · reply@3 · small" in shown
    assert "a agree · d disagree · u unsure · s skip · q quit" in shown
    assert "  disagree" in shown
    assert "2 of 10 · interaction:reply/i" in shown
    assert "3 of 10" not in shown
    assert "1 labelled." in shown


def test_nobody_is_asked_where_json_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Keyboard())
    assert list(answers_of(as_json=True)) == []


def test_exports_are_lines_without_people(reply: Plumb, tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    assert "4 lines written to" in reply("fb", "export", "reply", "--kind", "pairs", "--out", str(file)).out
    pairs = [json.loads(line) for line in file.read_text().splitlines()]
    assert pairs[-1]["chosen"] == "On its way"
    assert {each["chosen"] for each in pairs[:3]} == {"It is 5 pounds"}
    rows = [json.loads(line) for line in reply("fb", "export").out.splitlines()]
    assert len(rows) == 15
    assert len({row["user"] for row in rows}) == 13
    cases = reply("fb", "export", "--kind", "cases", "--format", "jsonl").out
    assert [json.loads(line)["expected"] for line in cases.splitlines()] == ["It is 5 pounds"] * 3
    assert "jo@example.com" not in file.read_text() + cases + json.dumps(rows)
