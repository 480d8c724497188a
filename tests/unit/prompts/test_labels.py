"""Labels: where they stand, what a rollback leads to, what a verdict carries, and how people say it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.experiments.results import VerdictKind
from bot.domain.prompts import (
    Asked,
    ExperimentVerdict,
    LabelMove,
    Reference,
    as_template,
    check_label,
    check_name,
    label_before,
    parse_asked,
    parse_own,
    parse_rollback,
    standing,
)
from bot.errors import InputError

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def moves(*steps: str) -> list[LabelMove]:
    """ "3" promotes version 3, "<3" rolls back to it."""
    return [
        LabelMove(
            "reply",
            "production",
            "rollback" if s[0] == "<" else "promote",
            None,
            int(s.strip("<")),
            "bo",
            NOW,
        )
        for s in steps
    ]


@pytest.mark.parametrize(
    ("steps", "before"),
    [
        ((), None),
        (("1",), None),
        (("1", "2"), 1),
        (("1", "2", "3", "<2"), 1),
        (("1", "2", "<1"), None),
        (("1", "2", "3", "<1", "4"), 1),
        (("1", "2", "<1", "<2"), 1),
        (("1", "2", "1"), 2),
    ],
)
def test_a_rollback_leads_to_what_was_live_before_and_never_in_circles(
    steps: tuple[str, ...], before: int | None
) -> None:
    assert label_before(moves(*steps)) == before
    assert label_before(moves(*steps), "canary") is None


@given(st.lists(st.integers(1, 5), min_size=1, max_size=12))
def test_rolling_back_again_and_again_ends(versions: list[int]) -> None:
    log = moves(*(str(version) for version in versions))
    for _ in range(len(versions)):
        target = label_before(log)
        if target is None:
            return
        log += moves(f"<{target}")
    assert label_before(log) is None


def test_a_label_stands_where_it_was_moved_last() -> None:
    log = [*moves("1", "2"), LabelMove("reply", "canary", "promote", None, 3, "bo", NOW), *moves("<1")]
    assert standing(log) == {"reply": {"production": 1, "canary": 3}}


@pytest.mark.parametrize(
    ("kind", "cheaper", "carries"),
    [
        (VerdictKind.SHIP, False, True),
        (VerdictKind.NO_DIFFERENCE, True, True),
        (VerdictKind.NO_DIFFERENCE, False, False),
        (VerdictKind.WORSE, True, False),
        (VerdictKind.NEED_MORE, True, False),
    ],
)
def test_a_verdict_speaks_for_the_very_text_it_is_about(
    kind: VerdictKind, cheaper: bool, carries: bool
) -> None:
    verdict = ExperimentVerdict("EX-31", kind, NOW, {"reply@4": "abc"}, cheaper)
    assert verdict.speaks_for("reply@4", "abc") is carries
    assert not verdict.speaks_for("reply@4", "abd")
    assert not verdict.speaks_for("reply@5", "abc")


def test_grounds_are_one_line() -> None:
    move = LabelMove(
        "reply", "production", "promote", 3, 4, "bo", NOW, "tone", "EX-31: worse", "law", "only me"
    )
    assert (
        move.grounds
        == "EX-31: worse; without a verdict that carries it: law; reviewed by its author alone: only me; tone"
    )


@pytest.mark.parametrize(
    ("text", "version", "reason"),
    [
        ("to 3 because tone", 3, "tone"),
        ("because tone", None, "tone"),
        ("to reply@12 because  it was\n rude", 12, "it was rude"),
        ("TO v3 BECAUSE Tone", 3, "Tone"),
        ("to 3 tone", 3, "tone"),
        ("tone", None, "tone"),
        ("to 3", 3, ""),
        ("because", None, ""),
        ("", None, ""),
        ("to 3rd parties it was rude", None, "to 3rd parties it was rude"),
        ("to be polite", None, "to be polite"),
        ("becauseit", None, "becauseit"),
    ],
)
def test_a_rollback_in_words(text: str, version: int | None, reason: str) -> None:
    assert parse_rollback(text) == (version, reason)


@given(st.text(max_size=60))
def test_any_words_are_read(text: str) -> None:
    assert len(parse_rollback(text).reason) <= len(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("reply", Asked("reply")),
        (" reply@4 ", Asked("reply", 4)),
        ("reply@v4", Asked("reply", 4)),
        ("reply@production", Asked("reply", None, "production")),
        ("reply@eu-west", Asked("reply", None, "eu-west")),
    ],
)
def test_what_may_be_asked_for(text: str, asked: Asked) -> None:
    assert parse_asked(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "reply@",
        "Reply",
        "re ply",
        "reply@0",
        "reply@4.5",
        "reply@latest",
        "a@b@c",
        "reply@9999999999",
    ],
)
def test_anything_else_is_no_reference(text: str) -> None:
    with pytest.raises(InputError):
        parse_asked(text)


@pytest.mark.parametrize("name", ["", "Reply", "1reply", "a-b", "a b", "a" * 49, "réply", "../x"])
def test_names_are_plain(name: str) -> None:
    with pytest.raises(InputError, match="cannot name a prompt"):
        check_name(name)
    with pytest.raises(InputError, match="cannot be a label"):
        check_label(name if name != "a-b" else "v3")


def test_an_experiment_gets_the_roles_apart() -> None:
    template = as_template(parse_own(Reference("reply", 1), "# System\nBe kind.\n# User\n{{ message }}"))
    assert (template.kind, template.system, template.text) == ("roles", "Be kind.", "{{ message }}")
