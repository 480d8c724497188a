"""Regular expressions: JavaScript's meaning by RE2 where it can be had, and no pattern that hangs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import InputError, Unsupported
from bot.scorers.kit import patterns
from bot.scorers.kit.patterns import BadPattern, found
from tests.unit.scorers.say import passes, score


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"^line2$", "line1\nline2", False),  # no line is looked at by itself
        (r"a.b", "a\u2028b", False),
        (r"a\sb", "a\ufeffb", True),
        (r"a\sb", "a\x1cb", False),
        (r"\d", "٣", False),
        (r"\bé", "é", False),  # é is no word character
        (r"^..$", "👩", True),  # two code units
        (r"[👩]", "\ud83d", True),  # either of them
        (r"[^]", "\n", True),
        (r"[]", "a", False),
        (r"a{,2}", "a{,2}", True),
        (r"{", "{", True),
        (r"[\s\S]+", "\n", True),
        (r"(?<year>\d{4})-\k<year>", "2024-2024", True),
        (r"(a)\1", "aa", True),
        (r"q(?!u)", "qa", True),
        (r"(?<=\$)5", "$5", True),
        (r"\u0061\x62\/", "ab/", True),
    ],
)
def test_meaning(pattern: str, text: str, expected: bool) -> None:
    assert found(pattern, text) is expected


@pytest.mark.parametrize("pattern", ["(?m)^a", "(?P<n>a)", "[z-a]", "a**", "(", "a)", "*", "(?<n>a)(?<n>b)"])
def test_what_is_no_pattern_fails_either_way(pattern: str) -> None:
    with pytest.raises(BadPattern):
        found(pattern, "a")
    assert not passes("regex", pattern, "a")
    assert not passes("not-regex", pattern, "a")


def test_modifiers_are_refused_since_they_mean_something_in_new_engines_only() -> None:
    with pytest.raises(Unsupported):
        found("(?i:a)", "A")


def test_a_pattern_that_would_hang_does_not() -> None:
    assert not found(r"^(a+)+$", "a" * 5000 + "!")  # in a backtracking engine this never ends


def test_a_pattern_that_hangs_in_the_sandbox_is_stopped() -> None:
    with pytest.raises(InputError, match="longer than"):
        found(r"^(?=a)(a+)+$", "a" * 40 + "!")


@pytest.mark.parametrize(
    ("pattern", "text", "expected"), [("^.$", "👩", True), (r"^\w$", "é", False), (r"[é-í]", "ë", True)]
)
def test_with_the_u_flag(pattern: str, text: str, expected: bool) -> None:
    assert found(pattern, text, unicode=True) is expected


@pytest.mark.parametrize("pattern", [r"\-", "{", "a]"])
def test_with_the_u_flag_odd_signs_are_wrong(pattern: str) -> None:
    with pytest.raises(BadPattern):
        found(pattern, "a", unicode=True)


PIECES = st.sampled_from(
    [
        *(
            "a",
            "b",
            ".",
            r"\d",
            r"\w",
            r"\s",
            r"\b",
            "[ab]",
            "[^a]",
            r"[\w-]",
            "(a)",
            "(?:b|c)",
            "|",
            "^",
            "$",
        ),
        *("a*", "b+?", "c?", "a{2}", "(?:ab){1,2}", "é", "👩", "[👩é]", r"[\u0000-\uffff]", r"\B", "x", "-"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=5), st.text("abcx1 -\né👩\u2028", max_size=6))
def test_re2_and_the_sandbox_agree(pieces: list[str], text: str) -> None:
    pattern = "".join(pieces)
    assert found(pattern, text) is patterns._in_sandbox(pattern, text, "")


def test_the_score_names_the_pattern() -> None:
    assert score("regex", "a+", "b").reason == 'Expected output to match "a+"'
