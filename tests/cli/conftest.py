"""Running `plumb` in this process against a data folder of the test's own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli.app import run


@dataclass(frozen=True)
class Outcome:
    """Exit code and what was printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Plumb = Callable[..., Outcome]


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("PLUMB_DATA_DIR", str(folder))
    monkeypatch.setenv("PLUMB_WORKERS", "0")
    monkeypatch.delenv("PLUMB_MODEL", raising=False)
    return folder


@pytest.fixture
def plumb(data_dir: Path, capfd: pytest.CaptureFixture[str]) -> Plumb:
    def call(*arguments: str) -> Outcome:
        capfd.readouterr()
        code = run(arguments)
        printed = capfd.readouterr()
        return Outcome(code, printed.out, printed.err)

    return call


TOPICS = {
    "parcel": (
        "Where is my parcel {n}? It was due on {day}.",
        "My parcel {n} still has not arrived, it has been {k} days",
        "When will parcel {n} be delivered? Tracking says {day}",
        "parcel {n} not here yet, can you track it for me please",
        "The courier never brought parcel {n}, what happened to it?",
        "I ordered a {item} and the parcel is {k} days late",
        "Is there a tracking link for my parcel with the {item}?",
    ),
    "refund": (
        "I sent the {item} back {k} days ago, where is my refund?",
        "Refund for the {item} has not reached my account since {day}",
        "How long does a refund for a {item} take to show up?",
        "still waiting for my money back for the {item} I returned",
        "You promised a refund by {day} and nothing has been paid out",
        "Please tell me the status of the refund for my returned {item}",
        "My bank says no refund has come in for the {item}",
    ),
    "login": (
        "I cannot log in since {day}, the app says wrong password",
        "The password reset e-mail never comes, I tried {k} times",
        "locked out of my account after {k} attempts, how do I reset my password",
        "login fails with error {n} on my phone",
        "I forgot my password and the reset link has expired",
        "Why does the app log me out and refuse my password?",
        "How can I change the password of my account?",
    ),
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
ITEMS = ("lamp", "kettle", "jacket", "blender", "rug", "mirror")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A small log with three plain needs, 25 tickets each, over eight weeks."""
    lines = ["ticket_id,created_at,requester_email,plan,message"]
    number = 0
    for index in range(25):
        for topic, wordings in TOPICS.items():
            number += 1
            text = wordings[index % len(wordings)].format(
                n=7000 + number, k=2 + index % 9, day=DAYS[index % 5], item=ITEMS[(index * 5) % 6]
            )
            created = f"2026-{9 + index // 13:02d}-{1 + 2 * (index % 13):02d}T10:00:00Z"
            plan = "Pro" if index % 3 else "Free"
            lines.append(f'{topic}-{index},{created},person{number}@example.com,{plan},"{text}"')
    path = tmp_path / "shop.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
