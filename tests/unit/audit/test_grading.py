"""The grade's table, and that every reason has a fix."""

import inspect
import re

import pytest

from bot.domain.audit import reasons as reasons_module
from bot.domain.audit.fixes import FIXES
from bot.domain.audit.grading import LIMITS, letter, severity_of
from bot.domain.audit.model import Reason, Severity, Share
from bot.domain.audit.words import counted, listed, percent, personal
from bot.domain.redaction.model import TYPES

F, S, W, N = Severity.FAIL, Severity.SERIOUS, Severity.WARNING, Severity.NOTE


def reason(code: str, severity: Severity) -> Reason:
    return Reason(code=code, severity=severity, number=None, sentence="s", fix="f")


@pytest.mark.parametrize(
    ("severities", "grade"),
    [
        ([], "A"),
        ([N] * 9, "A"),
        ([W], "A"),
        ([W, W], "B"),
        ([W, W, W, N], "B"),
        ([W, W, W, W], "C"),
        ([S], "C"),
        ([S, W, W, W, W], "C"),
        ([S, S], "D"),
        ([F], "F"),
        ([N, S, S, F], "F"),
    ],
)
def test_the_table(severities: list[Severity], grade: str) -> None:
    assert letter([reason(f"kind{number}", severity) for number, severity in enumerate(severities)]) == grade


def test_one_kind_counts_once() -> None:
    assert letter([reason("missing_field", W)] * 4) == "A"


@pytest.mark.parametrize(
    ("share", "severity"), [(0.0, None), (0.01, N), (0.05, W), (0.3, S), (0.699, S), (0.7, F), (1.0, F)]
)
def test_limits_are_inclusive(share: float, severity: Severity | None) -> None:
    assert severity_of("empty_rows", share) == severity


def test_limits_rise() -> None:
    for limits in LIMITS.values():
        assert list(limits) == sorted(limits)


def test_every_code_has_a_fix_and_every_fix_a_code() -> None:
    used = set(re.findall(r"_(?:reason|rated)\(\s*\"([a-z_]+)\"", inspect.getsource(reasons_module)))
    assert used == set(FIXES)
    assert set(LIMITS) <= set(FIXES)


def test_fixes_follow_a_colon() -> None:
    assert all(fix[0].islower() or fix.startswith("UTF") for fix in FIXES.values())
    assert not any(fix.endswith(".") or ":" in fix for fix in FIXES.values())


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (0.41, "41 %"),
        (0.052, "5.2 %"),
        (0.05, "5 %"),
        (0.0998, "10 %"),
        (0.0004, "under 0.1 %"),
        (0.9999, "over 99 %"),
    ],
)
def test_percent(share: float, words: str) -> None:
    assert percent(share) == words


def test_counted() -> None:
    assert counted(Share.of(0, 1200), "tickets") == "none of 1,200 tickets"
    assert counted(Share.of(1200, 1200), "tickets") == "all 1,200 tickets"
    assert counted(Share.of(492, 1200), "tickets") == "41 % of tickets (492 of 1,200)"
    # Newcombe (1998): 15 of 148 is .0624 to .1605
    assert (
        counted(Share.of(15, 148, sampled=True), "words")
        == "10 % of words (15 of 148 sampled; 6.2 % to 16 % with 95 % confidence)"
    )


def test_listed() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed("abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_every_type_of_personal_data_has_words() -> None:
    assert all(personal(kind) != kind.lower().replace("_", " ") for kind in TYPES)
