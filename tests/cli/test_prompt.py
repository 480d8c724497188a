"""`plumb prompt`: from a text file to what is live, and back."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from bot.domain.prompts import Segment
from tests.cli.conftest import Plumb

FIRST = "# System\nNever promise a refund.\n# User\nCustomer: {{ message }}\nTone: {{ tone }}\n"
SECOND = "# System\nNever promise a refund or a date.\n# User\nCustomer: {{ message }}\n"


@pytest.fixture
def saved(plumb: Plumb, tmp_path: Path) -> Plumb:
    """reply@1 and reply@2 by Ana, the first in production."""
    for number, text in enumerate((FIRST, SECOND), 1):
        path = tmp_path / f"reply{number}.txt"
        path.write_text(text, encoding="utf-8")
        made = plumb("prompt", "save", "reply", str(path), "--by", "ana", "--note", f"note {number}")
        assert (made.code, made.json["new"], made.json["version"]) == (0, True, number)
    assert plumb("prompt", "promote", "reply@1", "--by", "bo", "--override", "the first one").code == 0
    return plumb


def test_saving_tells_what_to_look_at(saved: Plumb, tmp_path: Path) -> None:
    path = tmp_path / "reply.txt"
    path.write_text("Answer {message} to ana@example.com", encoding="utf-8")
    table = saved("prompt", "save", "reply", str(path), "--by", "ana", "--format", "table")
    assert table.out.splitlines() == [
        "Saved as reply@3.",
        "  Line 1: an e-mail address became [EMAIL_1]; where the model needs it, pass it in as a variable.",
        "  No longer used: message. Was that meant?",
        "  It has no variable: every call says the same. {{ message }} makes one.",
        "  No sentence says what the answer must not do (never …, do not …).",
        "  Line 1: {message} is not filled in; a variable is written {{ message }}.",
    ]
    again = saved("prompt", "save", "reply", str(path), "--format", "table")
    assert again.out.splitlines()[0] == "Nothing new: reply@3 says exactly this."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"{% for x in y %}", "Line 1: {% for x in y %} is a loop or a condition."),
        (
            b"use sk-proj-a1B2c3D4e5F6g7H8",
            "Line 1 holds what looks like a key or password; nothing was saved.",
        ),
        (b"\xff\xfe\x00", "cannot be read as text."),
        (b"", "There is no text to save."),
        (b"You are Zoe.", "This may be somebody's name: Zoe. Nothing was saved."),
    ],
    ids=["template", "secret", "not text", "empty", "name"],
)
def test_what_cannot_be_saved_is_one_sentence(
    plumb: Plumb, tmp_path: Path, text: bytes, message: str
) -> None:
    path = tmp_path / "reply.txt"
    path.write_bytes(text)
    refused = plumb("prompt", "save", "reply", str(path), "--format", "json")
    assert refused.code == 3
    assert refused.json["error"]["message"].endswith(message)
    assert refused.json["error"]["hint"]
    assert "Traceback" not in refused.out + refused.err
    if b"Zoe" in text:
        assert "--names-ok" in refused.json["error"]["hint"]
        assert plumb("prompt", "save", "reply", str(path), "--names-ok").code == 0


def test_the_list_and_the_versions(saved: Plumb) -> None:
    found = {each["name"]: each for each in saved("prompt", "list", "--format", "json").json}
    assert (found["reply"]["newest"], found["reply"]["labels"]) == (2, {"production": 1})
    assert (found["draft_story"]["origin"], found["reply"]["origin"]) == ("shipped", "saved")
    versions = saved("prompt", "list", "reply", "--format", "json").json
    assert [(each["version"], each["labels"], each["note"]) for each in versions] == [
        (1, ["production"], "note 1"),
        (2, [], "note 2"),
    ]
    table = saved("prompt", "list", "--format", "table").out
    assert "production @1" in table


def test_one_version(saved: Plumb) -> None:
    live = saved("prompt", "show", "reply@production", "--format", "json").json
    assert (live["version"], live["system"]) == (1, "Never promise a refund.")
    table = saved("prompt", "show", "reply", "--format", "table").out
    assert table.startswith("reply@2\n")
    assert SECOND.strip() in table
    missing = saved("prompt", "show", "reply@9", "--format", "json")
    assert (missing.code, missing.json["error"]["code"]) == (3, "not_found")


def test_changed_words_are_marked(saved: Plumb) -> None:
    drawn = saved("prompt", "diff", "reply", "--format", "table").out
    assert "reply@1 → reply@2" in drawn
    assert "Never promise a refund{+ or a date+}." in drawn
    assert "[-\nTone: {{ tone }}-]" in drawn or "[-Tone: {{ tone }}" in drawn
    found = saved("prompt", "diff", "reply@1", "2", "--format", "json").json
    assert found["lost_inputs"] == ["tone"]
    segments = [Segment(**each) for each in found["segments"]]
    assert "".join(text for kind, text in segments if kind != "added") == FIRST.strip()


def test_going_live_needs_grounds_and_another_person(saved: Plumb) -> None:
    own = saved("prompt", "promote", "reply@2", "--by", "Ana", "--override", "x", "--format", "json")
    assert (own.code, own.json["error"]["code"]) == (1, "own_prompt")
    assert "--alone" in own.json["error"]["hint"]
    bare = saved("prompt", "promote", "reply@2", "--by", "bo", "--format", "json")
    assert (bare.code, bare.json["error"]["code"]) == (1, "no_verdict")
    assert "--experiment" in bare.json["error"]["hint"]
    unknown = saved("prompt", "promote", "reply@2", "--by", "bo", "--experiment", "EX-99", "--format", "json")
    assert unknown.json["error"]["message"] == "There is no concluded experiment 'EX-99'."
    late = saved(
        "prompt", "promote", "reply@2", "--by", "bo", "--override", "x", "--expect", "2", "--format", "json"
    )
    assert late.json["error"]["code"] == "moved_meanwhile"
    done = saved("prompt", "promote", "reply@2", "--by", "bo", "--override", "law", "--format", "table")
    assert done.out == "reply@2 is in production, before reply@1.\n"


def test_a_team_of_one_is_told_what_it_did(plumb: Plumb, tmp_path: Path) -> None:
    path = tmp_path / "reply.txt"
    path.write_text(FIRST, encoding="utf-8")
    plumb("prompt", "save", "reply", str(path))
    done = plumb("prompt", "promote", "reply@1", "--override", "first", "--alone", "only me", "-f", "table")
    assert done.out.splitlines() == [
        "reply@1 is in production.",
        "Nobody but its author looked at it; the log says so, and why: only me",
    ]


def test_back_in_one_command(saved: Plumb) -> None:
    saved("prompt", "promote", "reply@2", "--by", "bo", "--override", "x")
    done = saved("prompt", "rollback", "reply", "because", "tone", "--by", "bo", "--format", "table")
    assert done.out == "reply@1 is in production again, reply@2 is not.\n"
    again = saved("prompt", "rollback", "reply", "to", "2", "because", "it", "was", "not", "that")
    assert (again.json["to"], again.json["reason"]) == (2, "it was not that")
    nothing = saved("prompt", "rollback", "reply", "--format", "json")
    assert (nothing.code, nothing.json["error"]["message"]) == (3, "The reason is missing.")
    log = saved("prompt", "log", "reply", "--format", "json").json
    assert [(each["kind"], each["from"], each["to"], each["reason"] or each["override"]) for each in log] == [
        ("promote", None, 1, "the first one"),
        ("promote", 1, 2, "x"),
        ("rollback", 2, 1, "tone"),
        ("rollback", 1, 2, "it was not that"),
    ]
    assert "rolled back" in saved("prompt", "log", "--format", "table").out


def test_a_preview_sends_nothing(saved: Plumb, tmp_path: Path) -> None:
    values = tmp_path / "values.json"
    values.write_text(json.dumps({"message": ["a", 1], "tone": "warm"}), encoding="utf-8")
    shown = saved(
        "prompt", "render", "reply@1", "--vars", str(values), "--var", "tone=cool=calm", "-f", "json"
    )
    assert shown.json["user"] == 'Customer: ["a", 1]\nTone: cool=calm'
    assert shown.json["prompt"] == "reply@1"
    table = saved("prompt", "render", "reply", "--var", "message=Hi", "--format", "table").out
    assert table == "# System\nNever promise a refund or a date.\n\n# User\nCustomer: Hi\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "reply@2 is not given message."),
        (("--var", "message"), "--var 'message' is not of the form name=value."),
        (("--var", "message=x", "--var", "plan=y"), "reply@2 has no variable plan."),
        (("--vars", "{folder}/nowhere.json"), "There is no file {folder}/nowhere.json."),
        (("--vars", "{folder}/reply1.txt"), "{folder}/reply1.txt is no JSON."),
    ],
    ids=["none", "no value", "one too many", "no file", "no JSON"],
)
def test_values_that_do_not_fit(
    saved: Plumb, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    given = [argument.format(folder=tmp_path) for argument in arguments]
    refused = saved("prompt", "render", "reply", *given, "--format", "json")
    assert (refused.code, refused.json["error"]["message"]) == (3, message.format(folder=tmp_path))


def test_serving_needs_a_port_and_a_token(plumb: Plumb, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "There is no port" in plumb("serve").out
    assert "There is no key and no token" in plumb("serve", "--port", "18080").out
    monkeypatch.setenv("PLUMB_API_TOKEN", "short")
    assert "PLUMB_API_TOKEN" in plumb("serve", "--port", "18080").out


def test_it_serves_until_stopped(saved: Plumb, data_dir: Path) -> None:
    environment = {**os.environ, "PLUMB_API_TOKEN": "a-token-that-is-long", "PLUMB_DATA_DIR": str(data_dir)}
    command = [sys.executable, "-u", "-m", "bot", "serve", "--port", "0"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603  ours
    with process:
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            found = re.match(r"Serving (http://127\.0\.0\.1:\d+/v1), ", told)
            assert found is not None
            headers = {"Authorization": "Bearer a-token-that-is-long"}
            assert httpx2.get(f"{found[1]}/prompts/reply", headers=headers, timeout=10).json()["version"] == 1
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()
