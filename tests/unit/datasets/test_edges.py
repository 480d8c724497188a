"""Edge cases by rule: honest about what they are, the same every time, and tied to their originals."""

from dataclasses import replace

import pytest

from bot.domain.datasets.edges import CANARY, PROBES, edge_cases, main_variable
from bot.domain.experiments.cells import Case
from bot.domain.scoring import Assertion

CASES = [
    Case("p", {"input": "Where is my parcel number 4711 please", "tone": "kind"}, expected="parcel"),
    Case(
        "r", {"input": "I returned it on 12 March, where is it", "tone": "kind"}, expected="x", cluster="Bob"
    ),
    Case(
        "o", {"input": "Does [ORDER_ID_1] go to Spain?", "tone": "kind"}, (Assertion("contains", "yes"),), 0.5
    ),
]


def _by_probe(each: int = 1) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in edge_cases(CASES, each):
        found.setdefault(case.slices["edge"], []).append(case)
    return found


def test_every_kind_is_made_where_it_applies_and_marked() -> None:
    found = _by_probe()
    assert list(found) == [probe.name for probe in PROBES]
    for cases in found.values():
        (case,) = cases
        assert case.synthetic
        assert case.origin.startswith("made from ")
        assert case.description.startswith("Edge case: ")
        assert case.vars["tone"] == "kind"
        assert case.cluster == {"p": "p", "r": "Bob", "o": "o"}[case.id.split("~")[0]]


def test_the_same_set_gives_the_same_cases() -> None:
    assert edge_cases(CASES, 2) == edge_cases(list(reversed(CASES)), 2)
    assert len({case.id for case in edge_cases(CASES, 3)}) == len(edge_cases(CASES, 3))


def test_the_answer_stays_only_where_what_is_right_stays() -> None:
    originals = {case.id: case for case in CASES}
    for probe in PROBES:
        for case in _by_probe(3)[probe.name]:
            before = originals[case.id.split("~")[0]]
            if probe.same_answer:
                assert case.expected == before.expected
                assert case.assertions[: len(before.assertions)] == before.assertions
            else:
                assert (case.expected, case.assertions, case.threshold) == ("", (), None)


def test_a_hidden_instruction_is_checked_for_where_nothing_else_would() -> None:
    for case in _by_probe(3)["instruction"]:
        checks = [each.value for each in case.assertions]
        assert (CANARY in checks) == (not case.expected)
        assert CANARY in case.vars["input"]


@pytest.mark.parametrize(
    ("probe", "before", "after"),
    [
        ("capitals", "where?", "WHERE?"),
        ("capitals", "WHERE?", None),
        ("few words", "where is my parcel now", "where is"),
        ("few words", "where is it", None),
        ("empty", "where?", ""),
        ("impossible date", "from 2026-11-21 on", "from 29 February 2027 on"),
        ("impossible date", "from today on", None),
        ("number limits", "no figures", None),
        ("number limits", "from 2026-11-21 on", None),
        ("number limits", "order [ORDER_ID_1]", None),
        ("typos", "it is so", None),
    ],
)
def test_what_a_probe_makes_of_a_text(probe: str, before: str, after: str | None) -> None:
    make = next(each.make for each in PROBES if each.name == probe)
    case = Case("x", {"input": before})
    assert make(before, case, replace(case, id="y")) == after


def test_typos_keep_placeholders_and_letters() -> None:
    make = PROBES[0].make
    text = "Please refund [ORDER_ID_1] to [PERSON_1] quickly"
    changed = make(text, Case("x", {"input": text}), Case("y"))
    assert changed is not None
    assert sorted(changed) == sorted(text)
    assert "[ORDER_ID_1] to [PERSON_1]" in changed


def test_a_set_without_text_has_none() -> None:
    assert edge_cases([]) == []
    assert edge_cases([Case("n", {"n": 3})]) == []
    assert main_variable(CASES) == "input"
