"""The subjects: complete rows, and the right one for a theme."""

import pytest

from bot.domain.drafting.kinds import KINDS, Kind, subject_of
from bot.domain.drafting.lexicon import VERBS

BACKGROUND = (
    "Set a timer for ten minutes",
    "What is the weather like?",
    "Close my account",
    "Is there a fee?",
)


def test_keys_are_unique() -> None:
    keys = [kind.key for kind in KINDS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_row_fits_its_frames(kind: Kind) -> None:
    phrases = (kind.record, kind.remedy, kind.check, kind.missing, kind.invent)
    assert all(phrase and phrase == phrase.strip(" .;") for phrase in phrases)
    assert all(item for items in (kind.facts, kind.causes, kind.rules) for item in items)
    assert kind.remedy.split()[0] in VERBS, "a remedy is a verb phrase in base form"
    assert kind.record.split()[0] in {"the", "a"}
    assert kind.pattern.search("") is None
    assert kind.stakes in {"low", "normal", "money", "safety"}


@pytest.mark.parametrize(
    ("clause", "key"),
    [
        ("what is the status of my order", "order status"),
        ("set a timer", "timer"),
        ("why was my cash withdrawal declined by the ATM", "cash withdrawal"),
        ("send me the boarding pass", "boarding pass"),
        ("how do I unblock my pin", "pin"),
    ],
)
def test_the_subject_of_a_theme(clause: str, key: str) -> None:
    weights = dict.fromkeys(clause.lower().split(), 0.8)
    assert subject_of([clause] * 3, BACKGROUND, "thing", clause, weights).key == key


def test_an_unknown_subject_is_named_by_its_noun() -> None:
    kind = subject_of(["my gizmo hums"] * 3, BACKGROUND, "gizmo", "my gizmo hums", {"gizmo": 0.9})
    assert kind.noun == "gizmo"
    assert "gizmo" in kind.record
